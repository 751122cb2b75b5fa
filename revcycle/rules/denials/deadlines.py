"""Until when may a payer be asked again?"""

from dataclasses import dataclass
from datetime import date

from models.documents.clock import ClockKind, ClockRule, StartEvent
from revcycle.rules.clocks.clock_end import run_clock


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day, and what it follows from.

    Attributes:
        days_left: From today; 0 on the last day, negative when it is past.
        follows_from: In words, for the page.
    """

    on: date
    days_left: int
    follows_from: str

    @property
    def is_past(self) -> bool:
        """Whether the last day is over."""
        return self.days_left < 0


def deadline_after(
    decided_on: date, *, limit_days: int, follows_from: str, today: date
) -> Deadline:
    """Count a limit from the day of the payer's decision; that day itself is day 0.

    Source:
        Payer contracts; 42 CFR 405.942(a) counts an appeal from the receipt of the decision.
    """
    rule = ClockRule("denial.limit", ClockKind.APPEAL, StartEvent.REMITTANCE, days=limit_days)
    clock = run_clock(rule, decided_on, today=today)
    return Deadline(clock.ends_on, clock.days_left, follows_from)
