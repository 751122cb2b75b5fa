"""Two-letter codes of states by their full names, which some EHRs send instead.

Source:
    USPS Publication 28, appendix B.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_NAMES: Final = (
    "Alabama=AL Alaska=AK Arizona=AZ Arkansas=AR California=CA Colorado=CO Connecticut=CT "
    "Delaware=DE Florida=FL Georgia=GA Hawaii=HI Idaho=ID Illinois=IL Indiana=IN Iowa=IA "
    "Kansas=KS Kentucky=KY Louisiana=LA Maine=ME Maryland=MD Massachusetts=MA Michigan=MI "
    "Minnesota=MN Mississippi=MS Missouri=MO Montana=MT Nebraska=NE Nevada=NV New_Hampshire=NH "
    "New_Jersey=NJ New_Mexico=NM New_York=NY North_Carolina=NC North_Dakota=ND Ohio=OH "
    "Oklahoma=OK Oregon=OR Pennsylvania=PA Rhode_Island=RI South_Carolina=SC South_Dakota=SD "
    "Tennessee=TN Texas=TX Utah=UT Vermont=VT Virginia=VA Washington=WA West_Virginia=WV "
    "Wisconsin=WI Wyoming=WY District_of_Columbia=DC American_Samoa=AS Guam=GU Puerto_Rico=PR "
    "Northern_Mariana_Islands=MP Virgin_Islands=VI"
)

US_STATE_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        name.replace("_", " ").casefold(): code
        for name, code in (entry.split("=") for entry in _NAMES.split(" "))
    }
)


def state_code(text: str) -> str:
    """Return the code of a state's full name; any other text comes back as it was sent."""
    return US_STATE_CODES.get(text.casefold(), text)
