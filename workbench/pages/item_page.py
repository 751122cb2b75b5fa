"""One item beside its list: left what is known, right what can be done."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from http import HTTPStatus
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import NotFoundError, RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.work.open_item import get_item
from revcycle.operations.work.take_next import take_next, why_this
from revcycle.store.session import across, transaction
from revcycle.store.work_items import StaleLeaseError
from workbench.pages.access import NoRightError, Visitor, person_of
from workbench.pages.item_facts import build_facts
from workbench.pages.panes.pane import NOTHING_TYPED, Difference, OpenedItem, Pane
from workbench.pages.panes.registry import pane_of
from workbench.pages.practices import Practice, act_at, practice_of
from workbench.pages.queue_texts import QUEUE_TEXTS
from workbench.pages.said import to_said
from workbench.pages.workers import worker_of

SEE_OTHER = HTTPStatus.SEE_OTHER
NEXT = "next"
LOST = (
    "This item is not in your hands any more: it was finished, or somebody else took it. "
    "Nothing was changed, and what you typed is kept below."
)


class Then(StrEnum):
    """What a person wants after an item is done."""

    STAY = "stay"
    NEXT = "next"
    LIST = "list"


class ChangedRecordError(RejectedError):
    """Somebody changed the record since the page was loaded; nothing was changed now."""

    def __init__(self, differences: Sequence[Difference]) -> None:
        self.differences = tuple(differences)
        super().__init__("somebody changed this since you opened it")


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """Which item an address names."""

    queue: Queue
    client: str
    item_id: UUID


def show_item(
    visitor: Visitor,
    place: ItemPlace,
    *,
    request: Request | None = None,
    said: str = "",
    problem: str = "",
    typed: Mapping[str, str] = NOTHING_TYPED,
    differences: Sequence[Difference] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """Show an item.

    Args:
        visitor: Who asks.
        place: Which item.
        request: Decides whether the whole page is needed or only the part beside the list.
        said: The word for what the last step did, see ``SAID``.
        problem: Why it did not.
        typed: What the person typed; the pane shows it again.
        differences: A conflict: theirs and mine, side by side.
        status: What the browser is told.

    Raises:
        NotFoundError: no such item exists for this person.
        NoRightError: no role of the person works in this queue.
    """
    require_queue(visitor, place.queue)
    practice = practice_of(visitor, place.client)
    with transaction(visitor.site.database_url, practice.id) as session:
        opened = _open(session, visitor, practice, place, typed)
        facts = build_facts(session, opened)
        pane: Pane = pane_of(place.queue)(session, opened)
        why = _why(session, opened) if said == NEXT else ""
    is_part = request is not None and is_for_part(request)
    return visitor.show(
        "item_part.html" if is_part else "item.html",
        here="queues",
        status_code=status,
        opened=opened,
        line=opened.line,
        practice=practice,
        queue=place.queue,
        text=QUEUE_TEXTS[place.queue],
        facts=facts,
        pane=pane,
        may_take=may_take(visitor),
        leads=person_of(visitor).may(Right.ASSIGN_WORK),
        at=opened.act.at,
        overdue=opened.act.at - opened.line.due_at,
        zero=timedelta(0),
        why=why,
        said=to_said(said),
        problem=problem,
        differences=differences,
    )


def work(
    visitor: Visitor,
    place: ItemPlace,
    do: Callable[[Session, Act, WorkLine], str],
    *,
    then: Then = Then.STAY,
    typed: Mapping[str, str] = NOTHING_TYPED,
    also: Collection[UUID] = (),
) -> Response:
    """Do something about an item in one transaction, and lead on.

    What is refused changes nothing: the item is shown again, with the reason and with everything
    the person typed.

    Args:
        visitor: Who asks.
        place: Which item.
        do: Calls an operation; returns the word under which ``SAID`` says what was done.
        then: Where to go when it is done.
        typed: What to show again if it is refused.
        also: Other practices of the person that the transaction is about.
    """
    require_queue(visitor, place.queue)
    practice = practice_of(visitor, place.client)
    act = act_at(visitor, practice)
    try:
        with across(visitor.site.database_url, [practice.id, *also]) as session:
            line = _line_of(session, practice, place)
            said = do(session, act, line)
    except ChangedRecordError as error:
        return _conflict(visitor, place, str(error), typed, error.differences)
    except StaleLeaseError:
        return _conflict(visitor, place, LOST, typed, ())
    except NotFoundError:
        raise
    except RejectedError as error:
        return show_item(
            visitor,
            place,
            problem=str(error),
            typed=typed,
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    return lead_on(visitor, place, then, said)


def require_queue(visitor: Visitor, queue: Queue) -> None:
    """Refuse whoever has no role that works in a queue.

    Raises:
        NoRightError: the person has none.
    """
    if queue not in person_of(visitor).access.queues:
        raise NoRightError


def may_take(visitor: Visitor) -> bool:
    """Tell whether the person takes work at all."""
    return person_of(visitor).may(Right.TAKE_WORK)


def is_for_part(request: Request) -> bool:
    """Tell whether the browser puts the answer into a page that it shows already."""
    headers = request.headers
    return headers.get("hx-request") == "true" and "hx-history-restore-request" not in headers


def lead_to_next(
    visitor: Visitor, queues: Sequence[Queue], *, leaving: UUID | None, otherwise: str
) -> Response:
    """Give the person the next item of some queues, and show it."""
    person = person_of(visitor)
    at = visitor.site.now()
    with across(visitor.site.database_url, person.practice_ids) as session:
        found = take_next(
            session, person.practice_ids, worker_of(person), queues, at=at, leaving=leaving
        )
    if found is None:
        return RedirectResponse(f"{otherwise}?said=nothing_left", SEE_OTHER)
    (key,) = (one.key for one in person.practices if one.id == found.client_id)
    return RedirectResponse(f"/queues/{found.queue}/{key}/{found.id}?said={NEXT}", SEE_OTHER)


def _why(session: Session, opened: OpenedItem) -> str:
    return why_this(session, opened.line, worker_of(opened.person), at=opened.act.at)


def lead_on(visitor: Visitor, place: ItemPlace, then: Then, said: str) -> Response:
    """Lead a person on after a step, to where they want to be."""
    to_list = f"/queues/{place.queue}"
    if then is Then.NEXT:
        return lead_to_next(visitor, [place.queue], leaving=place.item_id, otherwise=to_list)
    if then is Then.LIST:
        return RedirectResponse(f"{to_list}?said={said}", SEE_OTHER)
    return RedirectResponse(f"{to_list}/{place.client}/{place.item_id}?said={said}", SEE_OTHER)


def _conflict(
    visitor: Visitor,
    place: ItemPlace,
    problem: str,
    typed: Mapping[str, str],
    differences: Sequence[Difference],
) -> Response:
    return show_item(
        visitor,
        place,
        problem=problem,
        typed=typed,
        differences=differences,
        status=HTTPStatus.CONFLICT,
    )


def _open(
    session: Session,
    visitor: Visitor,
    practice: Practice,
    place: ItemPlace,
    typed: Mapping[str, str],
) -> OpenedItem:
    line = _line_of(session, practice, place)
    return OpenedItem(visitor, practice, act_at(visitor, practice), line, typed)


def _line_of(session: Session, practice: Practice, place: ItemPlace) -> WorkLine:
    """Find the item, in the queue that the address names.

    Raises:
        NotFoundError: there is none.
    """
    line = get_item(session, practice.id, place.item_id)
    if line.queue is not place.queue:
        msg = f"work item {place.item_id} is in another queue"
        raise NotFoundError(msg)
    return line
