"""Keep what a person has typed of a coding, so that a closed page or a lost lease loses nothing.

It is no draft of the chart: nobody else sees it, and the chart's codes stay as they are.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from revcycle.store import typed_codings, work_items
from revcycle.store.audit import record_act


def keep_typed_codes(
    session: Session, act: Act, work_item_id: UUID, *, token: int, fields: Mapping[str, str]
) -> None:
    """Keep a form as it is typed now, for its author alone; the same again changes nothing.

    The trail notes the first time only: a person who types a chart for ten minutes does one thing.

    Args:
        session: The open transaction.
        act: Who types.
        work_item_id: The item in the person's hands.
        token: Of the person's lease.
        fields: The form's fields by name.

    Raises:
        StaleLeaseError: the person does not hold the item any more.
    """
    work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    if typed_codings.save_typed(session, act.client_id, act, work_item_id, fields):
        typed_codings.drop_typed_of_finished(session, act.client_id)
        record_act(session, act.client_id, act, "keep_typed_codes", "work_item", work_item_id)


def forget_typed_codes(session: Session, act: Act, work_item_id: UUID, *, token: int) -> None:
    """Throw away what the actor typed and did not save; twice is once.

    Raises:
        StaleLeaseError: the person does not hold the item any more.
    """
    work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    typed_codings.drop_typed(session, act.client_id, work_item_id, act.actor)
    record_act(session, act.client_id, act, "forget_typed_codes", "work_item", work_item_id)
