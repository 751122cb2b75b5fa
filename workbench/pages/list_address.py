"""How a queue is looked at, as it stands in the address of its page."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Query

from models.documents.work import WorkFilter, WorkHold, WorkOrder, WorkPlace
from models.errors import NotFoundError
from models.states.work_item import Queue
from revcycle.rules.work.needs import MINE
from workbench.pages.access import Visitor, person_of
from workbench.pages.sealed_texts import open_text

BETWEEN = "~"
PARTS_OF_PLACE = 3
ShortText = Annotated[str, Query(max_length=80)]
SealedText = Annotated[str, Query(max_length=1000)]


@dataclass(frozen=True, slots=True)
class ListAddress:
    """Filters, order and place of one page of a queue.

    Attributes:
        client: Key of one practice; empty: all that the person sees.
        q: A sealed text, see ``sealed_texts``.
        needs: Skills, see ``rules.work.needs``; ``mine``: what asks for none that one lacks.
        after: The item after which the page begins.
    """

    client: str = ""
    hold: WorkHold = WorkHold.WAITING
    order: WorkOrder = WorkOrder.URGENCY
    reason: str = ""
    payer: str = ""
    assignee: str = ""
    patient: UUID | None = None
    overdue: bool = False
    q: str = ""
    after: str = ""
    needs: str = ""

    def query(self, **changes: object) -> str:
        """Write the part of an address after the question mark, with some things changed.

        The first page comes again unless ``after`` is among the changes.
        """
        parts_now: dict[str, Any] = {"after": "", **changes}
        changed = replace(self, **parts_now)
        default = ListAddress()
        parts = {
            name: value
            for name in self.__slots__
            if (value := getattr(changed, name)) != getattr(default, name)
        }
        return urlencode({name: _text(value) for name, value in parts.items()})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order is chosen."""
        return bool(replace(self, order=WorkOrder.URGENCY, after="").query())

    def to_filter(self, visitor: Visitor, queue: Queue, at: datetime) -> WorkFilter:
        """Say what the list shows."""
        return WorkFilter(
            queue=queue,
            login=person_of(visitor).login,
            hold=self.hold,
            reason=self.reason,
            payer_name=self.payer,
            assignee=self.assignee,
            patient_id=self.patient,
            text=open_text(visitor, self.q),
            due_before=at if self.overdue else None,
            needs="" if self.needs == MINE else self.needs,
            is_within_skills=self.needs == MINE,
        )

    def to_place(self) -> WorkPlace | None:
        """Say after which item the page begins.

        Raises:
            NotFoundError: nobody gave this address.
        """
        if not self.after:
            return None
        parts = self.after.split(BETWEEN)
        try:
            value, second, item_id = parts
            place = WorkPlace(value, second, UUID(item_id))
            _check_place(place, self.order)
        except ValueError as error:
            msg = "there is no such place in the list"
            raise NotFoundError(msg) from error
        return place


def to_after(place: WorkPlace) -> str:
    """Write a place as it stands in an address."""
    return BETWEEN.join((place.value, place.second, str(place.id)))


def _check_place(place: WorkPlace, order: WorkOrder) -> None:
    if order in {WorkOrder.URGENCY, WorkOrder.VALUE}:
        int(place.value)
    instant = {WorkOrder.URGENCY: place.second, WorkOrder.VALUE: ""}.get(order, place.value)
    if instant and datetime.fromisoformat(instant).tzinfo is None:
        raise ValueError(instant)
    if order is WorkOrder.URGENCY and not instant:
        raise ValueError(order)


def _text(value: object) -> str:
    return "1" if value is True else str(value)


async def read_address(  # noqa: PLR0913 - one for each part of the address
    *,
    client: ShortText = "",
    hold: WorkHold = WorkHold.WAITING,
    order: WorkOrder = WorkOrder.URGENCY,
    reason: ShortText = "",
    payer: ShortText = "",
    assignee: ShortText = "",
    patient: UUID | None = None,
    overdue: bool = False,
    q: SealedText = "",
    after: Annotated[str, Query(max_length=200)] = "",
    needs: ShortText = "",
) -> ListAddress:
    """Read the address of a page; asynchronous, so that no thread is needed for so little."""
    narrowed = (reason, payer, assignee, patient, overdue, q)
    return ListAddress(client, hold, order, *narrowed, after, needs)


CurrentList = Annotated[ListAddress, Depends(read_address)]
