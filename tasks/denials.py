"""Denials, step by step. What staff decide are operations that pages and commands call."""

from datetime import date

from revcycle.operations.denials.escalate_denials import escalate_denials
from tasks.runtime import act_of, client_transaction, step

STAGE = "denials"


@step("escalate-denials")
def escalate_denials_task(client_key: str, today: date) -> int:
    """Put open denials whose date comes close before the others; return how many moved."""
    with client_transaction(client_key) as session:
        return escalate_denials(session, act_of(client_key, STAGE, today))
