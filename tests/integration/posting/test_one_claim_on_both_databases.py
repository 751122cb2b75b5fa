"""One claim through payment, denial, reversal, correction and patient money, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime

from models.documents.act import Act
from models.states.claim import ClaimState
from models.tables import Client
from models.values.money import Money
from revcycle.operations.denials.approve_write_off import approve_write_off
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.operations.posting.close_settled_claims import close_settled_claims
from revcycle.operations.posting.record_patient_payment import record_patient_payment
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)
from tests.people import approver


def an_office(database_url: str) -> BillingOffice:
    client = Client(key="demo_practice", name="Demo Practice", time_zone="America/New_York")
    with transaction(database_url) as session:
        session.add(client)
    at = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    return BillingOffice(database_url, Act(client.id, "tester", at, date(2026, 11, 20)))


def test_the_books_follow_one_claim_to_its_end(either_database_url: str) -> None:
    office = an_office(either_database_url)
    claim = office.bill(15_000, 4_000)
    decision = a_decision(
        claim, (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)]), (0, [("CO", "29", 4_000)])
    )
    office.post(a_remittance(decision))
    with transaction(either_database_url, office.act.client_id) as session:
        record_patient_payment(
            session, office.act, claim.patient_id, amount=Money(2_500), payment_key="form-1"
        )
    correction = a_decision(
        claim, (4_000, [("CO", "45", 7_500), ("PR", "1", 3_500)]), (0, [("CO", "29", 4_000)])
    )
    office.post(a_remittance(correction, reversed_decision(decision), trace="EFT2"))
    waiting = [denial for denial in office.denials() if denial.state == "open"]
    assert [denial.amount for denial in waiting] == [Money(4_000)]
    with transaction(either_database_url, office.act.client_id) as session:
        request_write_off(session, office.act, waiting[0].id, reason="timely_filing")
        approve_write_off(
            session, replace(office.act, actor="second"), waiting[0].id, approver=approver()
        )
    with transaction(either_database_url, office.act.client_id) as session:
        assert close_settled_claims(session, office.act) == 1
    office.check()
    assert office.claim(claim).state == ClaimState.CLOSED
    assert office.books() == {
        "AR:PAT": 1_000,
        "BANK": 2_500,
        "REMIT_CLEARING": 4_000,
        "CONTRACTUAL": 7_500,
        "ADMIN_WO": 4_000,
        "CHARGES": -19_000,
    }
