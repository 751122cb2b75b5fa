"""How much posts by itself, what people were asked, what was kept out, and what is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Form, Query
from fastapi.responses import RedirectResponse, Response

from models.errors import RejectedError
from models.values.access import Right
from models.values.money import Money
from revcycle.operations.posting.note_recoupment import RecoupmentLetter, note_recoupment
from revcycle.store.ledger import AlreadyBookedError
from revcycle.store.posting_figures import (
    PayerPosting,
    QuestionsWanted,
    list_asked_claims,
    list_kept_out_files,
    posting_by_payer,
    reasons_by_payer,
)
from revcycle.store.recoveries import list_recovery_balances
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor, Visitor, person_of
from workbench.pages.books.book_address import DayText, read_day
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.form_texts import Text
from workbench.pages.paging import LINES_OF_PAGE
from workbench.pages.panes.posting_words import say_question
from workbench.pages.practices import Practice, act_at, practice_of
from workbench.pages.records.money_words import say_account

router = books_router()
letters = books_router(Right.POST_MONEY)
PERIOD_DAYS: Final = 90
STATES: Final = {"open": "open", "done": "done", "cancelled": "its cause went away"}
NOTED: Final = "The letter is noted. The payer owes again what it will take."
SAME_LETTER: Final = "This letter was noted before; nothing changed."


@dataclass(frozen=True, slots=True)
class PayerLine:
    """A payer's figures with their rate."""

    figures: PayerPosting

    @property
    def rate(self) -> str:
        """Lines that nobody touched of all lines, to a tenth of a percent."""
        if not self.figures.lines:
            return "no lines"
        share = Decimal(100 * self.figures.untouched) / Decimal(self.figures.lines)
        return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)} %"


@router.get("/posting")
def show_posting(
    visitor: CurrentVisitor,
    client: str,
    *,
    first: DayText = "",
    last: DayText = "",
    payer: Annotated[str, Query(max_length=60)] = "",
    reason: Annotated[str, Query(max_length=60)] = "",
    waiting: bool = False,
    after: UUID | None = None,
) -> Response:
    """Show a period's posting by payer; no patient is named."""
    practice = practice_of(visitor, client)
    today = act_at(visitor, practice).today
    until = read_day(last) or today
    since = read_day(first) or until - timedelta(days=PERIOD_DAYS - 1)
    with reading(visitor.site.database_url, [practice.id]) as session:
        rows = posting_by_payer(session, practice.id, since, until)
        asked = list_asked_claims(
            session,
            practice.id,
            QuestionsWanted(since, until, payer, reason, waiting),
            after=after,
            limit=LINES_OF_PAGE + 1,
        )
        reasons = reasons_by_payer(session, practice.id, since, until)
        files = list_kept_out_files(session, practice.id, limit=LINES_OF_PAGE)
    period = {"first": since.isoformat(), "last": until.isoformat()}
    return _show(
        visitor,
        practice,
        period=(since, until),
        rows=[PayerLine(row) for row in rows],
        whole=PayerLine(_whole(rows)),
        reasons=reasons,
        asked=asked[:LINES_OF_PAGE],
        asked_query=urlencode(period),
        more=_more(period, payer, reason, waiting, asked[LINES_OF_PAGE - 1].item_id)
        if len(asked) > LINES_OF_PAGE
        else "",
        is_narrowed=bool(payer or reason or waiting),
        files=files,
        say_question=say_question,
        states=STATES,
    )


@letters.post("/letters")
def note_letter(
    visitor: CurrentVisitor,
    client: str,
    *,
    claim_number: Text = "",
    reference: Text = "",
    amount: Text = "",
    dated: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Note a payer's letter that takes money back, and show what is taken back now."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    try:
        letter = _read_letter(claim_number, reference, amount, dated)
        with transaction(visitor.site.database_url, practice.id) as session:
            note_recoupment(session, act, letter)
    except AlreadyBookedError:
        return _recoveries(visitor, practice, problem=SAME_LETTER)
    except RejectedError as error:
        return _recoveries(visitor, practice, problem=str(error))
    return RedirectResponse(f"/books/{practice.key}/recoveries?noted=1", status_code=303)


@router.get("/recoveries")
def show_recoveries(
    visitor: CurrentVisitor, client: str, *, noted: bool = False, after: UUID | None = None
) -> Response:
    """Show what payers announced to take back or took unannounced, by payer and reference."""
    said = NOTED if noted else ""
    return _recoveries(visitor, practice_of(visitor, client), said=said, after=after)


def _recoveries(
    visitor: Visitor,
    practice: Practice,
    *,
    said: str = "",
    problem: str = "",
    after: UUID | None = None,
) -> Response:
    with reading(visitor.site.database_url, [practice.id]) as session:
        balances = list_recovery_balances(
            session, practice.id, after=after, limit=LINES_OF_PAGE + 1
        )
    return show_books(
        visitor,
        "recoveries.html",
        practice,
        room="recoveries",
        balances=balances[:LINES_OF_PAGE],
        next_after=balances[LINES_OF_PAGE - 1].posting_id
        if len(balances) > LINES_OF_PAGE
        else None,
        is_first=after is None,
        say_account=say_account,
        today=act_at(visitor, practice).today,
        may_note=person_of(visitor).may(Right.POST_MONEY),
        said=said,
        problem=problem,
    )


def _show(visitor: Visitor, practice: Practice, **facts: object) -> Response:
    return show_books(visitor, "posting.html", practice, room="posting", **facts)


def _whole(rows: list[PayerPosting]) -> PayerPosting:
    return PayerPosting(
        "All payers",
        sum(row.payments for row in rows),
        sum(row.claims for row in rows),
        sum(row.lines for row in rows),
        sum(row.untouched for row in rows),
        sum(row.asked for row in rows),
    )


def _more(period: Mapping[str, str], payer: str, reason: str, waiting: bool, after: UUID) -> str:  # noqa: FBT001 - one of five parts of an address
    chosen = {"payer": payer, "reason": reason, "waiting": waiting, "after": after}
    return urlencode({**period, **chosen})


def _read_letter(number: str, reference: str, amount: str, dated: str) -> RecoupmentLetter:
    try:
        money, day = Money.parse(amount.strip()), date.fromisoformat(dated)
    except ValueError:
        msg = "give the amount in dollars and cents, and the date of the letter"
        raise RejectedError(msg) from None
    return RecoupmentLetter(number.strip(), reference.strip(), money, day)
