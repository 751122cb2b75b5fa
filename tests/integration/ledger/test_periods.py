"""Months of the books: closed in order, not before they end; then nothing counts in them."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.documents.act import Act
from models.documents.ledger import EntryDraft, LedgerSubject, PostingDraft
from models.errors import RejectedError
from models.tables import LedgerEntry, Posting
from models.values.accounts import Account
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.operations.books.close_period import close_period
from revcycle.operations.verify.money import check_money
from revcycle.rules.ledger.movements import bank_deposit_entry
from revcycle.store import ledger, periods
from revcycle.store.session import transaction
from tests.conftest import NOON, TODAY

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


class Books:
    """One practice's books in a database of its own."""

    def __init__(self, url: str, act: Act) -> None:
        self.url, self.act = url, act

    def deposit(self, key: str, day: date, cents: int = 500) -> None:
        """Book a deposit that takes effect on a day."""
        entry: EntryDraft = bank_deposit_entry(key, day, LedgerSubject(), Money(cents))
        with transaction(self.url, self.act.client_id) as session:
            ledger.insert_entries(session, self.act.client_id, self.act, [entry])

    def close(self, month: date, act: Act | None = None) -> bool:
        """Close a month and tell whether it was closed before."""
        with transaction(self.url, self.act.client_id) as session:
            return close_period(session, act or self.act, month).was_closed

    def months(self) -> dict[str, date]:
        """Say of each entry where it counts."""
        with transaction(self.url, self.act.client_id) as session:
            rows = session.execute(text("SELECT source_key, period FROM ledger_entry"))
            return {key: date.fromisoformat(str(month)) for key, month in rows}

    def bank(self, month: date) -> tuple[int, int, int]:
        """Say what stood in the bank's account, moved, and stands."""
        with transaction(self.url, self.act.client_id) as session:
            lines = periods.trial_of_month(session, self.act.client_id, month)
        (line,) = (one for one in lines if one.account is Account.BANK)
        return line.opening.cents, line.movement.cents, line.closing.cents

    def broken(self) -> set[str]:
        """Name the invariants that do not hold."""
        with transaction(self.url, self.act.client_id) as session:
            results = check_money(session, self.act.client_id)
        return {one.id for one in results if one.violations}


@pytest.fixture
def books(database_url: str, act: Act) -> Books:
    return Books(database_url, act)


def test_an_entry_counts_in_the_month_of_its_date(books: Books) -> None:
    books.deposit("first", date(2026, 9, 1))
    books.deposit("last", date(2026, 9, 30))
    assert set(books.months().values()) == {SEPTEMBER}


def test_what_comes_late_counts_in_the_earliest_open_month(books: Books) -> None:
    books.deposit("in time", date(2026, 9, 30))
    books.close(SEPTEMBER)
    books.deposit("late", date(2026, 9, 30))
    books.deposit("very late", date(2025, 1, 2))
    books.deposit("next", date(2026, 11, 2))
    assert books.months() == {
        "in time": SEPTEMBER,
        "late": OCTOBER,
        "very late": OCTOBER,
        "next": NOVEMBER,
    }
    assert books.broken() == set()


def test_a_late_entry_keeps_its_own_date(books: Books) -> None:
    books.deposit("in time", date(2026, 9, 30))
    books.close(SEPTEMBER)
    books.deposit("late", date(2026, 9, 30))
    with transaction(books.url, books.act.client_id) as session:
        days = session.execute(text("SELECT DISTINCT effective_date FROM ledger_entry")).scalars()
        assert [str(day) for day in days] == ["2026-09-30"]


def test_a_month_opens_where_the_one_before_closed(books: Books) -> None:
    books.deposit("a", date(2026, 9, 5), 1_000)
    books.deposit("b", date(2026, 10, 5), 200)
    before = [books.bank(month) for month in (SEPTEMBER, OCTOBER, NOVEMBER)]
    assert before == [(0, 1_000, 1_000), (1_000, 200, 1_200), (1_200, 0, 1_200)]
    books.close(SEPTEMBER)
    books.close(OCTOBER)
    assert [books.bank(month) for month in (SEPTEMBER, OCTOBER, NOVEMBER)] == before
    books.deposit("c", date(2026, 9, 7), 30)
    assert books.bank(NOVEMBER) == (1_200, 30, 1_230)
    assert books.bank(SEPTEMBER) == (0, 1_000, 1_000)


def test_months_close_in_order(books: Books) -> None:
    books.deposit("a", date(2026, 9, 5))
    with pytest.raises(RejectedError, match="the next one is 2026-09"):
        books.close(OCTOBER)
    books.close(SEPTEMBER)
    books.close(OCTOBER)  # although nothing happened in it
    assert books.broken() == set()


def test_a_month_is_not_closed_before_it_ends_at_the_practice(books: Books) -> None:
    books.deposit("a", date(2026, 11, 5))
    with pytest.raises(RejectedError, match="not over"):
        books.close(NOVEMBER, replace(books.act, today=date(2026, 11, 30)))
    assert not books.close(NOVEMBER, replace(books.act, today=date(2026, 12, 1)))


