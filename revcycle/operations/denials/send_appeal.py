"""Say that the letter of an appeal left."""

from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.appeal import APPEAL_TRANSITIONS, AppealEvent
from revcycle.operations.denials.appeal_work import appeal_cause, close_item, open_answer_item
from revcycle.store import appeals, denials
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


class SendingWay(StrEnum):
    """How a letter left."""

    MAIL = "mail"
    CERTIFIED_MAIL = "certified_mail"
    FAX = "fax"
    PORTAL = "portal"  # the payer's own web pages


def send_appeal(
    session: Session,
    act: Act,
    appeal_id: UUID,
    *,
    way: SendingWay,
    sent_on: date,
) -> None:
    """Mark a letter as sent, and wait for the payer's answer.

    Raises:
        NotFoundError: this client has no such appeal.
        IllegalTransitionError: it is not prepared, or was sent before.
        RejectedError: the day is before the letter was written, or still to come.
    """
    appeal = appeals.lock_appeal(session, act.client_id, appeal_id)
    move(session, act.client_id, act, appeal, APPEAL_TRANSITIONS, AppealEvent.SEND)
    # Instants are UTC; the practice's day began up to a day before or after.
    if not (appeal.prepared_at - timedelta(days=1)).date() <= sent_on <= act.today:
        msg = "a letter leaves between the day it was written and today"
        raise RejectedError(msg)
    appeal.sent_on = sent_on
    denial = denials.lock_denial(session, act.client_id, appeal.denial_id)
    close_item(session, act, appeal_cause(denial.id), resolution=f"sent by {way}")
    open_answer_item(session, act, denial, appeal)
    record_act(session, act.client_id, act, "send_appeal", "appeal", appeal_id, outcome=way)
