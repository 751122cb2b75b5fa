"""What is owed to a practice by age, and the charges behind each sum."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response

from models.documents.books import AgeBucket
from models.values.accounts import Account
from models.values.money import total
from revcycle.operations.books.picture_ageing import picture_ageing
from revcycle.rules.ledger.ageing import bucket_starts
from revcycle.store.ageing import AgedPlace, AgeingWanted, list_aged_charges
from revcycle.store.audit import record_act
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor
from workbench.pages.books.book_address import DayText, query, read_day, words
from workbench.pages.books.book_exports import send_csv
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.paging import LINES_OF_PAGE
from workbench.pages.practices import act_at, practice_of

router = books_router()
BUCKET_TEXTS: Final = {
    AgeBucket.DAYS_30: "0-30",
    AgeBucket.DAYS_60: "31-60",
    AgeBucket.DAYS_90: "61-90",
    AgeBucket.DAYS_120: "91-120",
    AgeBucket.OLDER: "over 120",
    AgeBucket.UNDATED: "no date",
    AgeBucket.BELOW_ZERO: "below zero",
}


@router.get("/ageing")
def show_ageing(visitor: CurrentVisitor, client: str, on: DayText = "") -> Response:
    """Show receivables by who owes them and days since the service; no patient is named."""
    practice = practice_of(visitor, client)
    today, day = act_at(visitor, practice).today, read_day(on)
    with reading(visitor.site.database_url, [practice.id]) as session:
        found = picture_ageing(session, practice.id, as_of=day or today, booked_until=day)
    return show_books(
        visitor,
        "ageing.html",
        practice,
        room="ageing",
        ageing=found,
        on=day,
        bucket_texts=BUCKET_TEXTS,
        words=words(),
    )


@router.get("/ageing.csv")
def export_ageing(visitor: CurrentVisitor, client: str, on: DayText = "") -> Response:
    """Export the ages, and note in the trail that they were exported."""
    practice = practice_of(visitor, client)
    today, day = act_at(visitor, practice).today, read_day(on)
    with reading(visitor.site.database_url, [practice.id]) as session:
        found = picture_ageing(session, practice.id, as_of=day or today, booked_until=day)
    heads = ("account", "payer", *found.buckets, "all")
    rows = (
        [row.account, row.payer_name, *map(str, row.amounts), str(row.sum)] for row in found.rows
    )
    name = f"ageing-{practice.key}-{found.as_of.isoformat()}.csv"
    return send_csv(visitor, practice, "export_ageing", name, heads, rows)


@router.get("/charges")
def show_charges(
    visitor: CurrentVisitor,
    client: str,
    *,
    account: Account | None = None,
    bucket: AgeBucket | None = None,
    payer: Annotated[str | None, Query(max_length=40)] = None,
    on: DayText = "",
    after: UUID | None = None,
    after_account: Account | None = None,
) -> Response:
    """Show the charges that an aged sum adds up, and note that they were seen."""
    practice = practice_of(visitor, client)
    act, day = act_at(visitor, practice), read_day(on)
    wanted = AgeingWanted(bucket_starts(day or act.today), day, account, payer, bucket)
    place = AgedPlace(after, after_account) if after and after_account else None
    with transaction(visitor.site.database_url, practice.id) as session:
        rows = list_aged_charges(session, practice.id, wanted, after=place, limit=LINES_OF_PAGE + 1)
        record_act(session, practice.id, act, "see_charge_list", "charge", None)
    shown = rows[:LINES_OF_PAGE]
    asked = {"account": account, "bucket": bucket, "payer": payer, "on": day}
    last = shown[-1] if len(rows) > LINES_OF_PAGE else None
    next_query = query(**asked, after=last.charge_id, after_account=last.account) if last else ""
    return show_books(
        visitor,
        "charges.html",
        practice,
        room="ageing",
        rows=shown,
        sum=total(row.amount for row in shown),
        asked=asked,
        as_of=day or act.today,
        own_query=query(**asked),
        next_query=next_query,
        is_first=place is None,
        bucket_texts=BUCKET_TEXTS,
        words=words(),
    )
