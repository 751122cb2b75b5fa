"""What panes say of a refund."""

from collections.abc import Mapping
from typing import Final

from sqlmodel import Session

from models.states.refund import RefundState
from revcycle.rules.refunds.check_refund import REASONS
from revcycle.store import refunds
from revcycle.store.audit import record_act
from workbench.pages.panes.pane import OpenedItem
from workbench.pages.records.money_words import say_account

STATE_WORDS: Final[Mapping[RefundState, str]] = {
    RefundState.REQUESTED: "asked for",
    RefundState.APPROVED: "approved",
    RefundState.REFUSED: "refused",
    RefundState.PAID: "paid, not at the bank yet",
    RefundState.CLEARED: "at the bank",
    RefundState.VOID: "void",
}


def show_refund(session: Session, opened: OpenedItem) -> dict[str, object]:
    """Read the refund that an item is about, and write down that it was seen.

    Raises:
        NotFoundError: this practice has no such refund.
    """
    act, refund_id = opened.act, opened.line.subject_id
    refund = refunds.get_refund(session, act.client_id, refund_id)
    record_act(session, act.client_id, act, "see_refund", "refund", refund_id)
    return {
        "refund": refund,
        "state": STATE_WORDS[refund.state],
        "reason": REASONS.get(refund.reason, refund.reason),
        "whose": say_account(refund.account),
    }
