"""Procedure codes and modifiers: their form, and our own words for the few that the demo uses.

CPT is licensed by the American Medical Association. No text of it stands here: the labels below
are ours, written for the demonstration, and a practice's own labels come with its fee file.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# CPT category I; II (F), III (T), laboratory analyses (U) and administrative (M); HCPCS level II.
# D codes are dental: they go on a dental claim, which is another transaction.
_PROCEDURE_CODE: Final = re.compile(r"[0-9]{5}|[0-9]{4}[FMTU]|[ABCEGHJKLMPQRSTUV][0-9]{4}")
_MODIFIER: Final = re.compile(r"[A-Z0-9]{2}")
_REVENUE_CODE: Final = re.compile(r"[0-9]{4}")
MODIFIERS_MAX: Final = 4  # SV101-3 to SV101-6

NO_WORDS: Final[Mapping[str, str]] = MappingProxyType({})


def is_procedure_code(code: str) -> bool:
    """Tell whether ``code`` has the form of a CPT or HCPCS level II code, dental codes excluded.

    Source:
        CMS, "HCPCS - General Information" (five characters; level II is a letter and four digits).
    """
    return _PROCEDURE_CODE.fullmatch(code) is not None


def is_modifier(code: str) -> bool:
    """Tell whether ``code`` has the form of a modifier: two capital letters or digits.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 26, section 10.4, item 24D.
    """
    return _MODIFIER.fullmatch(code) is not None


def is_revenue_code(code: str) -> bool:
    """Tell whether ``code`` has the form of a revenue code: four digits, leading zero included.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 25, section 75.4, form locator 42.
    """
    return _REVENUE_CODE.fullmatch(code) is not None


PROCEDURE_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Office visits and their like
        "99202": "new patient visit, short",
        "99203": "new patient visit, low",
        "99204": "new patient visit, moderate",
        "99205": "new patient visit, high",
        "99212": "established patient visit, short",
        "99213": "established patient visit, low",
        "99214": "established patient visit, moderate",
        "99215": "established patient visit, high",
        "99385": "first well visit, young adult",
        "99386": "first well visit, middle age",
        "99395": "yearly well visit, young adult",
        "99396": "yearly well visit, middle age",
        "99397": "yearly well visit, 65 and over",
        "G0438": "first Medicare wellness visit",
        "G0439": "yearly Medicare wellness visit",
        # Small procedures, shots and laboratory
        "36415": "blood draw",
        "69210": "ear wax removal",
        "90471": "giving one vaccine",
        "90686": "flu vaccine dose",
        "96372": "shot under skin or in muscle",
        "G0008": "giving flu vaccine, Medicare",
        "J1100": "dexamethasone, 1 mg",
        "J3420": "vitamin B12, up to 1 mg",
        "80053": "metabolic blood panel",
        "80061": "blood fat panel",
        "81002": "urine dip test",
        "83036": "long-term blood sugar",
        "85025": "blood cell count",
        "87880": "strep throat quick test",
        # Heart
        "93000": "heart tracing with report",
        "93010": "heart tracing, report only",
        "93015": "exercise stress test",
        "93224": "heart monitor, two days",
        "93306": "heart ultrasound, full",
        "93880": "neck artery ultrasound",
        "78452": "heart perfusion images",
        # Imaging
        "70450": "head CT without dye",
        "71046": "chest film, two views",
        "72100": "lower back film",
        "72148": "lower back MRI without dye",
        "73030": "shoulder film",
        "73562": "knee film, three views",
        "73721": "leg joint MRI without dye",
        "77067": "breast screening film",
        # Physiotherapy
        "97010": "hot or cold pack",
        "97014": "electric stimulation, unattended",
        "97035": "therapy ultrasound",
        "97110": "exercise therapy, 15 minutes",
        "97112": "balance and movement training",
        "97140": "hands-on therapy, 15 minutes",
        "97161": "physiotherapy evaluation, simple",
        "97162": "physiotherapy evaluation, moderate",
        "97164": "physiotherapy re-evaluation",
        "97530": "practice of daily activities",
    }
)


def words_of_procedures(*, has_demo_words: bool) -> Mapping[str, str]:
    """Return our words by procedure; none where a company took them out of its installation."""
    return PROCEDURE_LABELS if has_demo_words else NO_WORDS
