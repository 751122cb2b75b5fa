"""What remark codes (RARC) say, in our own words, for the remarks that our playbook knows.

The official texts belong to their publisher and do not stand here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

REMARKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "M20": "procedure code missing or wrong",
        "M44": "condition code missing or wrong",
        "M51": "procedure code missing or wrong",
        "M64": "other diagnosis missing or wrong",
        "M76": "diagnosis missing or wrong",
        "M127": "medical record missing",
        "MA04": "earlier payer's decision missing",
        "MA27": "insured's number or name missing or wrong",
        "MA36": "patient's name missing or wrong",
        "MA61": "insured's number missing or wrong",
        "MA63": "principal diagnosis missing or wrong",
        "MA92": "other coverage missing or wrong",
        "MA102": "rendering or referring provider missing or wrong",
        "MA112": "group practice missing or wrong",
        "MA130": "not processed: send a new claim, no appeal",
        "N4": "earlier payer's remittance missing",
        "N29": "documentation missing",
        "N56": "procedure code not for this service or date",
        "N66": "document missing or incomplete",
        "N202": "more information asked for",
        "N253": "attending provider's number missing or wrong",
        "N257": "billing provider's number missing or wrong",
        "N264": "ordering provider's name missing or wrong",
        "N265": "ordering provider's number missing or wrong",
        "N285": "referring provider's name missing or wrong",
        "N286": "referring provider's number missing or wrong",
        "N290": "rendering provider's number missing or wrong",
        "N329": "patient's birth date missing or wrong",
        "N382": "patient's identity missing or wrong",
        "N433": "billing provider's own number asked for",
        "N479": "earlier payer's remittance missing",
        "N519": "codes on the claim do not go together",
        "N706": "documentation missing",
    }
)


def remark_label(code: str) -> str:
    """Return our words for a RARC, or the code itself where we have none."""
    return REMARKS.get(code, f"remark {code}")
