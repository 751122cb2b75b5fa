"""A check is written while the payer takes the money back: both connections agree in the end."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import text

from models.documents.act import Act
from models.documents.remittance import RemittanceClaim
from models.tables import Client
from revcycle.operations.refunds.pay_refund import pay_refund
from revcycle.store.session import transaction
from tests.conftest import NOON, TODAY
from tests.integration.posting.billing_office import BillingOffice, a_decision, a_remittance
from tests.integration.posting.matching_desk import MatchingDesk, of_nobody
from tests.integration.refunds.test_unapplied_money_taken_back import PAID, ask, take_back

pytestmark = pytest.mark.postgres
LOOKS_MAX = 20_000
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def desk(postgres_url: str) -> MatchingDesk:
    """Somebody who finds owners of payments."""
    client = Client(key="practice", name="Practice", time_zone="America/New_York")
    with transaction(postgres_url) as session:
        session.add(client)
    return MatchingDesk(BillingOffice(postgres_url, Act(client.id, "tester", NOON, TODAY)))


def wait_for_one_that_waits(desk: MatchingDesk) -> None:
    """Look until one connection waits for a lock that the other holds."""
    for _ in range(LOOKS_MAX):
        with transaction(desk.office.database_url) as session:
            if session.execute(WAITING).scalar_one():
                return
    pytest.fail("no connection waits for the other")


def approved(desk: MatchingDesk, stranger: RemittanceClaim) -> UUID:
    """Receive money of nobody, and let it go back."""
    desk.office.post(a_remittance(stranger))
    return ask(desk)


def test_the_payer_that_takes_it_meanwhile_owes_it(desk: MatchingDesk) -> None:
    stranger = of_nobody(a_decision(desk.office.bill(15_000), (PAID, [("CO", "45", 6_000)])))
    refund_id = approved(desk, stranger)
    with ThreadPoolExecutor(1) as pool:
        with transaction(desk.office.database_url, desk.act.client_id) as session:
            pay_refund(session, desk.act, refund_id, instrument="1001")
            session.flush()
            taking = pool.submit(take_back, desk, stranger)
            wait_for_one_that_waits(desk)
        taking.result()
    desk.office.check()
    books = desk.office.books()
    assert (books["RECOUP_DUE"], books.get("UNAPPLIED", 0)) == (PAID, 0)
