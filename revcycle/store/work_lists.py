"""Queries that list work over the practices a person sees, page by page."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    and_,
    case,
    func,
    literal,
    tuple_,
    union_all,
)
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.documents.work import WorkFilter, WorkLine, WorkOrder, WorkPlace
from models.states.work_item import Queue, WorkItemState
from models.tables import Patient, WorkItem
from revcycle.store.asked import CLIENT_IDS, QUEUE, Ids
from revcycle.store.work_filters import (
    IS_OPEN,
    NEEDS_SKILL,
    Shape,
    conditions_of,
    shape_of,
    values_of,
)
from revcycle.store.work_orders import KEYS, is_after, values_of_place

COUNT_MAX: Final = 1_000  # beyond it nobody counts along, and counting would cost
KEPT_SHAPES: Final = 500  # what people ask is of a few dozen shapes
WORDS_MAX: Final = 200  # of a list to choose from


def list_work(
    session: Session,
    client_ids: Collection[UUID],
    wanted: WorkFilter,
    order: WorkOrder,
    *,
    after: WorkPlace | None = None,
    limit: int,
) -> list[WorkLine]:
    """List open items in an order, from the one after ``after`` on.

    The order ends with the id, so that no item is missed or shown twice between pages.
    """
    shape = shape_of(wanted)
    statement = _page(CLIENT_IDS, shape, order, is_first=after is None, limit=limit)
    asked = values_of(client_ids, wanted)
    if after is not None:
        asked |= values_of_place(order, after)
    return [_line(row) for row in session.execute(statement, asked)]


def count_work(session: Session, client_ids: Collection[UUID], wanted: WorkFilter) -> int:
    """Count what a list holds in all; ``COUNT_MAX`` means that many or more."""
    statement = _count(CLIENT_IDS, shape_of(wanted))
    return int(session.execute(statement, values_of(client_ids, wanted)).scalar_one())


def get_work_line(session: Session, client_id: UUID, work_item_id: UUID) -> WorkLine | None:
    """Find one item, whatever its state."""
    row = session.execute(_lines([client_id]).where(col(WorkItem.id) == work_item_id)).one_or_none()
    return None if row is None else _line(row)


def list_work_of_subject(
    session: Session, client_id: UUID, subjects: Collection[tuple[str, UUID]]
) -> list[WorkLine]:
    """List every item about some records, the newest first, closed ones too."""
    rows = session.execute(
        _lines([client_id])
        .where(
            tuple_(col(WorkItem.subject_kind), col(WorkItem.subject_id)).in_(list(subjects)),
        )
        .order_by(col(WorkItem.opened_at).desc(), col(WorkItem.id).desc())
    ).all()
    return [_line(row) for row in rows]


def list_lines(
    session: Session, client_id: UUID, queue: Queue, state: WorkItemState, *, limit: int
) -> list[WorkLine]:
    """List items of a queue: open ones by due time, finished ones the last finished first."""
    is_open = state is WorkItemState.OPEN
    order = col(WorkItem.due_at) if is_open else col(WorkItem.closed_at).desc()
    rows = session.execute(
        _lines([client_id])
        .where(col(WorkItem.queue) == queue, col(WorkItem.state) == state)
        .order_by(order, col(WorkItem.id))
        .limit(limit)
    ).all()
    return [_line(row) for row in rows]


@dataclass(frozen=True, slots=True)
class PracticeQueueCount:
    """How much is open in one queue of one practice."""

    client_id: UUID
    queue: Queue
    open: int
    held: int
    snoozed: int
    escalated: int
    overdue: int
    oldest_at: datetime


def count_queues(
    session: Session, client_ids: Collection[UUID], at: datetime
) -> list[PracticeQueueCount]:
    """Count open items by practice and queue; what is empty is left out."""
    item = WorkItem
    statement = (
        select_columns(
            col(item.client_id),
            col(item.queue),
            func.count(),
            func.count(col(item.lease_holder)),
            func.count(col(item.snoozed_until)),
            func.count(col(item.escalated_at)),
            func.count().filter(col(item.due_at) < at),
            func.min(item.opened_at),
        )
        .where(col(item.client_id).in_(client_ids), IS_OPEN)
        .group_by(col(item.client_id), col(item.queue))
    )
    return [
        PracticeQueueCount(row[0], Queue(row[1]), *row[2:]) for row in session.execute(statement)
    ]


@dataclass(frozen=True, slots=True)
class FilterWords:
    """What a list can be narrowed to: the reasons, payers and needs that occur in a queue."""

    reasons: list[str]
    payers: list[str]
    needs: list[str]


def find_reasons_named(
    session: Session, client_ids: Collection[UUID], queue: Queue, reason: str
) -> tuple[str, ...] | None:
    """List the reasons of a queue that are meant by one or by its beginning.

    None if no reason is asked for, or there are too many to know all of them.
    """
    if not reason:
        return None
    asked = {CLIENT_IDS.key: list(client_ids), QUEUE.key: queue}
    reasons = session.scalars(_reasons(CLIENT_IDS), asked).all()
    if len(reasons) >= WORDS_MAX:
        return None
    return tuple(one for one in reasons if one == reason or one.startswith(f"{reason}."))


def list_filter_words(session: Session, client_ids: Collection[UUID], queue: Queue) -> FilterWords:
    """List the reasons, payers and needs that occur in a queue, for the lists to choose from."""
    asked = {CLIENT_IDS.key: list(client_ids), QUEUE.key: queue}
    found = session.execute(_filter_words(CLIENT_IDS), asked).all()
    return FilterWords(
        *([word for which, word in found if which == at] for at in range(len(fields(FilterWords))))
    )


@cache
def _reasons(client_ids: BindParameter[UUID]) -> Select[*tuple[Any, ...]]:
    return _words(client_ids, col(WorkItem.reason), IS_OPEN)


@cache
def _filter_words(client_ids: BindParameter[UUID]) -> CompoundSelect[*tuple[Any, ...]]:
    kinds = (
        _reasons(client_ids),
        _words(client_ids, col(WorkItem.payer_name), IS_OPEN),
        _words(client_ids, col(WorkItem.needs), and_(IS_OPEN, NEEDS_SKILL)),
    )
    words = [kind.subquery() for kind in kinds]
    return union_all(
        *(select_columns(literal(which), one.c.word) for which, one in enumerate(words))
    )


def _words(client_ids: Ids, column: Any, of: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Select the different values of a column, from each to the next: one look at the index each.

    ``DISTINCT`` would read every item of the queue. ``of`` is what the column's index is about.
    """

    def following(after: Any) -> Select[*tuple[Any, ...]]:
        return (
            select_columns(column.label("word"))
            .where(
                col(WorkItem.client_id).in_(client_ids),
                col(WorkItem.queue) == QUEUE,
                of,
                column > after,
            )
            .order_by(column)
            .limit(1)
        )

    first = select_columns(following("").scalar_subquery().label("word"))
    words = first.cte(f"{column.key}_words", recursive=True)
    words = words.union_all(
        select_columns(following(words.c.word).scalar_subquery()).where(words.c.word.is_not(None))
    )
    return select_columns(words.c.word).where(words.c.word.is_not(None)).limit(WORDS_MAX)


