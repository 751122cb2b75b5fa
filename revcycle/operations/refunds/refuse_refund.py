"""Refuse a refund, as the second person."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.refund import REFUND_TRANSITIONS, RefundEvent
from revcycle.operations.refunds.refund_work import (
    SUBJECT,
    ask_whose_again,
    close_refund_work,
)
from revcycle.store import refunds
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


def refuse_refund(session: Session, act: Act, refund_id: UUID) -> None:
    """Leave the credit where it is; the next look at credits asks again what to do with it.

    Raises:
        NotFoundError: this practice has no such refund.
        IllegalTransitionError: it was decided before.
    """
    row = refunds.lock_refund(session, act.client_id, refund_id)
    move(session, act.client_id, act, row, REFUND_TRANSITIONS, RefundEvent.REFUSE)
    row.decided_by = act.actor
    close_refund_work(session, act, refund_id, resolution="refused")
    ask_whose_again(session, act, row)
    record_act(session, act.client_id, act, "refuse_refund", SUBJECT, refund_id)
