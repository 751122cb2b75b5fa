"""Why a payer paid less: group codes and claim adjustment reason codes (CARC), in our own words.

The official texts belong to X12 and do not stand here. The labels say in at most eight words what
a biller needs to know to choose the next step; a licensed list can be loaded beside them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ADJUSTMENT_GROUPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CO": "the provider bears it, by contract",
        "PR": "the patient owes it",
        "OA": "neither owes it; another payer or information",
        "PI": "the payer decided, without a contract",
        "CR": "correction of an earlier decision, old style",
    }
)

ADJUSTMENT_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "1": "deductible",
        "2": "coinsurance",
        "3": "co-pay",
        "4": "modifier missing or does not fit",
        "5": "place of service does not fit",
        "6": "patient's age does not fit",
        "7": "patient's sex does not fit",
        "8": "provider's specialty does not fit",
        "9": "diagnosis does not fit the age",
        "10": "diagnosis does not fit the sex",
        "11": "diagnosis does not support the service",
        "16": "information missing or wrong, see remark",
        "18": "exact duplicate",
        "19": "work injury, other carrier",
        "20": "accident, liability carrier",
        "21": "accident, no-fault carrier",
        "22": "another payer may come first",
        "23": "what an earlier payer decided",
        "24": "covered under capitation or managed care",
        "26": "before coverage began",
        "27": "after coverage ended",
        "29": "filed too late",
        "31": "patient not found as insured",
        "32": "dependent not eligible",
        "35": "lifetime maximum reached",
        "39": "authorization was refused",
        "45": "above the contracted fee",
        "49": "routine or screening service not covered",
        "50": "not seen as medically necessary",
        "55": "seen as experimental",
        "58": "wrong place for this service",
        "59": "multiple procedure reduction",
        "96": "not covered, see remark",
        "97": "included in another service",
        "100": "paid to the patient",
        "109": "wrong payer or contractor",
        "119": "benefit maximum of the period reached",
        "125": "billing error, see remark",
        "131": "negotiated discount",
        "140": "name and member number do not match",
        "144": "incentive",
        "146": "diagnosis not valid on this date",
        "150": "level of service not supported",
        "151": "too many or too often",
        "163": "attachment not received",
        "167": "diagnosis not covered",
        "170": "not payable to this kind of provider",
        "181": "procedure not valid on this date",
        "182": "modifier not valid on this date",
        "185": "rendering provider not eligible",
        "193": "earlier decision stands",
        "197": "authorization missing",
        "198": "authorization exceeded",
        "204": "not covered by this plan",
        "222": "above contracted number of units",
        "226": "information asked of provider is missing",
        "227": "information asked of patient is missing",
        "231": "cannot be done on the same day",
        "234": "not paid separately",
        "236": "code pair not allowed together",
        "242": "provider not in network",
        "243": "no approval of primary care physician",
        "252": "attachment needed to decide",
        "253": "federal budget cut",
        "256": "not payable under managed care contract",
        "272": "coverage guidelines not met",
        "288": "referral missing",
        "A1": "denied, see remark",
        "B7": "provider not certified on this date",
        "B9": "patient is in hospice",
        "B13": "paid before",
        "B15": "needs another service that qualifies",
        "B16": "new-patient rules not met",
        "B20": "done by another provider",
    }
)


def adjustment_label(reason: str) -> str:
    """Return our words for a CARC, or the code itself where we have none."""
    return ADJUSTMENT_REASONS.get(reason, f"reason {reason}")
