"""Write a letter that asks a payer to decide a denial anew."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent
from revcycle.operations.denials.appeal_work import close_item, denial_cause, open_letter_item
from revcycle.store import appeals, denials
from revcycle.store.appeals import NewAppeal
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move

LETTER_LENGTH_MAX: Final = 8_000
ANSWER_DAYS_MAX: Final = 365


def prepare_appeal(
    session: Session, act: Act, denial_id: UUID, *, wording: str, letter: str, answer_by: date
) -> UUID:
    """Keep the letter of the next level; the denial waits for its payer, the letter for sending.

    Nobody bills the patient or writes the amount off meanwhile. Return the appeal's id.

    Args:
        session: The open transaction.
        act: Who wrote the letter.
        denial_id: The denial.
        wording: The name of the wording that the letter began with.
        letter: The text as it will leave; it names the patient.
        answer_by: When the payer should have answered.

    Raises:
        NotFoundError: this client has no such denial.
        IllegalTransitionError: the denial is not open.
        RejectedError: the letter is empty or too long, or the answer is due in the past.
    """
    _check(act, letter, answer_by)
    denial = denials.lock_denial(session, act.client_id, denial_id)
    move(session, act.client_id, act, denial, DENIAL_TRANSITIONS, DenialEvent.APPEAL)
    earlier = appeals.list_appeals(session, act.client_id, denial_id)
    new = NewAppeal(
        denial_id=denial_id,
        level=len(earlier) + 1,
        wording=wording,
        letter=letter.replace("\r\n", "\n").strip(),
        answer_by=answer_by,
    )
    appeal_id = appeals.insert_appeal(session, act.client_id, act, new)
    close_item(session, act, denial_cause(denial_id), resolution="appealed")
    open_letter_item(session, act, denial)
    record_act(session, act.client_id, act, "prepare_appeal", "denial", denial_id, outcome=wording)
    return appeal_id


def _check(act: Act, letter: str, answer_by: date) -> None:
    if not letter.strip():
        msg = "the letter is empty"
        raise RejectedError(msg)
    if len(letter) > LETTER_LENGTH_MAX:
        msg = f"the letter has {len(letter):,} characters; {LETTER_LENGTH_MAX:,} are allowed"
        raise RejectedError(msg)
    if not act.today < answer_by <= act.today + timedelta(days=ANSWER_DAYS_MAX):
        msg = f"the answer is due on a day within the next {ANSWER_DAYS_MAX} days"
        raise RejectedError(msg)
