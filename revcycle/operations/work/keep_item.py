"""Keep an item in one's hands, or give it back."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from revcycle.store import work_leases
from revcycle.store.audit import record_act

GIVEN_BACK: Final = "give_back"


def keep_item(session: Session, act: Act, work_item_id: UUID, *, token: int) -> bool:
    """Let the actor's lease live on while the page is open; False when it is lost."""
    return work_leases.renew_lease(
        session, act.client_id, work_item_id, holder=act.actor, token=token, at=act.at
    )


def give_back_item(session: Session, act: Act, work_item_id: UUID) -> bool:
    """Free an item for others; False when the actor does not hold it any more."""
    is_freed = work_leases.give_back_lease(session, act.client_id, work_item_id, holder=act.actor)
    if is_freed:
        record_act(session, act.client_id, act, GIVEN_BACK, "work_item", work_item_id)
    return is_freed
