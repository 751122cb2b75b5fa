"""Let a payment be that is not as agreed: one person up to a limit, above it two."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.approval import Approver
from models.documents.finding import is_blocking
from models.errors import RejectedError
from models.states.variance import STANDING_VARIANCE_STATES, VarianceEvent
from models.states.work_item import Queue, WorkItemEvent
from models.tables import Variance
from models.values.money import Money
from revcycle.operations.contracts.settle_differences import (
    SUBJECT,
    let_be_cause,
    variance_cause,
)
from revcycle.operations.contracts.work_variance import NOTE_LENGTH, settle_variance
from revcycle.rules.approvals.ladder import check_approval, needs_second_person
from revcycle.store import variances, work_items
from revcycle.store.audit import record_act
from revcycle.store.work_items import NewWorkItem

ASKED: Final = "variance.let_be_requested"
SERVICE_HOURS: Final = 72


def let_variance_be(
    session: Session, act: Act, variance_id: UUID, *, note: str, limit: Money
) -> bool:
    """Note that nobody asks the payer any more, or ask a second person above the limit.

    The books moved when the payer's cut did. Call it after the item of the variance was closed.

    Args:
        session: The open transaction.
        act: Who decides or asks.
        variance_id: Which variance.
        note: Why nobody asks the payer for it.
        limit: Up to which difference one person decides; zero asks for two always.

    Returns:
        Whether it is let be; if not, a second person is asked.

    Raises:
        NotFoundError: this practice has no such variance.
        RejectedError: there is no reason, somebody asked already, or the variance is settled.
    """
    row = _standing(session, act, variance_id)
    if not needs_second_person(at_stake(row), limit=limit):
        settle_variance(session, act, variance_id, VarianceEvent.WRITE_OFF, note)
        return True
    if not note.strip():
        msg = "say why in a few words: whoever decides reads it"
        raise RejectedError(msg)
    if row.let_be_asked_by:
        msg = "somebody asked for it already: a second person decides"
        raise RejectedError(msg)
    row.note = note.strip()[:NOTE_LENGTH]
    row.let_be_asked_by = act.actor
    work_items.open_work_items(session, act.client_id, act, [_question(row)])
    record_act(session, act.client_id, act, "ask_to_let_variance_be", SUBJECT, row.id)
    return False


def approve_letting_be(
    session: Session, act: Act, variance_id: UUID, *, approver: Approver
) -> None:
    """Let it be, as the second person.

    Raises:
        NotFoundError: this practice has no such variance.
        RejectedError: nobody asked, the same person asked, the difference is above the person's
            limit, or the variance is settled.
    """
    row = _asked(session, act, variance_id)
    findings = check_approval(at_stake(row), requested_by=row.let_be_asked_by, approver=approver)
    if is_blocking(findings):
        raise RejectedError("; ".join(finding.message for finding in findings))
    settle_variance(session, act, variance_id, VarianceEvent.WRITE_OFF, row.note)
    _close_question(session, act, variance_id, "approved")


def refuse_letting_be(session: Session, act: Act, variance_id: UUID) -> None:
    """Leave it to be worked: its item comes back.

    Raises:
        NotFoundError: this practice has no such variance.
        RejectedError: nobody asked, or the variance is settled.
    """
    row = _asked(session, act, variance_id)
    row.let_be_asked_by = ""
    _close_question(session, act, variance_id, "refused")
    item = NewWorkItem(
        queue=Queue.VARIANCE,
        cause_key=variance_cause(row.id),
        subject_kind=SUBJECT,
        subject_id=row.id,
        reason=row.reason,
        detail="A second person refused to let it be: ask the payer",
        service_hours=SERVICE_HOURS,
    )
    work_items.open_work_items(session, act.client_id, act, [item])
    record_act(session, act.client_id, act, "refuse_to_let_variance_be", SUBJECT, row.id)


def at_stake(row: Variance) -> Money:
    """Return by how much a payment differs from the contract, in either direction."""
    return Money(abs((row.expected - row.allowed).cents))


def _standing(session: Session, act: Act, variance_id: UUID) -> Variance:
    row = variances.get_variance(session, act.client_id, variance_id)
    if row.state not in STANDING_VARIANCE_STATES:
        msg = "it is settled already"
        raise RejectedError(msg)
    return row


def _asked(session: Session, act: Act, variance_id: UUID) -> Variance:
    row = _standing(session, act, variance_id)
    if not row.let_be_asked_by:
        msg = "nobody asks for it any more"
        raise RejectedError(msg)
    return row


def _question(row: Variance) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.APPROVAL,
        cause_key=let_be_cause(row.id),
        subject_kind=SUBJECT,
        subject_id=row.id,
        reason=ASKED,
        detail=row.note,
        service_hours=SERVICE_HOURS,
        amount=at_stake(row),
    )


def _close_question(session: Session, act: Act, variance_id: UUID, resolution: str) -> None:
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [let_be_cause(variance_id)],
        resolution=resolution,
        event=WorkItemEvent.COMPLETE,
    )
