"""Take an appeal back."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.playbook import Play
from models.states.appeal import APPEAL_TRANSITIONS, AppealEvent
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent
from models.tables import Denial
from revcycle.operations.denials.appeal_work import appeal_cause, close_item, reopen_denial_item
from revcycle.rules.denials.find_play import find_play
from revcycle.store import appeals, denials
from revcycle.store.audit import record_act
from revcycle.store.denial_pictures import get_denial_picture
from revcycle.store.state_changes import move


def withdraw_appeal(session: Session, act: Act, appeal_id: UUID, *, plays: Sequence[Play]) -> None:
    """End an appeal that we do not pursue; the denial is worked again from its first step.

    Raises:
        NotFoundError: this client has no such appeal.
        IllegalTransitionError: the payer answered it already.
    """
    appeal = appeals.lock_appeal(session, act.client_id, appeal_id)
    move(session, act.client_id, act, appeal, APPEAL_TRANSITIONS, AppealEvent.WITHDRAW)
    appeal.decided_on = act.today
    denial = denials.lock_denial(session, act.client_id, appeal.denial_id)
    work_denial_again(session, act, denial, plays=plays, resolution="withdrawn")
    record_act(session, act.client_id, act, "withdraw_appeal", "appeal", appeal_id)


def work_denial_again(
    session: Session, act: Act, denial: Denial, *, plays: Sequence[Play], resolution: str
) -> None:
    """Give a denial that no letter asks about any more back to whoever works it."""
    move(session, act.client_id, act, denial, DENIAL_TRANSITIONS, DenialEvent.WITHDRAW_APPEAL)
    picture = get_denial_picture(session, act.client_id, denial.id)
    play = find_play(
        picture.group,
        picture.reason,
        picture.remarks,
        picture.payer_key,
        plays,
        procedure_code=picture.procedure_code,
    )
    close_item(session, act, appeal_cause(denial.id), resolution=resolution)
    reopen_denial_item(session, act, denial, play)
