"""Queries on work about money at the bank."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.states.work_item import Queue, WorkItemState
from models.tables import WorkItem
from revcycle.store.ledger import in_chunks


@dataclass(frozen=True, slots=True)
class DepositItem:
    """An item of the queue of deposits: why it is open, or was."""

    cause_key: str
    reason: str
    detail: str


def open_deposit_items(session: Session, client_id: UUID) -> list[DepositItem]:
    """List the open items of the queue."""
    statement = select_columns(
        col(WorkItem.cause_key), col(WorkItem.reason), col(WorkItem.detail)
    ).where(
        col(WorkItem.client_id) == client_id,
        col(WorkItem.state) == WorkItemState.OPEN,
        col(WorkItem.queue) == Queue.DEPOSIT,
    )
    return [DepositItem(*row) for row in session.execute(statement)]


def answered_questions(
    session: Session, client_id: UUID, cause_keys: Collection[str]
) -> frozenset[tuple[str, str]]:
    """Return causes and reasons that a person has finished: they are not asked again."""
    return frozenset(
        (cause, reason)
        for keys in in_chunks(cause_keys)
        for cause, reason in session.execute(
            select_columns(col(WorkItem.cause_key), col(WorkItem.reason)).where(
                col(WorkItem.client_id) == client_id,
                col(WorkItem.state) == WorkItemState.DONE,
                col(WorkItem.cause_key).in_(keys),
            )
        )
    )
