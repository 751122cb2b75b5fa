"""What a payer's answer about a coverage means, and what to do next, in our own words.

Source:
    ASC X12N/005010X279A1 (271): AAA03, EB01, EB06. The official texts belong to X12 and do not
    stand here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from revcycle.reference.eligibility_rejections import eligibility_rejection_label

BENEFIT_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "1": "active",
        "2": "active, full risk capitation",
        "3": "active, services capitated",
        "4": "active, services capitated to the primary care physician",
        "5": "active, pending investigation",
        "6": "inactive",
        "7": "inactive, pending an eligibility update",
        "8": "inactive, pending investigation",
        "A": "coinsurance",
        "B": "co-payment",
        "C": "deductible",
        "CB": "coverage basis",
        "D": "benefit description",
        "E": "exclusions",
        "F": "limitation",
        "G": "out-of-pocket maximum",
        "H": "unlimited",
        "I": "not covered",
        "J": "cost containment",
        "K": "reserve",
        "L": "primary care provider",
        "MC": "managed care coordinator",
        "N": "services restricted to a provider",
        "P": "benefit disclaimer",
        "R": "other or additional payer",
        "S": "prior year history",
        "U": "contact another organization for the benefits",
        "V": "cannot process",
        "W": "other source of data",
        "X": "health care facility",
        "Y": "spend-down",
    }
)
PERIODS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "6": "an hour",
        "7": "a day",
        "21": "a year",
        "22": "a service year",
        "23": "a calendar year",
        "24": "this year to date",
        "25": "the contract",
        "26": "an episode",
        "27": "a visit",
        "29": "remaining",
        "32": "a lifetime",
        "33": "lifetime, remaining",
        "34": "a month",
        "35": "a week",
    }
)
COVERAGE_LEVELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CHD": "children only",
        "DEP": "dependents only",
        "ECH": "employee and children",
        "EMP": "employee only",
        "ESP": "employee and spouse",
        "FAM": "family",
        "IND": "individual",
        "SPC": "spouse and children",
        "SPO": "spouse only",
    }
)
_CORRECT_NUMBER: Final = "Compare the member id with the card, correct it and ask again."
_CORRECT_PERSON: Final = (
    "Compare name and birth date with the card: the payer must know the person under both. "
    "Correct the patient, then ask again."
)
_CALL: Final = "Call the payer, and write down who said what under which reference number."
_OURS: Final = "The fault is ours or the clearinghouse's: tell whoever keeps the connection."
NEXT_OF_REJECTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("64", "72", "76", "68"), _CORRECT_NUMBER),
        **dict.fromkeys(("58", "65", "66", "67", "71", "73", "74", "75", "77"), _CORRECT_PERSON),
        **dict.fromkeys(("42", "80"), "The payer could not answer then: ask again."),
        **dict.fromkeys(
            ("41", "43", "44", "45", "46", "47", "48", "50", "51", "79", "97", "04", "T4"), _OURS
        ),
        **dict.fromkeys(
            ("52", "56", "57", "60", "61", "62", "63"),
            "Compare the date of service with the visit; correct it there, then ask again.",
        ),
        "78": "Ask the patient for the present card: the group has changed.",
    }
)
_MEANINGS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "EB-6": (
            "the coverage is not in force",
            (
                "Ask the patient for the insurance of that day. Write down the other one, or say "
                "when this one ended; without another the patient pays."
            ),
        ),
        "EB-7": ("the coverage is inactive while the payer updates it", _CALL),
        "EB-8": ("the coverage is inactive while the payer looks into it", _CALL),
        "EB-R": (
            "another payer is to be billed first",
            (
                "Ask for the card of the other payer and write it down as the first one; this "
                "payer is then billed second."
            ),
        ),
        "EB-F": (
            "the visits that the plan pays for are used up",
            "Ask the payer whether more can be authorized; otherwise the patient pays.",
        ),
        "EB-none": ("the payer says neither that it covers nor that it does not", _CALL),
        "plan_dates": (
            "the day of service lies outside the plan's dates",
            "Ask the patient for the insurance of that day, and say when this one ended.",
        ),
        "verification.not_writable": (
            "the question cannot be written for this payer",
            (
                "Correct what is named above (a sign or a length that a 270 does not carry), then "
                "ask again."
            ),
        ),
        "AAA": ("the payer refused the question without a reason", _CALL),
    }
)


def explain_answer(reason: str) -> tuple[str, str]:
    """Say what a coded reason of a verdict means, and what to do next.

    A code that is not here is told as it is, with the advice to call.
    """
    code = reason.removeprefix("AAA-")
    if code != reason:
        return eligibility_rejection_label(code), NEXT_OF_REJECTIONS.get(code, _CALL)
    return _MEANINGS.get(reason, (f"reason {reason}", _CALL))
