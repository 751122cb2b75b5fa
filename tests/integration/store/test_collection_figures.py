"""Days in A/R and rates of collection: each sum is its list, on both databases."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlmodel import Session

from models.tables import Client
from models.values.money import ZERO, Money, total
from revcycle.rules.reports.collection import Collection
from revcycle.store.collection_figures import (
    BookFigure,
    OwedCharge,
    list_book_figure,
    list_owed,
    sum_collection,
)
from revcycle.store.money_figures import PostingRow
from revcycle.store.session import reading, transaction
from tests.pages.board_history import add_history

TODAY = date(2026, 11, 20)
YESTERDAY = TODAY - timedelta(days=1)
MATURED = date(2027, 3, 1)  # 147 days after the services


@pytest.fixture
def url(either_database_url: str) -> str:
    """The database."""
    return either_database_url


@pytest.fixture
def practices(url: str) -> list[UUID]:
    """A practice whose claims were paid, denied and taken back, and one with empty books."""
    clients = [Client(key=key, name=key, time_zone="America/New_York") for key in ("a", "b")]
    with transaction(url) as session:
        session.add_all(clients)
    add_history(url, clients[0].id)
    return [client.id for client in clients]


def sums_of_lists(session: Session, client_id: UUID, last: date) -> tuple[Money, ...]:
    """Add up each list page by page, two rows on a page."""

    def add(read: Callable[[UUID | None], Sequence[PostingRow | OwedCharge]]) -> Money:
        rows: list[PostingRow | OwedCharge] = []
        after = None
        while page := read(after):
            rows += page
            after = page[-1].id
        assert all(row.client_id == client_id for row in rows)
        return total(row.amount for row in rows)

    def read_owed(after: UUID | None) -> list[OwedCharge]:
        return list_owed(session, [client_id], last, after=after, limit=2)

    def read_figure(figure: BookFigure, after: UUID | None) -> list[PostingRow]:
        return list_book_figure(session, [client_id], figure, last, after=after, limit=2)

    return add(read_owed), *(add(partial(read_figure, figure)) for figure in BookFigure)


@pytest.mark.parametrize(
    "last", [YESTERDAY, TODAY, MATURED], ids=["yesterday", "today", "months later"]
)
def test_every_sum_is_its_list(url: str, practices: list[UUID], last: date) -> None:
    with reading(url, practices) as session:
        found = sum_collection(session, practices, last)
        for client_id in practices:
            one = found[client_id]
            assert sums_of_lists(session, client_id, last) == (
                one.receivable,
                one.credits,
                one.charged,
                one.paid,
                one.matured_charged,
                one.matured_reduced,
                one.matured_paid,
            )


def test_a_day_shows_the_books_as_they_stood_when_it_ended(url: str, practices: list[UUID]) -> None:
    billed, empty = practices
    with reading(url, practices) as session:
        before = sum_collection(session, practices, YESTERDAY)
        now = sum_collection(session, practices, TODAY)
        later = sum_collection(session, practices, MATURED)
    # Three claims of 369.00 in all; yesterday one was paid 100.00 and cut by 20.00.
    assert before[billed] == Collection(Money(24_900), ZERO, 1, Money(36_900), Money(10_000))
    assert now[billed].receivable == Money(15_000)  # the denied claim
    assert (now[billed].recent_days, now[billed].paid) == (2, Money(15_000))
    assert later[billed].charged == ZERO
    assert later[billed].matured_net == Money(36_900 - 2_000 - 4_900)
    assert later[billed].matured_paid == Money(15_000)
    assert {before[empty], now[empty], later[empty]} == {Collection()}
