"""Why a payer did not answer an eligibility question (AAA03 and AAA04 of a 271), in our own words.

The official texts belong to X12 and do not stand here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ELIGIBILITY_REJECTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "04": "too many questions in one file",
        "15": "required information missing",
        "33": "wrong input",
        "41": "we are not allowed to ask",
        "42": "payer cannot answer now",
        "43": "provider number wrong or missing",
        "44": "provider name wrong or missing",
        "45": "provider specialty wrong or missing",
        "46": "provider phone wrong or missing",
        "47": "provider state wrong or missing",
        "48": "referring provider number wrong or missing",
        "49": "provider is not the primary care physician",
        "50": "provider may not ask about this patient",
        "51": "provider not on file",
        "52": "service date outside the provider's contract",
        "53": "question does not fit the provider",
        "54": "product or service wrong or missing",
        "55": "product or service number wrong or missing",
        "56": "date wrong",
        "57": "service date wrong or missing",
        "58": "birth date wrong or missing",
        "60": "birth date after service date",
        "61": "death date before service date",
        "62": "service date too old or too far",
        "63": "service date in the future",
        "64": "patient number wrong or missing",
        "65": "patient name wrong or missing",
        "66": "patient sex wrong or missing",
        "67": "patient not found",
        "68": "more than one patient has this number",
        "69": "service does not fit patient's age",
        "70": "service does not fit patient's sex",
        "71": "patient's birth date does not match",
        "72": "member number wrong or missing",
        "73": "subscriber's name wrong or missing",
        "74": "subscriber's sex wrong or missing",
        "75": "subscriber not found",
        "76": "more than one subscriber has this number",
        "77": "subscriber found, patient not found",
        "78": "subscriber is not in this group",
        "79": "sender or receiver number wrong",
        "80": "no answer came, ask again",
        "97": "provider address wrong or missing",
        "98": "experimental service",
        "T4": "payer name or number missing",
    }
)

FOLLOW_UPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "C": "correct and ask again",
        "N": "do not ask again",
        "P": "ask again, as it was",
        "R": "asking again is allowed",
        "S": "do not ask again; sent to another payer",
        "W": "wait 30 days, then ask again",
        "X": "wait 10 days, then ask again",
        "Y": "do not ask again; answer will come",
    }
)


def eligibility_rejection_label(reason: str) -> str:
    """Return our words for an AAA03, or the code itself where we have none."""
    return ELIGIBILITY_REJECTIONS.get(reason, f"reason {reason}")
