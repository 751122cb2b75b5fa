"""A month closes while somebody posts: over two connections, nothing is lost or counted twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import text
from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import LedgerSubject
from models.errors import UnavailableError
from models.tables import Client
from models.values.accounts import Account
from models.values.money import Money
from revcycle.operations.books.close_period import close_period
from revcycle.operations.verify.money import check_money
from revcycle.rules.ledger.movements import bank_deposit_entry
from revcycle.store import ledger, periods
from revcycle.store.session import transaction
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.postgres
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
LAST_OF_SEPTEMBER = date(2026, 9, 30)
LOOKS_MAX = 20_000
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


class TwoDesks:
    """One practice whose books two connections write at the same time."""

    def __init__(self, url: str) -> None:
        client = Client(key="practice", name="Practice", time_zone="UTC")
        with transaction(url) as session:
            session.add(client)
        self.url = url
        self.act = Act(client.id, "tester", NOON, TODAY)
        with transaction(url, client.id) as session:
            self.deposit(session, "before")

    def deposit(self, session: Session, key: str) -> None:
        """Book 5.00 of the last day of September."""
        entry = bank_deposit_entry(key, LAST_OF_SEPTEMBER, LedgerSubject(), Money(500))
        ledger.insert_entries(session, self.act.client_id, self.act, [entry])

    def post(self) -> None:
        """Post in a connection of its own."""
        with transaction(self.url, self.act.client_id) as session:
            self.deposit(session, "beside")

    def close(self) -> None:
        """Close September in a connection of its own."""
        with transaction(self.url, self.act.client_id) as session:
            close_period(session, self.act, SEPTEMBER)

    def wait_for_one_that_waits(self) -> None:
        """Look until one connection waits for a lock that the other holds."""
        for _ in range(LOOKS_MAX):
            with transaction(self.url) as session:
                if session.execute(WAITING).scalar_one():
                    return
        pytest.fail("no connection waits for the other")

    def months(self) -> dict[str, date]:
        """Say of each entry where it counts; the books must hold."""
        with transaction(self.url, self.act.client_id) as session:
            rows = session.execute(text("SELECT source_key, period FROM ledger_entry"))
            found: dict[str, date] = {key: month for key, month in rows}  # noqa: C416 - rows, not pairs
            results = check_money(session, self.act.client_id)
        assert {one.id: one.violations for one in results if one.violations} == {}
        return found

    def bank_at_the_end_of(self, month: date) -> Money:
        """Say what stood at the bank."""
        with transaction(self.url, self.act.client_id) as session:
            lines = periods.trial_of_month(session, self.act.client_id, month)
        return next(one.closing for one in lines if one.account is Account.BANK)


@pytest.fixture
def desks(postgres_url: str) -> TwoDesks:
    """Two desks of one practice, with a first deposit in September."""
    return TwoDesks(postgres_url)


def test_a_month_closes_after_the_posting_that_began_before(desks: TwoDesks) -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction(desks.url, desks.act.client_id) as session:
            desks.deposit(session, "began before")
            closing = pool.submit(desks.close)
            desks.wait_for_one_that_waits()
        closing.result()
    assert desks.months() == {"before": SEPTEMBER, "began before": SEPTEMBER}
    assert desks.bank_at_the_end_of(SEPTEMBER) == Money(1_000)


def test_a_posting_that_meets_a_closing_is_tried_again_and_counts_in_the_next_month(
    desks: TwoDesks,
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction(desks.url, desks.act.client_id) as session:
            close_period(session, desks.act, SEPTEMBER)
            posting = pool.submit(desks.post)
            desks.wait_for_one_that_waits()
        with pytest.raises(UnavailableError):
            posting.result()
    assert desks.months() == {"before": SEPTEMBER}
    desks.post()
    assert desks.months() == {"before": SEPTEMBER, "beside": OCTOBER}
    assert desks.bank_at_the_end_of(SEPTEMBER) == Money(500)


def test_a_posting_that_looked_before_the_closing_and_books_after_it_counts_in_the_next_month(
    desks: TwoDesks,
) -> None:
    with transaction(desks.url, desks.act.client_id) as session:
        session.execute(text("SELECT count(*) FROM ledger_entry"))
        desks.close()
        desks.deposit(session, "looked before")
    assert desks.months() == {"before": SEPTEMBER, "looked before": OCTOBER}
    assert desks.bank_at_the_end_of(SEPTEMBER) == Money(500)
    assert desks.bank_at_the_end_of(OCTOBER) == Money(1_000)
