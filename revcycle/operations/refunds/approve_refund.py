"""Let a refund go, as the second person."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.approval import Approver
from models.errors import RejectedError
from models.states.refund import REFUND_TRANSITIONS, RefundEvent
from revcycle.operations.refunds.refund_work import (
    SUBJECT,
    ask_to_pay,
    close_refund_work,
    credit_of,
    refuse_findings,
)
from revcycle.rules.approvals.ladder import check_approval
from revcycle.store import refunds
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


def approve_refund(session: Session, act: Act, refund_id: UUID, *, approver: Approver) -> None:
    """Let it be paid.

    Raises:
        NotFoundError: this practice has no such refund.
        IllegalTransitionError: it was decided before.
        RejectedError: the same person asked, the amount is above the person's limit, or the credit
            holds less by now.
    """
    row = refunds.lock_refund(session, act.client_id, refund_id)
    refuse_findings(check_approval(row.amount, requested_by=row.requested_by, approver=approver))
    if credit_of(session, act, row) < row.amount:
        msg = "the credit holds less by now: refuse it"
        raise RejectedError(msg)
    move(session, act.client_id, act, row, REFUND_TRANSITIONS, RefundEvent.APPROVE)
    row.decided_by = act.actor
    close_refund_work(session, act, refund_id, resolution="approved")
    session.flush()
    ask_to_pay(session, act, row)
    record_act(session, act.client_id, act, "approve_refund", SUBJECT, refund_id)
