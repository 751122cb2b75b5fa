"""The lists behind the figures of the board: fifty rows a page, and the rows are the figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from models.states.claim import ClaimState
from models.states.work_item import Queue
from models.values.access import Right
from models.values.display import to_short_date
from models.values.money import total
from revcycle.store import (
    board_lists,
    claim_figures,
    claim_firsts,
    collection_figures,
    file_figures,
    money_figures,
)
from revcycle.store.audit import record_act
from revcycle.store.board_lists import NOW, ItemKind, ItemRow, ItemsWanted
from revcycle.store.claim_figures import ClaimRow
from revcycle.store.claim_firsts import FirstAnswer
from revcycle.store.collection_figures import BookFigure, OwedCharge
from revcycle.store.file_figures import FileRow, Trouble, is_received
from revcycle.store.money_figures import DenialCause, DenialRow, Payers, PostingRow
from revcycle.store.session import across, reading
from workbench.pages.access import CurrentVisitor, Visitor, needs
from workbench.pages.board.board_address import BoardView, CurrentBoard, ShortText
from workbench.pages.board.board_texts import (
    FIRST_TEXTS,
    ITEM_TEXTS,
    PAYERS_TEXTS,
    TROUBLE_TEXTS,
    say_figure,
)
from workbench.pages.paging import LINES_OF_PAGE
from workbench.pages.practices import Practice, act_at
from workbench.pages.queue_texts import QUEUE_TEXTS

router = APIRouter(prefix="/board", dependencies=[needs(Right.SEE_BOARD)])
Row = TypeVar("Row", ItemRow, ClaimRow, PostingRow, OwedCharge, DenialRow, FileRow)
After = UUID | None


@dataclass(frozen=True, slots=True)
class DrillPage(Generic[Row]):
    """One page of a list.

    Attributes:
        query: The address of this list from its beginning, after the question mark.
        next_query: The address of the next page; empty on the last.
        is_first: Whether the page is the first.
    """

    title: str
    rows: list[tuple[Practice, Row]]
    query: str
    next_query: str
    is_first: bool


@router.get("/items")
def show_items(
    visitor: CurrentVisitor,
    view: CurrentBoard,
    kind: ItemKind,
    queue: Queue | None = None,
    login: ShortText = "",
    after: After = None,
) -> HTMLResponse:
    """Show the items that a figure of work counts; nothing of a patient is among it."""
    wanted = ItemsWanted(kind, view.period, visitor.site.now(), queue, login)

    def read(session: Session, limit: int) -> list[ItemRow]:
        return board_lists.list_items(session, view.client_ids, wanted, after=after, limit=limit)

    with reading(visitor.site.database_url, view.client_ids) as session:
        rows = read(session, LINES_OF_PAGE + 1)
    page = _page(view, ITEM_TEXTS[kind], rows, after, kind=kind, queue=queue, login=login)
    return _show(
        visitor,
        view,
        page,
        "items",
        queue=queue,
        login=login,
        has_period=kind not in NOW,
        is_open=kind in NOW,
        queue_texts=QUEUE_TEXTS,
    )


@router.get("/claims")
def show_claims(
    visitor: CurrentVisitor, view: CurrentBoard, state: ClaimState, day: date, after: After = None
) -> HTMLResponse:
    """Show the claims that stood in a state when a day ended."""
    rows = _read_seen(
        visitor,
        view,
        "see_claim_list",
        lambda session, limit: claim_figures.list_claims(
            session, view.client_ids, state, day, after=after, limit=limit
        ),
    )
    page = _page(view, f"Claims that were {state}", rows, after, state=state, day=day)
    return _show(visitor, view, page, "claims", day=day, has_period=False, place="/board/claims")


@router.get("/firsts")
def show_firsts(
    visitor: CurrentVisitor, view: CurrentBoard, answer: FirstAnswer, after: After = None
) -> HTMLResponse:
    """Show the claims of which something was said first in the period."""
    rows = _read_seen(
        visitor,
        view,
        "see_claim_list",
        lambda session, limit: claim_firsts.list_firsts(
            session, view.client_ids, answer, view.period, after=after, limit=limit
        ),
    )
    page = _page(view, FIRST_TEXTS[answer], rows, after, answer=answer)
    return _show(visitor, view, page, "claims", day=None, has_period=True, place="/board/firsts")


@router.get("/money")
def show_money(
    visitor: CurrentVisitor, view: CurrentBoard, payers: Payers | None = None, after: After = None
) -> HTMLResponse:
    """Show the postings that a sum of money adds up."""
    rows = _read_seen(
        visitor,
        view,
        "see_posting_list",
        lambda session, limit: money_figures.list_money(
            session, view.client_ids, payers, view.period, after=after, limit=limit
        ),
    )
    title = f"Money in: {PAYERS_TEXTS[payers].lower()}" if payers else "Money in"
    page = _page(view, title, rows, after, payers=payers)
    return _show_money(visitor, view, page, "/board/money", has_period=True)


@router.get("/postings")
def show_postings(
    visitor: CurrentVisitor, view: CurrentBoard, figure: BookFigure, after: After = None
) -> HTMLResponse:
    """Show the postings that a figure of collection adds up, as of the last of the days."""
    rows = _read_seen(
        visitor,
        view,
        "see_posting_list",
        lambda session, limit: collection_figures.list_book_figure(
            session, view.client_ids, figure, view.period.last, after=after, limit=limit
        ),
    )
    page = _page(view, say_figure(figure, view.period.last), rows, after, figure=figure)
    return _show_money(visitor, view, page, "/board/postings", has_period=False)


@router.get("/owed")
def show_owed(visitor: CurrentVisitor, view: CurrentBoard, after: After = None) -> HTMLResponse:
    """Show the charges of which something was owed when the last of the days ended."""
    rows = _read_seen(
        visitor,
        view,
        "see_charge_list",
        lambda session, limit: collection_figures.list_owed(
            session, view.client_ids, view.period.last, after=after, limit=limit
        ),
    )
    page = _page(view, f"Owed when {to_short_date(view.period.last)} ended", rows, after)
    amount = total(row.amount for _, row in page.rows)
    return _show(visitor, view, page, "owed", has_period=False, amount=amount)


@router.get("/denials")
def show_denials(
    visitor: CurrentVisitor,
    view: CurrentBoard,
    category: ShortText = "",
    group: ShortText = "",
    reason: ShortText = "",
    after: After = None,
) -> HTMLResponse:
    """Show the denials that arrived in the period, of one cause or of all."""
    cause = DenialCause(category, group, reason) if category else None
    rows = _read_seen(
        visitor,
        view,
        "see_denial_list",
        lambda session, limit: money_figures.list_denials(
            session, view.client_ids, cause, view.period, after=after, limit=limit
        ),
    )
    parts = {"category": category, "group": group, "reason": reason}
    page = _page(view, "Denials that arrived", rows, after, **parts)
    amount = total(row.amount for _, row in page.rows)
    return _show(visitor, view, page, "denials", has_period=True, amount=amount)


@router.get("/files")
def show_files(
    visitor: CurrentVisitor, view: CurrentBoard, trouble: Trouble, after: After = None
) -> HTMLResponse:
    """Show files in one kind of trouble, without their names."""
    with reading(visitor.site.database_url, view.client_ids) as session:
        rows = file_figures.list_trouble(
            session, view.client_ids, trouble, after=after, limit=LINES_OF_PAGE + 1
        )
    page = _page(view, f"Files: {TROUBLE_TEXTS[trouble].lower()}", rows, after, trouble=trouble)
    way = "in" if is_received(trouble) else "out"
    return _show(visitor, view, page, "files", way=way, has_period=False)


def _show_money(
    visitor: Visitor,
    view: BoardView,
    page: DrillPage[PostingRow],
    place: str,
    *,
    has_period: bool,
) -> HTMLResponse:
    amount = total(row.amount for _, row in page.rows)
    return _show(visitor, view, page, "money", has_period=has_period, amount=amount, place=place)


def _read_seen(
    visitor: Visitor,
    view: BoardView,
    action: str,
    read: Callable[[Session, int], list[Row]],
) -> list[Row]:
    """Read rows that lead to patients, and note at each practice that they were seen."""
    with across(visitor.site.database_url, view.client_ids) as session:
        rows = read(session, LINES_OF_PAGE + 1)
        for client_id in {row.client_id for row in rows[:LINES_OF_PAGE]}:
            act = act_at(visitor, view.practice(client_id))
            record_act(session, client_id, act, action, "board", None)
    return rows


def _page(
    view: BoardView, title: str, rows: Sequence[Row], after: After, **parts: object
) -> DrillPage[Row]:
    shown = rows[:LINES_OF_PAGE]
    has_more = len(rows) > LINES_OF_PAGE
    return DrillPage(
        title=title,
        rows=[(view.practice(row.client_id), row) for row in shown],
        query=view.query(**parts),
        next_query=view.query(**parts, after=shown[-1].id) if has_more else "",
        is_first=after is None,
    )


def _show(
    visitor: Visitor, view: BoardView, page: DrillPage[Any], name: str, **facts: object
) -> HTMLResponse:
    known: dict[str, Any] = {"queue": None, "login": "", "is_open": False, **facts}
    return visitor.show(
        f"board_{name}.html",
        here="board",
        view=view,
        page=page,
        several=len(view.chosen) > 1,
        **known,
    )