def test_books_without_an_entry_have_no_month_to_close(books: Books) -> None:
    with pytest.raises(RejectedError, match="nothing is booked"):
        books.close(SEPTEMBER)


def test_who_closes_twice_changes_nothing(books: Books) -> None:
    books.deposit("a", date(2026, 9, 5))
    assert not books.close(SEPTEMBER)
    assert books.close(SEPTEMBER)
    with transaction(books.url, books.act.client_id) as session:
        assert len(periods.list_closed_months(session, books.act.client_id)) == 1
        acts = session.execute(text("SELECT action, actor FROM audit_event")).all()
        assert [tuple(one) for one in acts] == [("close_period", "tester")]


def test_books_that_do_not_hold_are_not_closed(books: Books) -> None:
    books.deposit("a", date(2026, 9, 5))
    with transaction(books.url, books.act.client_id) as session:
        entry = session.execute(text("SELECT id FROM ledger_entry")).scalar_one()
        session.add(
            Posting(
                client_id=books.act.client_id,
                ledger_entry_id=UUID(entry),
                account=Account.BANK,
                amount=Money(1),
            )
        )
    with pytest.raises(RejectedError, match=r"I-M1 \(1\)"):
        books.close(SEPTEMBER)


def test_each_practice_closes_its_own_months(books: Books, database_url: str) -> None:
    books.deposit("a", date(2026, 9, 5))
    books.close(SEPTEMBER)
    with transaction(database_url) as session:
        assert periods.list_closed_months(session, new_id()) == []


def test_the_database_refuses_an_entry_or_a_posting_in_a_closed_month(
    either_database_url: str,
) -> None:
    client_id = new_id()
    with transaction(either_database_url, client_id) as session:
        session.execute(
            text("INSERT INTO client (id, key, name, time_zone) VALUES (:id, 'k', 'n', 'UTC')"),
            {"id": str(client_id) if "postgres" in either_database_url else client_id.hex},
        )
    books = Books(either_database_url, Act(client_id, "tester", NOON, TODAY))
    books.deposit("a", date(2026, 9, 5))
    books.close(SEPTEMBER)
    books.deposit("b", date(2026, 9, 6))
    assert books.months() == {"a": SEPTEMBER, "b": OCTOBER}
    forged = LedgerEntry(
        client_id=client_id,
        kind="charge",
        source_key="forged",
        effective_date=SEPTEMBER,
        period=SEPTEMBER,
        posted_at=NOON,
        actor="tester",
    )
    with (
        pytest.raises(DBAPIError, match="the month is closed"),
        transaction(either_database_url, client_id) as session,
    ):
        session.add(forged)
    with transaction(either_database_url, client_id) as session:
        (first, _) = session.execute(
            text("SELECT id, source_key FROM ledger_entry WHERE source_key = 'a'")
        ).one()
    with (
        pytest.raises(DBAPIError, match="the month is closed"),
        transaction(either_database_url, client_id) as session,
    ):
        session.add(
            Posting(
                client_id=client_id,
                ledger_entry_id=UUID(str(first)),
                account=Account.BANK,
                amount=Money(1),
            )
        )
    assert books.broken() == set()


def test_a_closed_month_that_was_forged_is_found(books: Books) -> None:
    books.deposit("a", date(2026, 9, 5))
    books.close(SEPTEMBER)
    with transaction(books.url, books.act.client_id) as session:
        session.execute(text("DROP TRIGGER ledger_entry_in_open_period"))
        session.execute(text("DROP TRIGGER posting_in_open_period"))
        entry = LedgerEntry(
            client_id=books.act.client_id,
            kind="bank_deposit",
            source_key="forged",
            effective_date=SEPTEMBER,
            period=SEPTEMBER,
            posted_at=NOON,
            actor="tester",
        )
        session.add(entry)
        for account, cents in ((Account.BANK, 7), (Account.REMITTANCE_CLEARING, -7)):
            draft = PostingDraft(account, Money(cents))
            session.add(
                Posting(
                    client_id=books.act.client_id,
                    ledger_entry_id=entry.id,
                    account=draft.account,
                    amount=draft.amount,
                )
            )
    assert "I-M15" in books.broken()


def test_an_entry_that_counts_in_a_strange_month_is_found(books: Books) -> None:
    with transaction(books.url, books.act.client_id) as session:
        for key, month in (("later", OCTOBER), ("mid month", date(2026, 9, 5))):
            entry = LedgerEntry(
                client_id=books.act.client_id,
                kind="bank_deposit",
                source_key=key,
                effective_date=date(2026, 9, 5),
                period=month,
                posted_at=NOON,
                actor="tester",
            )
            session.add(entry)
    with transaction(books.url, books.act.client_id) as session:
        results = {one.id: one for one in check_money(session, books.act.client_id)}
    assert len(results["I-M15b"].violations) == 2
