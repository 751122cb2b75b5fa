"""Write down that a payer keeps to its decision."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.playbook import Play
from models.states.appeal import APPEAL_TRANSITIONS, AppealEvent
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent
from revcycle.operations.denials.appeal_work import (
    UPHELD,
    appeal_cause,
    close_item,
    reopen_denial_item,
)
from revcycle.rules.denials.find_play import find_play
from revcycle.store import appeals, denials
from revcycle.store.audit import record_act
from revcycle.store.denial_pictures import get_denial_picture
from revcycle.store.state_changes import move


def lose_appeal(session: Session, act: Act, appeal_id: UUID, *, plays: Sequence[Play]) -> None:
    """End an appeal that the payer refused; the denial is worked again, with what comes next.

    Args:
        session: The open transaction.
        act: Who writes it down.
        appeal_id: The appeal.
        plays: The playbook; its play for a decision that stands names the next step.

    Raises:
        NotFoundError: this client has no such appeal.
        IllegalTransitionError: it was not sent, or is decided.
    """
    appeal = appeals.lock_appeal(session, act.client_id, appeal_id)
    move(session, act.client_id, act, appeal, APPEAL_TRANSITIONS, AppealEvent.LOSE)
    appeal.decided_on = act.today
    denial = denials.lock_denial(session, act.client_id, appeal.denial_id)
    move(session, act.client_id, act, denial, DENIAL_TRANSITIONS, DenialEvent.LOSE_APPEAL)
    payer_key = get_denial_picture(session, act.client_id, denial.id).payer_key
    play = find_play(denial.group, UPHELD, (), payer_key, plays)
    close_item(session, act, appeal_cause(denial.id), resolution="lost")
    reopen_denial_item(session, act, denial, play)
    record_act(session, act.client_id, act, "lose_appeal", "appeal", appeal_id)
