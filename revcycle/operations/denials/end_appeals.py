"""End the appeals of denials that a payer took back by itself."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.appeal import APPEAL_TRANSITIONS, AppealEvent, AppealState
from revcycle.store import appeals
from revcycle.store.state_changes import move


def end_appeals(session: Session, act: Act, denial_ids: Collection[UUID]) -> int:
    """Let a sent letter have won, and withdraw one that never left; return how many ended.

    Called within posting, in the transaction that reverses the denials.
    """
    undecided = appeals.lock_undecided_appeals(session, act.client_id, denial_ids)
    for appeal in undecided:
        was_sent = AppealState(appeal.state) is AppealState.SENT
        event = AppealEvent.WIN if was_sent else AppealEvent.WITHDRAW
        move(session, act.client_id, act, appeal, APPEAL_TRANSITIONS, event)
    return len(undecided)
