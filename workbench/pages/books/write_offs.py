"""What was given up of what payers refused: sums by cause and reason, and what they are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Query
from fastapi.responses import Response

from models.documents.write_off import GivenUp, GivenUpKind, WriteOffPicture
from models.values.money import Money, total
from revcycle.operations.denials.picture_write_offs import picture_write_offs
from revcycle.rules.denials.reasons import WRITE_OFF_REASONS
from revcycle.store.audit import record_act
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, Visitor
from workbench.pages.books.book_address import DayText, read_day
from workbench.pages.books.book_exports import send_csv
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, page_of
from workbench.pages.panes.cause_party import PARTY_WORDS
from workbench.pages.practices import Practice, act_at, practice_of

router = books_router()
PERIOD_DAYS: Final = 90
NOT_SAID: Final = "unsaid"  # in an address; the books keep an empty text
PARTIES: Final = {**{str(party): words for party, words in PARTY_WORDS.items()}, "": "not said"}
HEADS: Final = ("approved_on", "claim", "payer", "of", "caused_by", "reason", "amount")
Word = Annotated[str, Query(max_length=40)]


@dataclass(frozen=True, slots=True)
class Share:
    """The kinds of one side: what could have been avoided, or what could not."""

    words: str
    kinds: Sequence[GivenUpKind]

    @property
    def count(self) -> int:
        """How many write-offs there are."""
        return sum(kind.count for kind in self.kinds)

    @property
    def amount(self) -> Money:
        """What they come to."""
        return total(kind.amount for kind in self.kinds)


@router.get("/write-offs")
def show_write_offs(
    visitor: CurrentVisitor,
    client: str,
    *,
    first: DayText = "",
    last: DayText = "",
    party: Word = "",
    reason: Word = "",
    page: PageNumber = 1,
) -> Response:
    """Show the sums of a period and the write-offs of one of them, or of all."""
    practice = practice_of(visitor, client)
    since, until = _period(visitor, practice, first, last)
    picture = _picture(visitor, practice, since, until, action="see_write_offs")
    rows = _narrowed(picture, party, reason)
    shown = page_of(page, len(rows))
    period = {"first": since.isoformat(), "last": until.isoformat()}
    narrowed = {name: text for name, text in (("party", party), ("reason", reason)) if text}
    return show_books(
        visitor,
        "write_offs.html",
        practice,
        room="write_offs",
        first=since,
        last=until,
        shares=_shares(picture.kinds),
        whole=Share("", picture.kinds),
        rows=rows[shown.offset : shown.offset + LINES_OF_PAGE],
        page=shown,
        asked=urlencode(period),
        kept=urlencode({**period, **narrowed}),
        is_narrowed=bool(narrowed),
        parties=PARTIES,
        reasons=WRITE_OFF_REASONS,
        not_said=NOT_SAID,
    )


@router.get("/write-offs.csv")
def export_write_offs(
    visitor: CurrentVisitor,
    client: str,
    *,
    first: DayText = "",
    last: DayText = "",
    party: Word = "",
    reason: Word = "",
) -> Response:
    """Export the write-offs of a period, or of one of its sums."""
    practice = practice_of(visitor, client)
    since, until = _period(visitor, practice, first, last)
    picture = _picture(visitor, practice, since, until, action="see_write_offs")
    zone = ZoneInfo(practice.time_zone)
    rows = [_cells(one, zone) for one in _narrowed(picture, party, reason)]
    name = f"write-offs-{practice.key}-{since.isoformat()}-{until.isoformat()}.csv"
    return send_csv(visitor, practice, "export_write_offs", name, HEADS, rows)


def _period(visitor: Visitor, practice: Practice, first: str, last: str) -> tuple[date, date]:
    until = read_day(last) or act_at(visitor, practice).today
    return read_day(first) or until - timedelta(days=PERIOD_DAYS - 1), until


def _picture(
    visitor: Visitor, practice: Practice, since: date, until: date, *, action: str
) -> WriteOffPicture:
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        record_act(session, practice.id, act, action, "claim", None)
        return picture_write_offs(
            session, practice.id, since, until, zone=ZoneInfo(practice.time_zone)
        )


def _narrowed(picture: WriteOffPicture, party: str, reason: str) -> list[GivenUp]:
    caused_by = "" if party == NOT_SAID else party
    return [
        one
        for one in picture.rows
        if (not party or one.cause_party == caused_by) and (not reason or one.reason == reason)
    ]


def _shares(kinds: Sequence[GivenUpKind]) -> list[Share]:
    """Tell what could have been avoided from the rest; a side without any is left out."""
    sides = (
        Share("Could have been avoided", [one for one in kinds if one.is_avoidable]),
        Share("Could not", [one for one in kinds if not one.is_avoidable]),
    )
    return [side for side in sides if side.kinds]


def _cells(one: GivenUp, zone: ZoneInfo) -> Sequence[str]:
    return (
        one.at.astimezone(zone).date().isoformat(),
        one.claim_number,
        one.payer_key,
        "denial" if one.is_denial else "claim",
        PARTIES[one.cause_party],
        WRITE_OFF_REASONS.get(one.reason, one.reason),
        str(one.amount),
    )
