"""Queries on work items: opening, leasing, closing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CursorResult, case, func, literal, update
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select

from models.documents.act import Act
from models.documents.office_hours import OfficeHours
from models.errors import RejectedError
from models.states.work_item import (
    WORK_ITEM_TRANSITIONS,
    Queue,
    WorkItemEvent,
    WorkItemState,
)
from models.tables import WorkItem
from models.tables.columns import MoneyColumn
from models.tables.work_item import IS_OPEN
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.rules.clocks.due_times import due_after, due_by
from revcycle.store.clients import get_office_hours
from revcycle.store.state_changes import move
from revcycle.store.work_subjects import NOTHING, WorkSubject, describe_subjects

TABLE = SQLModel.metadata.tables["work_item"]


class StaleLeaseError(RejectedError):
    """Somebody else holds the item now, or nobody does any more: nothing was changed."""


@dataclass(frozen=True, slots=True)
class NewWorkItem:
    """What there is to do. At most one item is open per ``cause_key``.

    Attributes:
        detail: For the page only; it may hold PHI.
        service_hours: Hours until it is due; 24 are one working day of the practice.
        due_on: The last day on which it is in time, where a day and no span of hours decides.
        priority: 1 is first.
        amount: What is at stake, where it is not the amount of the subject.
        needs: The skills that it asks for, see ``rules.work.needs``.
    """

    queue: Queue
    cause_key: str
    subject_kind: str
    subject_id: UUID
    reason: str
    field: str = ""
    detail: str = ""
    service_hours: int = 48
    due_on: date | None = None
    priority: int = 5
    amount: Money | None = None
    needs: str = ""


def open_work_items(
    session: Session, client_id: UUID, act: Act, items: Iterable[NewWorkItem]
) -> int:
    """Open items whose cause has no open item yet; return how many are new.

    One INSERT ... ON CONFLICT DO NOTHING, so that two runs at once open one item.
    """
    items = list(items)
    if not items:
        return 0
    subjects = describe_subjects(
        session, client_id, {(item.subject_kind, item.subject_id) for item in items}
    )
    due = _due_times(get_office_hours(session, client_id), act.at, items)
    rows = [
        _row(client_id, act, item, subjects.get((item.subject_kind, item.subject_id), NOTHING))
        | {"due_at": due[item.service_hours, item.due_on]}
        for item in items
    ]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(TABLE).on_conflict_do_nothing(
        index_elements=["client_id", "cause_key"], index_where=IS_OPEN
    )
    # Without the option PostgreSQL's driver forgets how many rows an INSERT made.
    result = session.execute(statement, rows, execution_options={"preserve_rowcount": True})
    return _rows_changed(result)


def close_leased_work_item(
    session: Session,
    client_id: UUID,
    act: Act,
    work_item_id: UUID,
    *,
    token: int,
    resolution: str,
) -> None:
    """Complete an item that the actor holds.

    Raises:
        StaleLeaseError: the lease is not the actor's, or its token is old.
    """
    item = require_lease(session, client_id, act, work_item_id, token=token)
    _close(session, client_id, act, item, WorkItemEvent.COMPLETE, resolution)


def require_lease(
    session: Session, client_id: UUID, act: Act, work_item_id: UUID, *, token: int
) -> WorkItem:
    """Lock an open item that the actor holds.

    Raises:
        StaleLeaseError: the lease is not the actor's, or its token is old.
    """
    item = _get_open(session, client_id, work_item_id)
    if item is None or item.lease_holder != act.actor or item.lease_token != token:
        msg = f"the lease of work item {work_item_id} is no longer yours"
        raise StaleLeaseError(msg)
    return item


def close_work_items(
    session: Session,
    client_id: UUID,
    act: Act,
    cause_keys: Sequence[str],
    *,
    resolution: str,
    event: WorkItemEvent = WorkItemEvent.CANCEL,
) -> int:
    """Close the open items of causes that went away or were dealt with; return how many."""
    items = session.exec(
        select(WorkItem)
        .where(
            WorkItem.client_id == client_id,
            WorkItem.state == WorkItemState.OPEN,
            col(WorkItem.cause_key).in_(cause_keys),
        )
        .with_for_update()
    ).all()
    for item in items:
        _close(session, client_id, act, item, event, resolution)
    return len(items)


def close_items_of_subject(
    session: Session,
    client_id: UUID,
    act: Act,
    subject: tuple[str, UUID],
    *,
    resolution: str,
    event: WorkItemEvent = WorkItemEvent.CANCEL,
) -> int:
    """Close every open item about one thing, whatever its cause; return how many."""
    kind, subject_id = subject
    items = session.exec(
        select(WorkItem)
        .where(
            WorkItem.client_id == client_id,
            WorkItem.state == WorkItemState.OPEN,
            WorkItem.subject_kind == kind,
            WorkItem.subject_id == subject_id,
        )
        .with_for_update()
    ).all()
    for item in items:
        _close(session, client_id, act, item, event, resolution)
    return len(items)


def restate_work_item(
    session: Session, client_id: UUID, cause_key: str, *, reason: str, field: str, detail: str
) -> int:
    """Say of an open item what is wrong now, after a part was put right; return how many."""
    statement = (
        update(WorkItem)
        .where(
            col(WorkItem.client_id) == client_id,
            col(WorkItem.state) == WorkItemState.OPEN,
            col(WorkItem.cause_key) == cause_key,
        )
        .values(reason=reason, field=field[:60], detail=detail[:400])
    )
    return _rows_changed(session.execute(statement))


def restate_amounts(session: Session, client_id: UUID, amounts: Mapping[str, Money]) -> int:
    """Say of the open items of these causes what is at stake now; return how many changed."""
    if not amounts:
        return 0
    amount = case(
        {cause: literal(one, MoneyColumn) for cause, one in amounts.items()},
        value=col(WorkItem.cause_key),
    )
    statement = (
        update(WorkItem)
        .where(
            col(WorkItem.client_id) == client_id,
            col(WorkItem.state) == WorkItemState.OPEN,
            col(WorkItem.cause_key).in_(amounts),
            col(WorkItem.amount).is_distinct_from(amount),
        )
        .values(amount=amount)
    )
    return _rows_changed(session.execute(statement))


def raise_priority(
    session: Session, client_id: UUID, cause_keys: Sequence[str], *, priority: int
) -> int:
    """Put the open items of these causes before others; none is put back. Return how many."""
    statement = (
        update(WorkItem)
        .where(
            col(WorkItem.client_id) == client_id,
            col(WorkItem.state) == WorkItemState.OPEN,
            col(WorkItem.cause_key).in_(cause_keys),
            col(WorkItem.priority) > priority,
        )
        .values(priority=priority)
    )
    return _rows_changed(session.execute(statement))


def has_open_cause(session: Session, client_id: UUID, cause_keys: Sequence[str]) -> bool:
    """Tell whether an item of one of these causes is open."""
    return (
        session.exec(
            select(WorkItem.id)
            .where(
                WorkItem.client_id == client_id,
                WorkItem.state == WorkItemState.OPEN,
                col(WorkItem.cause_key).in_(cause_keys),
            )
            .limit(1)
        ).first()
        is not None
    )


def find_open_cause(session: Session, client_id: UUID, cause_key: str) -> UUID | None:
    """Find the open item of a cause."""
    return session.exec(
        select(WorkItem.id).where(
            WorkItem.client_id == client_id,
            WorkItem.state == WorkItemState.OPEN,
            WorkItem.cause_key == cause_key,
        )
    ).one_or_none()


def get_work_item(session: Session, client_id: UUID, work_item_id: UUID) -> WorkItem | None:
    """Find one item of this practice, whatever its state."""
    return session.exec(
        select(WorkItem).where(WorkItem.client_id == client_id, WorkItem.id == work_item_id)
    ).one_or_none()


def list_open_work_items(
    session: Session,
    client_id: UUID,
    queue: Queue | None = None,
    *,
    limit: int = 50,
    offset: int = 0,
) -> Sequence[WorkItem]:
    """List open items, most urgent first, one page at a time."""
    statement = select(WorkItem).where(
        WorkItem.client_id == client_id, WorkItem.state == WorkItemState.OPEN
    )
    if queue is not None:
        statement = statement.where(WorkItem.queue == queue)
    statement = statement.order_by(col(WorkItem.priority), col(WorkItem.due_at), col(WorkItem.id))
    return session.exec(statement.limit(limit).offset(offset)).all()


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How much waits in one queue of one practice."""

    queue: Queue
    open: int
    leased: int
    oldest_at: datetime
    overdue: int


