"""Has a payer been silent for too long?"""

from datetime import date, timedelta

from models.documents.clock import ClockRule
from revcycle.rules.clocks.clock_end import clock_end


def is_due_question(
    *,
    sent_on: date,
    asked_on: date | None,
    wait_until: date | None,
    rule: ClockRule,
    ask_again_days: int,
    today: date,
) -> bool:
    """Tell whether a claim is to be asked about today.

    Args:
        sent_on: The day on which its latest version left.
        asked_on: The day of the last question about that version; None if none was asked.
        wait_until: A day until which somebody decided to wait.
        rule: How long the payer may be silent.
        ask_again_days: Days between two questions.
        today: The practice's day.

    Source:
        Prompt payment laws and payer contracts, as the clock ``silent`` says them.
    """
    if wait_until is not None and today < wait_until:
        return False
    if asked_on is not None:
        return today >= asked_on + timedelta(days=ask_again_days)
    return today > clock_end(rule, sent_on)
