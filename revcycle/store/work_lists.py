"""Queries that list work over the practices a person sees, page by page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    tuple_,
    union_all,
)
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.documents.work import WorkFilter, WorkHold, WorkLine, WorkOrder, WorkPlace
from models.states.work_item import Queue, WorkItemState
from models.tables import Patient, WorkItem
from revcycle.store.work_needs import within_skills

COUNT_MAX: Final = 1_000  # beyond it nobody counts along, and counting would cost
IS_OPEN: Final = col(WorkItem.state) == literal(WorkItemState.OPEN, literal_execute=True)
NEEDS_SKILL: Final = col(WorkItem.needs) != literal("", literal_execute=True)
NO_AMOUNT: Final = -1
# What a line shows, as columns: whole rows of the table cost three times as much to load.
FACTS: Final = (
    "priority",
    "due_at",
    "opened_at",
    "reason",
    "field",
    "detail",
    "subject_kind",
    "subject_id",
    "patient_id",
    "amount",
    "payer_name",
    "assignee",
    "snoozed_until",
    "escalated_at",
    "lease_holder",
    "lease_token",
    "lease_expires_at",
    "closed_at",
    "closed_by",
    "resolution",
    "needs",
)
LINE: Final = tuple(
    getattr(WorkItem, name) for name in ("client_id", "id", "queue", "state", *FACTS)
)
WORDS_MAX: Final = 200  # of a list to choose from
_REASONS: Final[tuple[Any, ColumnElement[bool]]] = (col(WorkItem.reason), IS_OPEN)


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
    statement = _matching(_LINES, client_ids, wanted)
    if after is not None:
        statement = statement.where(_is_after(order, after))
    rows = session.execute(statement.order_by(*_keys(order)).limit(limit))
    return [_line(row) for row in rows]


def count_work(session: Session, client_ids: Collection[UUID], wanted: WorkFilter) -> int:
    """Count what a list holds in all; ``COUNT_MAX`` means that many or more."""
    matching = _matching(_ONES, client_ids, wanted).limit(COUNT_MAX).subquery()
    statement = select_columns(func.count()).select_from(matching)
    return int(session.execute(statement).scalar_one())


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
    reasons = session.scalars(_words(client_ids, queue, *_REASONS)).all()
    if len(reasons) >= WORDS_MAX:
        return None
    return tuple(one for one in reasons if one == reason or one.startswith(f"{reason}."))


def list_filter_words(session: Session, client_ids: Collection[UUID], queue: Queue) -> FilterWords:
    """List the reasons, payers and needs that occur in a queue, for the lists to choose from."""
    columns: tuple[tuple[Any, ColumnElement[bool]], ...] = (
        _REASONS,
        (col(WorkItem.payer_name), IS_OPEN),
        (col(WorkItem.needs), and_(IS_OPEN, NEEDS_SKILL)),
    )
    words = [_words(client_ids, queue, column, of).subquery() for column, of in columns]
    statement = union_all(
        *(select_columns(literal(place), one.c.word) for place, one in enumerate(words))
    )
    found = session.execute(statement).all()
    return FilterWords(
        *([word for which, word in found if which == place] for place in range(len(columns)))
    )


def _words(
    client_ids: Collection[UUID], queue: Queue, column: Any, of: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    """Select the different values of a column, from each to the next: one look at the index each.

    ``DISTINCT`` would read every item of the queue. ``of`` is what the column's index is about.
    """

    def following(after: Any) -> Select[*tuple[Any, ...]]:
        return (
            select_columns(column.label("word"))
            .where(
                col(WorkItem.client_id).in_(client_ids),
                col(WorkItem.queue) == queue,
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
# Built once: a page of a list is asked for more often than anything else.
_LINES: Final = select_columns(*LINE, _PATIENT_NAME)
# Of a count no column, were it only the id, should have to be fetched from the row.
_ONES: Final = select_columns(literal(1)).select_from(WorkItem)


def _lines(client_ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return _LINES.where(col(WorkItem.client_id).in_(client_ids))


def _matching(
    statement: Select[*tuple[Any, ...]], client_ids: Collection[UUID], wanted: WorkFilter
) -> Select[*tuple[Any, ...]]:
    found = statement.where(*_conditions(client_ids, wanted))
    if wanted.text:  # which may be the name of a patient
        return found.join(Patient, _is_patient(), isouter=True)
    return found


def _conditions(client_ids: Collection[UUID], wanted: WorkFilter) -> list[ColumnElement[bool]]:
    conditions = [
        col(WorkItem.client_id).in_(client_ids),
        col(WorkItem.queue) == wanted.queue,
        IS_OPEN,
        *_hold_conditions(wanted),
    ]
    if wanted.reasons is not None:
        conditions.append(col(WorkItem.reason).in_(wanted.reasons))
    elif wanted.reason:
        is_reason = col(WorkItem.reason) == wanted.reason
        conditions.append(or_(is_reason, _begins(WorkItem.reason, f"{wanted.reason}.")))
    if wanted.payer_name:
        conditions.append(col(WorkItem.payer_name) == wanted.payer_name)
    if wanted.assignee:
        conditions.append(col(WorkItem.assignee) == wanted.assignee)
    if wanted.patient_id:
        conditions.append(col(WorkItem.patient_id) == wanted.patient_id)
    if wanted.due_before:
        conditions.append(col(WorkItem.due_at) < wanted.due_before)
    if wanted.text:
        conditions.append(_mentions(wanted.text))
    if wanted.needs:
        conditions.extend([NEEDS_SKILL, col(WorkItem.needs) == wanted.needs])
    if wanted.is_within_skills:
        conditions.extend(within_skills(wanted.login, [wanted.queue]))
    return conditions


def _hold_conditions(wanted: WorkFilter) -> list[ColumnElement[bool]]:
    item = WorkItem
    is_awake = col(item.snoozed_until).is_(None)
    is_mine = or_(col(item.assignee) == wanted.login, col(item.lease_holder) == wanted.login)
    conditions: dict[WorkHold, list[ColumnElement[bool]]] = {
        WorkHold.WAITING: [is_awake],
        WorkHold.OPEN: [],
        WorkHold.MINE: [is_mine],
        WorkHold.FREE: [is_awake, col(item.lease_holder).is_(None), col(item.assignee).is_(None)],
        WorkHold.TAKEN: [col(item.lease_holder).is_not(None)],
        WorkHold.SNOOZED: [col(item.snoozed_until).is_not(None)],
        WorkHold.ESCALATED: [col(item.escalated_at).is_not(None)],
    }
    return conditions[wanted.hold]


def _mentions(text: str) -> ColumnElement[bool]:
    return or_(
        _begins(func.lower(Patient.last_name), text.lower()),
        func.lower(WorkItem.detail).contains(text.lower(), autoescape=True),
        func.lower(WorkItem.reason).contains(text.lower(), autoescape=True),
    )


def _begins(column: Any, text: str) -> ColumnElement[bool]:
    return func.coalesce(column, "").startswith(text, autoescape=True)


def _keys(order: WorkOrder) -> tuple[Any, ...]:
    amount = func.coalesce(WorkItem.amount, NO_AMOUNT)
    return {
        WorkOrder.URGENCY: (col(WorkItem.priority), col(WorkItem.due_at), col(WorkItem.id)),
        WorkOrder.DUE: (col(WorkItem.due_at), col(WorkItem.id)),
        WorkOrder.OLDEST: (col(WorkItem.opened_at), col(WorkItem.id)),
        WorkOrder.VALUE: (amount.desc(), col(WorkItem.id)),
    }[order]


def place_of(line: WorkLine, order: WorkOrder) -> WorkPlace:
    """Say where the page after this item begins."""
    amount = NO_AMOUNT if line.amount is None else line.amount.cents
    value, second = {
        WorkOrder.URGENCY: (str(line.priority), line.due_at.isoformat()),
        WorkOrder.DUE: (line.due_at.isoformat(), ""),
        WorkOrder.OLDEST: (line.opened_at.isoformat(), ""),
        WorkOrder.VALUE: (str(amount), ""),
    }[order]
    return WorkPlace(value, second, line.id)


def _is_after(order: WorkOrder, place: WorkPlace) -> ColumnElement[bool]:
    item = WorkItem
    if order is WorkOrder.URGENCY:
        bounds = (int(place.value), datetime.fromisoformat(place.second), place.id)
        return tuple_(col(item.priority), col(item.due_at), col(item.id)) > tuple_(
            *(literal(bound, key.type) for bound, key in zip(bounds, _keys(order), strict=True))
        )
    if order is WorkOrder.VALUE:
        amount = func.coalesce(item.amount, NO_AMOUNT)
        cents = literal(int(place.value))
        return or_(amount < cents, and_(amount == cents, col(item.id) > place.id))
    instant = col(item.due_at if order is WorkOrder.DUE else item.opened_at)
    at = datetime.fromisoformat(place.value)
    return or_(instant > at, and_(instant == at, col(item.id) > place.id))


def _line(row: Row[Any]) -> WorkLine:
    """Make a line of a row of ``_LINES``."""
    client_id, item_id, queue, state, *facts, patient_name = tuple(row)
    known = dict(zip(FACTS, facts, strict=True))
    return WorkLine(
        client_id=client_id,
        id=item_id,
        queue=Queue(queue),
        state=WorkItemState(state),
        patient_name=patient_name or "",
        assignee=known.pop("assignee") or "",
        holder=known.pop("lease_holder") or "",
        **known,
    )
