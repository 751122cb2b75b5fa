"""What the responsible payer decides after another one had denied, from its 835 to the books."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlmodel import select

from models.documents.claim import ClaimDocument, ClaimForm, OtherPayer
from models.documents.party import Organization
from models.documents.practice import PracticeFacts
from models.states.claim import ClaimState
from models.tables import Claim, Coverage
from models.values.money import Money
from revcycle.operations.denials.rebill_other_payer import rebill_other_payer
from revcycle.operations.posting.close_settled_claims import close_settled_claims
from revcycle.operations.posting.record_patient_payment import record_patient_payment
from revcycle.operations.submission.policies import ClaimPolicy
from revcycle.store.claim_documents import claim_documents
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    PAID_ON,
    BilledClaim,
    BillingOffice,
    Said,
    a_decision,
    a_remittance,
    reversed_decision,
)

POLICY = ClaimPolicy(ClaimForm.PROFESSIONAL, {}, {})
PRACTICE = PracticeFacts(Organization("Invented Practice", "1999900008"))


DENIED = (0, [("CO", "27", 15_000)])
DENIED_BUT_A_SHARE = (0, [("CO", "22", 12_000), ("PR", "1", 3_000)])
PAID_A_PART = (1_000, [("CO", "22", 14_000)])
Line = tuple[int, Sequence[Said]]


def rebilled(
    office: BillingOffice, *, coverages: tuple[int, ...] = (1, 2), said: Line = DENIED
) -> BilledClaim:
    """Have the first payer deny and the second one asked instead, as a first payer."""
    first = office.bill(15_000, coverages=coverages)
    office.post(a_remittance(a_decision(first, said), trace="DENIED"))
    return ask_second(office, first)


def ask_second(office: BillingOffice, first: BilledClaim) -> BilledClaim:
    """Answer the denial by a first claim to the second payer, which arrives there.

    Its card may be known only since the denial.
    """
    (denial,) = office.denials()
    client_id = office.act.client_id
    with transaction(office.database_url, client_id) as session:
        coverage = session.exec(
            select(Coverage).where(Coverage.client_id == client_id, Coverage.rank == 2)
        ).one_or_none()
        if coverage is None:
            coverage = office.coverage(first.patient_id, 2)
            session.add(coverage)
            session.flush()
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


def test_another_payer_decides_what_the_patient_owes_too(office: BillingOffice) -> None:
    claim = rebilled(office, coverages=(1,), said=DENIED_BUT_A_SHARE)
    assert office.books() == {"AR:INS2": 15_000, "CHARGES": -15_000}
    office.post(a_remittance(a_decision(claim, (14_000, [("PR", "2", 1_000)]))))
    assert office.books() == {"REMIT_CLEARING": 14_000, "AR:PAT": 1_000, "CHARGES": -15_000}


def test_a_share_that_the_patient_paid_stays_paid(office: BillingOffice) -> None:
    first = office.bill(15_000, coverages=(1,))
    office.post(a_remittance(a_decision(first, DENIED_BUT_A_SHARE)))
    with transaction(office.database_url, office.act.client_id) as session:
        record_patient_payment(
            session,
            office.act,
            first.patient_id,
            amount=Money(1_800),
            payment_key="1",
            received_on=PAID_ON,
        )
    ask_second(office, first)
    assert office.books() == {"AR:INS2": 13_200, "BANK": 1_800, "CHARGES": -15_000}


def test_the_denying_payer_that_takes_its_word_back_owes_all_again(office: BillingOffice) -> None:
    first = office.bill(15_000, coverages=(1,))
    decision = a_decision(first, DENIED_BUT_A_SHARE)
    office.post(a_remittance(decision, trace="DENIED"))
    ask_second(office, first)
    office.post(a_remittance(reversed_decision(decision), trace="BACK"))
    assert office.books() == {"AR:INS1": 15_000, "CHARGES": -15_000}


def test_the_third_payer_is_not_told_of_one_that_was_not_responsible(
    office: BillingOffice,
) -> None:
    claim = rebilled(office, coverages=(1, 2, 3))
    assert [(one.payer.name, one.payer.responsibility) for one in told(office, claim)] == [
        ("Payer 3", "S")
    ]
    office.post(a_remittance(a_decision(claim, (13_000, [("PR", "1", 2_000)]))))
    third = office.bill_next(claim, 3)
    (earlier,) = told(office, third)
    assert (earlier.payer.name, earlier.payer.responsibility) == ("Payer 2", "P")
    assert earlier.paid == Money(13_000)
    assert document(office, third).payer.responsibility == "S"
    second = a_decision(third, (1_500, [("OA", "23", 13_000), ("PR", "3", 500)]), status="2")
    office.post(a_remittance(second, trace="EFT3"))
    assert office.books() == {"REMIT_CLEARING": 14_500, "AR:PAT": 500, "CHARGES": -15_000}


def test_the_third_payer_is_told_of_one_that_paid_a_part(office: BillingOffice) -> None:
    claim = rebilled(office, coverages=(1, 2, 3), said=PAID_A_PART)
    office.post(
        a_remittance(a_decision(claim, (12_000, [("CO", "45", 1_000), ("PR", "1", 2_000)])))
    )
    third = office.bill_next(claim, 3)
    assert [one.payer.responsibility for one in told(office, third)] == ["P", "S"]
    assert document(office, third).payer.responsibility == "T"


def document(office: BillingOffice, claim: BilledClaim) -> ClaimDocument:
    """Picture a claim as it is sent."""
    client_id = office.act.client_id
    with transaction(office.database_url, client_id) as session:
        found = claim_documents(session, client_id, [claim.claim_id], practice=PRACTICE)
    return found[claim.claim_id]


def told(office: BillingOffice, claim: BilledClaim) -> tuple[OtherPayer, ...]:
    """List whom a claim names besides its payer."""
    return document(office, claim).other_payers


def test_what_it_denies_too_is_a_denial_of_its_own_claim(
    office: BillingOffice, claim: BilledClaim
) -> None:
    office.post(a_remittance(a_decision(claim, (0, [("CO", "197", 15_000)]))))
    assert [one.reason for one in office.denials() if one.claim_id == claim.claim_id] == ["197"]
    assert office.books() == {"AR:INS:DENIED": 15_000, "CHARGES": -15_000}
