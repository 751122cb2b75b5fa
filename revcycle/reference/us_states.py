"""Two-letter codes of states, the district, territories and military addresses.

Source:
    USPS Publication 28, appendix B.
"""

from typing import Final

_STATES: Final = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ "
    "NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC"
)
_TERRITORIES: Final = "AS FM GU MH MP PR PW VI"
_MILITARY: Final = "AA AE AP"

US_STATES: Final = frozenset(f"{_STATES} {_TERRITORIES} {_MILITARY}".split(" "))
