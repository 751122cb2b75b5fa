"""Write down that a payer says it has the letter."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.appeal import AppealState
from revcycle.store import appeals
from revcycle.store.audit import record_act

REFERENCE_LENGTH: Final = 60


def acknowledge_appeal(
    session: Session, act: Act, appeal_id: UUID, *, on: date, reference: str
) -> None:
    """Keep the day and the payer's number of an appeal; it proves that the letter came in time.

    Repeating it replaces what was written down before.

    Raises:
        NotFoundError: this client has no such appeal.
        RejectedError: the letter did not leave or is answered, the day is before it left or still
            to come, or the number is too long.
    """
    appeal = appeals.lock_appeal(session, act.client_id, appeal_id)
    if AppealState(appeal.state) is not AppealState.SENT or appeal.sent_on is None:
        msg = f"appeal {appeal_id} does not wait for its payer"
        raise RejectedError(msg)
    if not appeal.sent_on <= on <= act.today:
        msg = "a payer confirms a letter between the day it left and today"
        raise RejectedError(msg)
    if len(reference.strip()) > REFERENCE_LENGTH:
        msg = f"the payer's number has at most {REFERENCE_LENGTH} characters"
        raise RejectedError(msg)
    appeal.acknowledged_on, appeal.payer_reference = on, reference.strip()
    record_act(session, act.client_id, act, "acknowledge_appeal", "appeal", appeal_id)
