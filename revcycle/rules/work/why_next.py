"""Say in one sentence why an item is the next one.

Source:
    What the order of ``store.best_items.find_best_item`` compares: priority, then due time.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

URGENT_PRIORITY: Final = 2
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


class Claim(StrEnum):
    """By what right a person was given an item."""

    ASSIGNED = "assigned"
    ESCALATED = "escalated"
    POOL = "pool"


def why_next(
    claim: Claim, *, priority: int, due_at: datetime, at: datetime, left: int, worth: str = ""
) -> str:
    """Write the sentence.

    Args:
        claim: By what right the person has it.
        priority: Of the item, 1 is first.
        due_at: When it is due.
        at: Now.
        left: How many more wait in the same pool.
        worth: What it is worth, where somebody reckoned it; see ``rank_denial``.
    """
    beginning = {
        Claim.ASSIGNED: "It is assigned to you",
        Claim.ESCALATED: "It was escalated to team leads",
        Claim.POOL: f"First of {left + 1:,} that wait here" if left else "The last one here",
    }[claim]
    urgency = "" if priority > URGENT_PRIORITY else f"priority {priority}, "
    ending = f"; {worth}" if worth else ""
    return f"{beginning}: {urgency}{_due(due_at - at)}{ending}."


def _due(left: timedelta) -> str:
    return f"overdue by {_span(-left)}" if left < timedelta(0) else f"due in {_span(left)}"


def _span(span: timedelta) -> str:
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (timedelta(minutes=1), "minute")):
        if span >= unit:
            count = span // unit
            return f"{count:,} {name}{'' if count == 1 else 's'}"
    return "less than a minute"
