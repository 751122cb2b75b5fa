"""Write down what a payer wants to see before it decides, and see that it is sent in time."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent
from revcycle.operations.denials.appeal_work import close_item, denial_cause, open_records_item
from revcycle.store import denials
from revcycle.store.audit import record_act
from revcycle.store.records_requests import insert_records_request
from revcycle.store.state_changes import move

ASKED_LENGTH: Final = 400
SEND_DAYS_MAX: Final = 365


def request_records(
    session: Session, act: Act, denial_id: UUID, *, asked: str, send_by: date
) -> UUID:
    """Let a denial wait for records, with an item to send them; return the request's id.

    Args:
        session: The open transaction.
        act: Who writes it down.
        denial_id: The denial.
        asked: What the payer wants, in words.
        send_by: The last day on which it must be there.

    Raises:
        NotFoundError: this client has no such denial.
        IllegalTransitionError: the denial is not open.
        RejectedError: nothing is asked, or the last day is past or more than a year away.
    """
    wanted = asked.strip()
    if not wanted or len(wanted) > ASKED_LENGTH:
        msg = f"say in at most {ASKED_LENGTH} characters what the payer asks for"
        raise RejectedError(msg)
    if not act.today <= send_by <= act.today + timedelta(days=SEND_DAYS_MAX):
        msg = "records are sent from today on, within a year"
        raise RejectedError(msg)
    denial = denials.lock_denial(session, act.client_id, denial_id)
    move(session, act.client_id, act, denial, DENIAL_TRANSITIONS, DenialEvent.REQUEST_RECORDS)
    request_id = insert_records_request(
        session, act.client_id, act, denial_id, asked=wanted, send_by=send_by
    )
    denial.due_on = send_by
    close_item(session, act, denial_cause(denial_id), resolution="records asked for")
    open_records_item(session, act, denial, send_by)
    record_act(session, act.client_id, act, "request_records", "denial", denial_id)
    return request_id