def _is_patient() -> ColumnElement[bool]:
    return and_(
        col(Patient.client_id) == col(WorkItem.client_id),
        col(Patient.id) == col(WorkItem.patient_id),
    )


# The patient of an item: looked up for what is listed, not joined to what is sought.
_PATIENT_NAME: Final = (
    select_columns(
        case(
            (col(Patient.last_name) == "", ""),
            else_=col(Patient.last_name) + ", " + col(Patient.first_name),
        )
    )
    .where(_is_patient())
    .correlate(WorkItem)
    .scalar_subquery()
)
# Where a part of a line is not the column of its name.
_PARTS_OF_LINE: Final = {
    "patient_name": func.coalesce(_PATIENT_NAME, ""),
    "assignee": func.coalesce(col(WorkItem.assignee), ""),
    "holder": func.coalesce(col(WorkItem.lease_holder), ""),
}


def _part_of_line(name: str) -> Any:
    return _PARTS_OF_LINE[name] if name in _PARTS_OF_LINE else getattr(WorkItem, name)


# The parts of a line in their order; whole rows of the table cost three times as much to load.
_LINES: Final = select_columns(
    *(_part_of_line(part.name) for part in fields(WorkLine))
).select_from(WorkItem)
# Of a count no column, were it only the id, should have to be fetched from the row.
_ONES: Final = select_columns(literal(1)).select_from(WorkItem)


def _lines(client_ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return _LINES.where(col(WorkItem.client_id).in_(client_ids))


@lru_cache(maxsize=KEPT_SHAPES)
def _page(
    client_ids: BindParameter[UUID], shape: Shape, order: WorkOrder, *, is_first: bool, limit: int
) -> Select[*tuple[Any, ...]]:
    statement = _matching(_LINES, client_ids, shape)
    if not is_first:
        statement = statement.where(is_after(order))
    return statement.order_by(*KEYS[order]).limit(limit)


@lru_cache(maxsize=KEPT_SHAPES)
def _count(client_ids: BindParameter[UUID], shape: Shape) -> Select[int]:
    matching = _matching(_ONES, client_ids, shape).limit(COUNT_MAX).subquery()
    return select_columns(func.count()).select_from(matching)


def _matching(
    statement: Select[*tuple[Any, ...]], client_ids: Ids, shape: Shape
) -> Select[*tuple[Any, ...]]:
    found = statement.where(*conditions_of(client_ids, shape))
    return found.join(Patient, _is_patient(), isouter=True) if shape.names_patient else found


def _line(row: Row[Any]) -> WorkLine:
    """Make a line of a row of ``_LINES``."""
    client_id, item_id, queue, state, *facts = tuple(row)
    return WorkLine(client_id, item_id, Queue(queue), WorkItemState(state), *facts)