def count_open_by_queue(session: Session, client_id: UUID, at: datetime) -> list[QueueCount]:
    """Count open items per queue; queues with nothing are left out."""
    statement = (
        select_columns(
            col(WorkItem.queue),
            func.count(),
            func.count(col(WorkItem.lease_holder)),
            func.min(WorkItem.opened_at),
            func.count().filter(col(WorkItem.due_at) < at),
        )
        .where(col(WorkItem.client_id) == client_id, col(WorkItem.state) == WorkItemState.OPEN)
        .group_by(col(WorkItem.queue))
        .order_by(col(WorkItem.queue))
    )
    return [QueueCount(Queue(row[0]), *row[1:]) for row in session.execute(statement)]


def _due_times(
    office: OfficeHours, at: datetime, items: Sequence[NewWorkItem]
) -> dict[tuple[int, date | None], datetime]:
    """Reckon each due time once, by the hours or the day that items ask for."""
    return {
        (hours, last_day): due_by(office, at, last_day)
        if last_day
        else due_after(office, at, hours)
        for hours, last_day in {(item.service_hours, item.due_on) for item in items}
    }


def _row(client_id: UUID, act: Act, item: NewWorkItem, subject: WorkSubject) -> dict[str, object]:
    return {
        "client_id": client_id,
        "id": new_id(),
        "queue": item.queue,
        "priority": item.priority,
        "opened_at": act.at,
        "state": WorkItemState.OPEN,
        "cause_key": item.cause_key,
        "subject_kind": item.subject_kind,
        "subject_id": item.subject_id,
        "reason": item.reason,
        "field": item.field,
        "detail": item.detail[:400],
        "needs": item.needs,
        "patient_id": subject.patient_id,
        "amount": subject.amount if item.amount is None else item.amount,
        "payer_name": subject.payer_name[:60],
        "lease_token": 0,
        "closed_by": "",
        "resolution": "",
    }


def _get_open(session: Session, client_id: UUID, work_item_id: UUID) -> WorkItem | None:
    return session.exec(
        select(WorkItem)
        .where(
            WorkItem.client_id == client_id,
            WorkItem.id == work_item_id,
            WorkItem.state == WorkItemState.OPEN,
        )
        .with_for_update()
    ).one_or_none()


def _close(
    session: Session, client_id: UUID, act: Act, item: WorkItem, event: WorkItemEvent, why: str
) -> None:
    move(session, client_id, act, item, WORK_ITEM_TRANSITIONS, event)
    item.closed_at = act.at
    item.closed_by = act.actor
    item.resolution = why
    item.lease_holder = None
    item.lease_expires_at = None


def _rows_changed(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
