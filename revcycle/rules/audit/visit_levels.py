"""Which procedures are levels of one service: evaluation and management."""

from typing import Final

# First and last code of each family, lowest level first. Preventive visits go by age, not by level.
LEVEL_FAMILIES: Final = (
    ("99202", "99205"),  # office, new patient
    ("99211", "99215"),  # office, established patient
    ("99221", "99223"),  # hospital, first day
    ("99231", "99233"),  # hospital, later day
    ("99234", "99236"),  # hospital, in and out on one day
    ("99242", "99245"),  # consultation, office
    ("99252", "99255"),  # consultation, hospital
    ("99281", "99285"),  # emergency
    ("99304", "99306"),  # nursing facility, first day
    ("99307", "99310"),  # nursing facility, later day
    ("99341", "99345"),  # home, new patient
    ("99347", "99350"),  # home, established patient
)
HIGH_STEPS: Final = 1  # the two highest levels of a family are high


def is_level(code: str) -> bool:
    """Tell whether a procedure is a level of evaluation and management.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 12, section 30.6.
    """
    return any(first <= code <= last for first, last in LEVEL_FAMILIES)


def is_high_level(code: str) -> bool:
    """Tell whether a procedure is one of the two highest levels of its family.

    Source:
        HHS OIG, OEI-04-10-00181: claims for the two highest levels are the ones at risk.
    """
    return any(
        first <= code <= last and int(last) - int(code) <= HIGH_STEPS
        for first, last in LEVEL_FAMILIES
    )
