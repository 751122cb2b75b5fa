"""What a person decides about a payment variance alone: dispute it, or accept it."""

from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.variance import VARIANCE_TRANSITIONS, VarianceEvent
from models.states.work_item import Queue
from models.tables import Variance
from revcycle.operations.contracts.settle_differences import SUBJECT, variance_cause
from revcycle.rules.clocks.holidays import next_business_day
from revcycle.store import variances, work_hands, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem

ANSWER_DAYS = 30
ANSWER_DAYS_MAX = 90
NOTE_LENGTH = 200
AWAIT_ANSWER = "variance.disputed"


def dispute_variance(
    session: Session, act: Act, variance_id: UUID, *, answer_by: date, note: str = ""
) -> None:
    """Note that the payer was told; its item comes back when the answer is due.

    Call it after the item of the variance was closed. A disputed one may be disputed again: only
    the day changes.

    Raises:
        NotFoundError: this practice has no such variance.
        RejectedError: the day is past or too far away, or the variance is settled.
    """
    days = (answer_by - act.today).days
    if not 0 < days <= ANSWER_DAYS_MAX:
        msg = f"an answer is expected within the next {ANSWER_DAYS_MAX} days"
        raise RejectedError(msg)
    row = variances.get_variance(session, act.client_id, variance_id)
    if row.disputed_on is None:
        move(session, act.client_id, act, row, VARIANCE_TRANSITIONS, VarianceEvent.DISPUTE)
        row.disputed_on = act.today
    row.note = note[:NOTE_LENGTH] or row.note
    record_act(session, act.client_id, act, "dispute_variance", SUBJECT, row.id)
    _open_later(session, act, row, days)


def accept_variance(session: Session, act: Act, variance_id: UUID, *, note: str) -> None:
    """Note that the payer is right, and why: our terms are to be corrected.

    Raises:
        NotFoundError: this practice has no such variance.
        RejectedError: there is no reason, or the variance is settled.
    """
    settle_variance(session, act, variance_id, VarianceEvent.ACCEPT, note)


def settle_variance(
    session: Session, act: Act, variance_id: UUID, event: VarianceEvent, note: str
) -> None:
    """End a variance as a person decided, with the reason.

    Raises:
        NotFoundError: this practice has no such variance.
        RejectedError: there is no reason, or the variance is settled.
    """
    if not note.strip():
        msg = "say why in a few words: the next person who asks reads it"
        raise RejectedError(msg)
    row = variances.get_variance(session, act.client_id, variance_id)
    move(session, act.client_id, act, row, VARIANCE_TRANSITIONS, event)
    row.note = note.strip()[:NOTE_LENGTH]
    row.let_be_asked_by = ""
    record_act(session, act.client_id, act, f"{event}_variance", SUBJECT, row.id)


def _open_later(session: Session, act: Act, row: Variance, days: int) -> None:
    item = NewWorkItem(
        queue=Queue.VARIANCE,
        cause_key=variance_cause(row.id),
        subject_kind=SUBJECT,
        subject_id=row.id,
        reason=AWAIT_ANSWER,
        detail="The payer was told. Ask for its answer, or write down what it answered",
        due_on=next_business_day(act.today + timedelta(days=days)),
    )
    work_items.open_work_items(session, act.client_id, act, [item])
    opened = work_items.find_open_cause(session, act.client_id, item.cause_key)
    if opened is not None:
        until = act.at + timedelta(days=days)
        work_hands.snooze_items(session, act.client_id, [opened], actor=act.actor, until=until)
