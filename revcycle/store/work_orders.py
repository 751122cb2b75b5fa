"""How a list of work is ordered, and where a page of it begins."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, and_, bindparam, func, or_, tuple_
from sqlmodel import col

from models.documents.work import WorkLine, WorkOrder, WorkPlace
from models.tables import WorkItem
from revcycle.store.asked import AT, ITEM_ID

# The order of *Next*, and of lists unless another is asked for.
URGENCY: Final = (col(WorkItem.priority), col(WorkItem.due_at), col(WorkItem.id))
NO_AMOUNT: Final = -1
_AMOUNT: Final = func.coalesce(WorkItem.amount, NO_AMOUNT)
# Each order ends with the id, so that no item is missed or shown twice between pages.
KEYS: Final[Mapping[WorkOrder, tuple[Any, ...]]] = MappingProxyType(
    {
        WorkOrder.URGENCY: URGENCY,
        WorkOrder.DUE: (col(WorkItem.due_at), col(WorkItem.id)),
        WorkOrder.OLDEST: (col(WorkItem.opened_at), col(WorkItem.id)),
        WorkOrder.VALUE: (_AMOUNT.desc(), col(WorkItem.id)),
    }
)
_PRIORITY: Final = bindparam("asked_priority", type_=Integer())
_CENTS: Final = bindparam("asked_cents", type_=Integer())


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


def is_after(order: WorkOrder) -> ColumnElement[bool]:
    """Write the condition of what comes after a place, see ``values_of_place``."""
    item = WorkItem
    if order is WorkOrder.URGENCY:
        return tuple_(*KEYS[order]) > tuple_(_PRIORITY, AT, ITEM_ID)
    if order is WorkOrder.VALUE:
        return or_(_AMOUNT < _CENTS, and_(_AMOUNT == _CENTS, col(item.id) > ITEM_ID))
    instant = col(item.due_at if order is WorkOrder.DUE else item.opened_at)
    return or_(instant > AT, and_(instant == AT, col(item.id) > ITEM_ID))


def values_of_place(order: WorkOrder, place: WorkPlace) -> dict[str, object]:
    """Give what a place stands for, under the names in the condition.

    Raises:
        ValueError: it is no place of this order.
    """
    values: dict[str, object] = {ITEM_ID.key: place.id}
    if order is WorkOrder.VALUE:
        return values | {_CENTS.key: int(place.value)}
    if order is WorkOrder.URGENCY:
        at = datetime.fromisoformat(place.second)
        return values | {_PRIORITY.key: int(place.value), AT.key: at}
    return values | {AT.key: datetime.fromisoformat(place.value)}
