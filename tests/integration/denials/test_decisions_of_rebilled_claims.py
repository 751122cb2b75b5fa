"""What the responsible payer decides after another one had denied, from its 835 to the books."""

from dataclasses import replace

import pytest
from sqlmodel import select

from models.documents.claim import ClaimForm
from models.states.claim import ClaimState
from models.tables import Claim, Coverage
from revcycle.operations.denials.rebill_other_payer import rebill_other_payer
from revcycle.operations.posting.close_settled_claims import close_settled_claims
from revcycle.operations.submission.policies import ClaimPolicy
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)

POLICY = ClaimPolicy(ClaimForm.PROFESSIONAL, {}, {})


def rebilled(office: BillingOffice, *, coverages: tuple[int, ...] = (1, 2)) -> BilledClaim:
    """Have the first payer deny 150.00 and the second one asked instead, as a first payer."""
    first = office.bill(15_000, coverages=coverages)
    office.post(a_remittance(a_decision(first, (0, [("CO", "27", 15_000)])), trace="DENIED"))
    (denial,) = office.denials()
    client_id = office.act.client_id
    with transaction(office.database_url, client_id) as session:
        coverage = session.exec(
            select(Coverage).where(Coverage.client_id == client_id, Coverage.rank == 2)
        ).one()
        rebilled_id = rebill_other_payer(
            session, office.act, denial.id, coverage_id=coverage.id, policy=POLICY
        )
        new = session.exec(select(Claim).where(Claim.id == rebilled_id)).one()
        new.state = ClaimState.ACCEPTED  # sent and received
        return replace(first, claim_id=rebilled_id, control_number=new.control_number)


@pytest.fixture
def claim(office: BillingOffice) -> BilledClaim:
    """A claim that names the second payer as the first one."""
    return rebilled(office)


def test_a_first_payers_answer_is_booked_on_the_place_the_books_keep(
    office: BillingOffice, claim: BilledClaim
) -> None:
    decision = a_decision(claim, (9_000, [("CO", "45", 4_000), ("PR", "2", 2_000)]), status="1")
    count = office.post(a_remittance(decision))
    assert (count.decided, count.unapplied) == (1, 0)
    assert office.books() == {
        "REMIT_CLEARING": 9_000,
        "CONTRACTUAL": 4_000,
        "AR:PAT": 2_000,
        "CHARGES": -15_000,
    }
    assert office.claim(claim).state == ClaimState.PAID
    with transaction(office.database_url, office.act.client_id) as session:
        assert close_settled_claims(session, office.act) == 2
    assert office.open_items() == []


def test_what_it_leaves_to_the_patient_the_next_payer_is_asked_first(
    office: BillingOffice,
) -> None:
    claim = rebilled(office, coverages=(1, 2, 3))
    office.post(a_remittance(a_decision(claim, (13_000, [("PR", "1", 2_000)]))))
    assert office.books() == {"REMIT_CLEARING": 13_000, "AR:INS3": 2_000, "CHARGES": -15_000}


def test_a_forwarded_claim_answered_as_second_is_the_next_payers_answer(
    office: BillingOffice,
) -> None:
    claim = rebilled(office, coverages=(1, 2, 3))
    office.post(a_remittance(a_decision(claim, (13_000, [("PR", "1", 2_000)]), status="19")))
    second = a_decision(claim, (1_500, [("OA", "23", 13_000), ("PR", "3", 500)]), status="2")
    count = office.post(a_remittance(second, trace="EFT2"))
    assert (count.decided, count.unapplied) == (1, 0)
    assert office.books() == {"REMIT_CLEARING": 14_500, "AR:PAT": 500, "CHARGES": -15_000}


def test_the_same_answer_twice_under_two_payments_waits_for_a_person(
    office: BillingOffice, claim: BilledClaim
) -> None:
    decision = a_decision(claim, (9_000, [("CO", "45", 6_000)]))
    office.post(a_remittance(decision))
    count = office.post(a_remittance(decision, trace="EFT2"))
    assert (count.decided, count.unapplied) == (0, 1)
    assert office.books()["UNAPPLIED"] == -9_000


def test_what_it_takes_back_and_corrects_stays_on_its_place(
    office: BillingOffice, claim: BilledClaim
) -> None:
    decision = a_decision(claim, (9_000, [("CO", "45", 6_000)]))
    corrected = a_decision(claim, (11_000, [("CO", "45", 4_000)]))
    office.post(a_remittance(decision))
    office.post(a_remittance(reversed_decision(decision), corrected, trace="EFT2"))
    assert office.books() == {
        "REMIT_CLEARING": 11_000,
        "CONTRACTUAL": 4_000,
        "CHARGES": -15_000,
    }


def test_what_it_denies_too_is_a_denial_of_its_own_claim(
    office: BillingOffice, claim: BilledClaim
) -> None:
    office.post(a_remittance(a_decision(claim, (0, [("CO", "197", 15_000)]))))
    assert [one.reason for one in office.denials() if one.claim_id == claim.claim_id] == ["197"]
    assert office.books() == {"AR:INS:DENIED": 15_000, "CHARGES": -15_000}
