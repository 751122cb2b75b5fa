"""The books: once, balanced, never changed; and the checks that would tell."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.documents.act import Act
from models.documents.ledger import EntryDraft, EntryKind, LedgerSubject, PostingDraft
from models.tables import LedgerEntry, Posting
from models.values.accounts import Account
from models.values.identifiers import new_id
from models.values.money import Money
from models.values.months import month_of
from revcycle.operations.verify.money import check_money
from revcycle.rules.ledger.movements import bank_deposit_entry
from revcycle.store import ledger
from revcycle.store.ledger import AlreadyBookedError
from revcycle.store.session import transaction

DAY = date(2026, 11, 18)


def a_deposit(key: str, cents: int = 500) -> EntryDraft:
    return bank_deposit_entry(key, DAY, LedgerSubject(), Money(cents))


def test_an_event_is_booked_once(database_url: str, client_id: UUID, act: Act) -> None:
    with transaction(database_url) as session:
        assert ledger.insert_entries(session, client_id, act, [a_deposit("d:1")]) == 1
    with pytest.raises(AlreadyBookedError), transaction(database_url) as session:
        ledger.insert_entries(session, client_id, act, [a_deposit("d:2"), a_deposit("d:1")])
    with transaction(database_url) as session:
        keys = ledger.booked_source_keys(session, client_id, ["d:1", "d:2"])
        assert keys == {"d:1"}


def test_one_event_twice_in_one_booking_is_refused(
    database_url: str, client_id: UUID, act: Act
) -> None:
    with pytest.raises(AlreadyBookedError), transaction(database_url) as session:
        ledger.insert_entries(session, client_id, act, [a_deposit("d:1"), a_deposit("d:1")])


def test_an_entry_that_moves_nothing_is_not_written(
    database_url: str, client_id: UUID, act: Act
) -> None:
    with transaction(database_url) as session:
        assert ledger.insert_entries(session, client_id, act, [a_deposit("d:1", 0)]) == 0


def test_an_entry_is_reversed_once(database_url: str, client_id: UUID, act: Act) -> None:
    with transaction(database_url) as session:
        ledger.insert_entries(session, client_id, act, [a_deposit("d:1")])
    with transaction(database_url) as session:
        booked = session.execute(text("SELECT id FROM ledger_entry")).scalar_one()
    reversals = [
        EntryDraft.of(EntryKind.REVERSAL, key, DAY, a_deposit("x", -500).postings, reverses_id=id_)
        for key, id_ in (("r:1", UUID(booked)), ("r:2", UUID(booked)))
    ]
    with pytest.raises(AlreadyBookedError), transaction(database_url) as session:
        ledger.insert_entries(session, client_id, act, reversals)


def test_practices_keep_their_own_books(database_url: str, client_id: UUID, act: Act) -> None:
    with transaction(database_url) as session:
        ledger.insert_entries(session, client_id, act, [a_deposit("d:1")])
        assert ledger.trial_balance(session, client_id)[Account.BANK] == Money(500)
        assert ledger.trial_balance(session, new_id()) == {}


def test_the_books_cannot_be_changed(database_url: str, client_id: UUID, act: Act) -> None:
    with transaction(database_url) as session:
        ledger.insert_entries(session, client_id, act, [a_deposit("d:1")])
    with pytest.raises(IntegrityError, match="append-only"), transaction(database_url) as session:
        session.execute(text("UPDATE posting SET amount = 1"))


def test_empty_books_break_no_promise(database_url: str, client_id: UUID) -> None:
    with transaction(database_url) as session:
        assert not any(result.violations for result in check_money(session, client_id))


def test_a_broken_entry_is_found(database_url: str, client_id: UUID, act: Act) -> None:
    entry = LedgerEntry(
        client_id=client_id,
        kind="charge",
        source_key="broken",
        effective_date=DAY,
        period=month_of(DAY),
        posted_at=act.at,
        actor="tester",
    )
    posting = Posting(
        client_id=client_id, ledger_entry_id=entry.id, account=Account.BANK, amount=Money(1)
    )
    empty = LedgerEntry(
        client_id=client_id,
        kind="charge",
        source_key="empty",
        effective_date=DAY,
        period=month_of(DAY),
        posted_at=act.at,
        actor="tester",
    )
    with transaction(database_url) as session:
        session.add_all([entry, posting, empty])
    with transaction(database_url) as session:
        results = {result.id: result for result in check_money(session, client_id)}
    assert set(results["I-M1"].violations) == {str(entry.id), str(empty.id)}
    assert results["I-M1"].checked == 2


def test_an_inexact_reversal_is_found(database_url: str, client_id: UUID, act: Act) -> None:
    with transaction(database_url) as session:
        ledger.insert_entries(session, client_id, act, [a_deposit("d:1")])
    with transaction(database_url) as session:
        booked = UUID(session.execute(text("SELECT id FROM ledger_entry")).scalar_one())
        short = (
            PostingDraft(Account.BANK, Money(-499)),
            PostingDraft(Account.REMITTANCE_CLEARING, Money(499)),
        )
        draft = EntryDraft.of(EntryKind.REVERSAL, "r:1", DAY, short, reverses_id=booked)
        ledger.insert_entries(session, client_id, act, [draft])
    with transaction(database_url) as session:
        results = {result.id: result for result in check_money(session, client_id)}
    assert len(results["I-M7"].violations) == 1
