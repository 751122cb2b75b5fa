"""Two people join accounts, or one joins while another posts: over two connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlmodel import select

from models.documents.act import Act
from models.documents.patient_money import PaymentForm
from models.errors import NotFoundError
from models.states.patient_payment import PaymentMethod
from models.tables import Client, PatientJoin
from models.values.money import Money
from revcycle.operations.intake.join_patients import join_patients
from revcycle.operations.patient_money.take_payment import take_payment
from revcycle.store import ledger
from revcycle.store.session import transaction
from tests.conftest import NOON, TODAY
from tests.integration.posting.billing_office import (
    PAID_ON,
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)

pytestmark = pytest.mark.postgres
OWES_25 = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])


@pytest.fixture
def office(postgres_url: str) -> BillingOffice:
    client = Client(key="demo_practice", name="Demo Practice", time_zone="America/New_York")
    with transaction(postgres_url) as session:
        session.add(client)
    return BillingOffice(postgres_url, Act(client.id, "tester", NOON, TODAY))


@pytest.fixture
def two(office: BillingOffice) -> tuple[BilledClaim, BilledClaim]:
    """One person with two accounts; each owes 25.00."""
    kept, gone = office.bill(15_000), office.bill(15_000)
    office.post(a_remittance(a_decision(kept, OWES_25), a_decision(gone, OWES_25)))
    return kept, gone


def join(office: BillingOffice, duplicate: UUID, keep: UUID) -> UUID | None:
    """Join in a connection of its own; None where the accounts were joined meanwhile."""
    try:
        with transaction(office.database_url, office.act.client_id) as session:
            return join_patients(session, office.act, duplicate=duplicate, keep=keep)
    except NotFoundError:
        return None


def pay(office: BillingOffice, patient_id: UUID, key: str) -> UUID | None:
    """Take 10.00 in a connection of its own; None where the account was joined meanwhile."""
    form = PaymentForm(PaymentMethod.CASH, Money(1_000), PAID_ON, key.ljust(16, "0"))
    try:
        with transaction(office.database_url, office.act.client_id) as session:
            return take_payment(session, office.act, patient_id, form)
    except NotFoundError:
        return None


def at_once(*does: Callable[[], UUID | None]) -> list[UUID | None]:
    with ThreadPoolExecutor(len(does)) as desks:
        return [one.result() for one in [desks.submit(do) for do in does]]


def test_two_people_who_join_the_same_two_either_way_leave_one_account(
    office: BillingOffice, two: tuple[BilledClaim, BilledClaim]
) -> None:
    first, second = (one.patient_id for one in two)
    at_once(lambda: join(office, first, second), lambda: join(office, second, first))
    office.check()
    with transaction(office.database_url, office.act.client_id) as session:
        (row,) = session.exec(select(PatientJoin)).all()
        balances = ledger.patient_balances(session, office.act.client_id, minimum=Money(1))
    assert [(one.patient_id, one.owed) for one in balances] == [(row.kept_id, Money(5_000))]


def test_a_payment_taken_while_two_are_joined_is_theirs_or_is_refused(
    office: BillingOffice, two: tuple[BilledClaim, BilledClaim]
) -> None:
    kept, gone = two
    _, paid = at_once(
        lambda: join(office, gone.patient_id, kept.patient_id),
        lambda: pay(office, gone.patient_id, "beside"),
    )
    office.check()
    owed = 4_000 if paid else 5_000
    with transaction(office.database_url, office.act.client_id) as session:
        balances = ledger.patient_balances(session, office.act.client_id, minimum=Money(1))
    assert [(one.patient_id, one.owed.cents) for one in balances] == [(kept.patient_id, owed)]
