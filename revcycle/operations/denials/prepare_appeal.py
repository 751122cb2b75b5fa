"""Write a letter that asks a payer to decide a denial anew."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.denial import AppealLevel, AppealPicture, DenialTerms
from models.errors import RejectedError
from models.states.appeal import AppealState
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent
from models.tables import Denial
from revcycle.operations.denials.appeal_work import close_item, denial_cause, open_letter_item
from revcycle.rules.denials.appeal_levels import level_deadline, next_level
from revcycle.rules.denials.ask_again_as import was_processed
from revcycle.rules.denials.deadlines import Deadline
from revcycle.store import appeals, denials
from revcycle.store.appeals import NewAppeal
from revcycle.store.audit import record_act
from revcycle.store.denial_pictures import get_denial_picture
from revcycle.store.state_changes import move

LETTER_LENGTH_MAX: Final = 8_000
ANSWER_DAYS_MAX: Final = 365


def prepare_appeal(
    session: Session,
    act: Act,
    denial_id: UUID,
    *,
    wording: str,
    letter: str,
    answer_by: date,
    terms: DenialTerms = DenialTerms(),  # noqa: B008 - frozen
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
        terms: Of the payer: its levels of appeal, where the client file says them.

    Raises:
        NotFoundError: this client has no such denial.
        IllegalTransitionError: the denial is not open.
        RejectedError: the letter is empty or too long, the answer is due in the past, the payer
            takes no appeal of a claim that it never processed, or no level is left.
    """
    _check(act, letter, answer_by)
    denial = denials.lock_denial(session, act.client_id, denial_id)
    move(session, act.client_id, act, denial, DENIAL_TRANSITIONS, DenialEvent.APPEAL)
    _require_processed(denial)
    earlier = appeals.list_appeals(session, act.client_id, denial_id)
    level, deadline = level_of_next(session, act, denial_id, terms, earlier)
    new = NewAppeal(
        denial_id=denial_id,
        level=len(earlier) + 1,
        wording=wording,
        letter=letter.replace("\r\n", "\n").strip(),
        answer_by=answer_by,
        level_name=level.name if level else "",
        is_reconsideration=bool(level and level.is_reconsideration),
        send_by=deadline.on if deadline else None,
    )
    appeal_id = appeals.insert_appeal(session, act.client_id, act, new)
    close_item(session, act, denial_cause(denial_id), resolution="appealed")
    open_letter_item(session, act, denial)
    record_act(session, act.client_id, act, "prepare_appeal", "denial", denial_id, outcome=wording)
    return appeal_id


def level_of_next(
    session: Session,
    act: Act,
    denial_id: UUID,
    terms: DenialTerms,
    earlier: Sequence[AppealPicture],
) -> tuple[AppealLevel | None, Deadline | None]:
    """Find the payer's next level for a denial, with its last day; nothing where none is known.

    Raises:
        RejectedError: the payer refused at every level.
    """
    if not terms.levels:
        return None, None
    refused = [one for one in earlier if one.state is AppealState.LOST]
    level = next_level(terms.levels, answered=len(refused))
    if level is None:
        msg = f"the payer refused at all its {len(terms.levels)} levels: no appeal is left"
        raise RejectedError(msg)
    decided_on = get_denial_picture(session, act.client_id, denial_id).decided_on
    answered_on = refused[-1].decided_on if refused else None
    return level, level_deadline(
        level, decided_on=decided_on, answered_on=answered_on, today=act.today
    )


def _require_processed(denial: Denial) -> None:
    if not was_processed(denial.remarks.split(":")):
        msg = f"denial {denial.id} was never processed: send a new claim, there is no appeal"
        raise RejectedError(msg)


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
