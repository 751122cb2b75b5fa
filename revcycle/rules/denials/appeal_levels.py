"""Which level of appeal comes next at a payer, and until when?"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from models.documents.denial import AppealLevel, LevelStart
from revcycle.rules.denials.deadlines import Deadline

MEDICARE: Final = frozenset({"MA", "MB"})
RECEIPT_DAYS: Final = 5  # a Medicare notice counts as received five days after its date
# 42 CFR 405.942, 405.962, 405.1014, 405.1102, 405.1130: redetermination to federal court.
MEDICARE_LEVELS: Final = (
    AppealLevel("Redetermination", 120, LevelStart.DECISION, receipt_days=RECEIPT_DAYS),
    AppealLevel("Reconsideration by a QIC", 180, LevelStart.ANSWER, receipt_days=RECEIPT_DAYS),
    AppealLevel("Hearing before an ALJ", 60, LevelStart.ANSWER, receipt_days=RECEIPT_DAYS),
    AppealLevel("Medicare Appeals Council", 60, LevelStart.ANSWER, receipt_days=RECEIPT_DAYS),
    AppealLevel("Federal court", 60, LevelStart.ANSWER, receipt_days=RECEIPT_DAYS),
)
EXTERNAL_REVIEW: Final = AppealLevel("External review", 120, LevelStart.ANSWER)


def standard_levels(filing_indicator: str, *, limit_days: int) -> tuple[AppealLevel, ...]:
    """Return the levels of a payer whose contract says nothing of its own.

    Args:
        filing_indicator: SBR09; Medicare is MA or MB.
        limit_days: The limit of the client file for an appeal.

    Source:
        Medicare: 42 CFR 405 subpart I; the first limit is the client file's where it says one.
        Others: their contracts; 45 CFR 147.136(d)(2) gives four months for an external review.
    """
    if filing_indicator in MEDICARE:
        return MEDICARE_LEVELS
    return (
        AppealLevel("First appeal", limit_days, LevelStart.DECISION),
        AppealLevel("Second appeal", limit_days, LevelStart.ANSWER),
        EXTERNAL_REVIEW,
    )


def next_level(levels: Sequence[AppealLevel], *, answered: int) -> AppealLevel | None:
    """Return the level that comes after those which the payer answered; None after the last.

    Source:
        An earlier decision that stands goes to the next level; the same level is not filed twice.
    """
    return levels[answered] if answered < len(levels) else None


def level_deadline(
    level: AppealLevel, *, decided_on: date, answered_on: date | None, today: date
) -> Deadline:
    """Count a level's limit from the decision, or from the answer to the level before.

    Args:
        level: The level.
        decided_on: The day of the denial.
        answered_on: The day of the last answer; None where there was none.
        today: The practice's day.

    Source:
        42 CFR 405.942(a)(1) for the presumed receipt; payer contracts.
    """
    is_first = level.starts is LevelStart.DECISION or answered_on is None
    begins = decided_on if is_first else answered_on or decided_on
    last = begins + timedelta(days=level.receipt_days + level.days)
    what = "the decision" if is_first else "the answer to the level before"
    mailed = f" and {level.receipt_days} for the mail" if level.receipt_days else ""
    return Deadline(
        last, (last - today).days, f"{level.name}: {level.days} days{mailed} after {what}"
    )
