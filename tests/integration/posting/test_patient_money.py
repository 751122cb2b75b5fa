"""Patient payments and credits, and claims that are settled."""

from collections.abc import Sequence

import pytest

from models.states.claim import ClaimState
from models.values.money import Money
from revcycle.operations.posting.apply_patient_credits import apply_patient_credits
from revcycle.operations.posting.close_settled_claims import close_settled_claims
from revcycle.operations.posting.record_patient_payment import (
    PatientPaymentCount,
    record_patient_payment,
)
from revcycle.store import ledger
from revcycle.store.ledger import AlreadyBookedError
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)

DECISION = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])


def pay(office: BillingOffice, claim: BilledClaim, cents: int, key: str) -> PatientPaymentCount:
    with transaction(office.database_url) as session:
        count = record_patient_payment(
            session, office.act, claim.patient_id, amount=Money(cents), payment_key=key
        )
    office.check()
    return count


def balances(office: BillingOffice, minimum: int) -> Sequence[tuple[int, int]]:
    with transaction(office.database_url) as session:
        found = ledger.patient_balances(session, office.act.client_id, minimum=Money(minimum))
    return [(one.owed.cents, one.credit.cents) for one in found]


def test_a_payment_settles_the_balance_and_keeps_the_rest(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(a_decision(claim, DECISION)))
    assert pay(office, claim, 3_000, "form-1") == PatientPaymentCount(Money(2_500), Money(500))
    assert office.books()["PATIENT_CREDIT"] == -500
    assert balances(office, 1) == []


def test_a_payment_is_recorded_once(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    pay(office, claim, 3_000, "form-1")
    with pytest.raises(AlreadyBookedError):
        pay(office, claim, 3_000, "form-1")
    assert office.books()["BANK"] == 3_000


def test_small_balances_are_left_out_of_the_list(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(a_decision(claim, DECISION)))
    assert balances(office, 2_500) == [(2_500, 0)]
    assert balances(office, 2_501) == []


def test_a_patient_who_paid_owes_only_what_a_correction_adds(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    decision = a_decision(claim, DECISION)
    office.post(a_remittance(decision))
    pay(office, claim, 2_500, "form-1")
    office.post(a_remittance(reversed_decision(decision), trace="EFT2", plb=[("WO", "X", -5_000)]))
    assert office.books()["PATIENT_CREDIT"] == -2_500
    assert office.open_items() == ["posting.credit_balance"]
    correction = a_decision(claim, (4_000, [("CO", "45", 7_500), ("PR", "1", 3_500)]))
    office.post(a_remittance(correction, trace="EFT3"))
    assert office.books()["AR:PAT"] == 1_000
    assert "PATIENT_CREDIT" not in office.books()
    assert office.open_items() == []


def test_a_correction_that_lowers_the_share_leaves_a_credit(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    decision = a_decision(claim, DECISION)
    office.post(a_remittance(decision))
    pay(office, claim, 2_500, "form-1")
    correction = a_decision(claim, (6_000, [("CO", "45", 7_500), ("PR", "1", 1_500)]))
    office.post(a_remittance(reversed_decision(decision), correction, trace="EFT2"))
    assert office.books()["PATIENT_CREDIT"] == -1_000
    assert office.open_items() == ["posting.credit_balance"]


def test_a_claim_is_closed_when_its_payer_owes_nothing(office: BillingOffice) -> None:
    paid, denied, waiting = office.bill(15_000), office.bill(9_000), office.bill(8_000)
    decision = a_decision(paid, DECISION)
    office.post(a_remittance(decision, a_decision(denied, (0, [("CO", "29", 9_000)]))))
    with transaction(office.database_url) as session:
        assert close_settled_claims(session, office.act) == 1
        assert close_settled_claims(session, office.act) == 0
    states = [office.claim(claim).state for claim in (paid, denied, waiting)]
    assert states == [ClaimState.CLOSED, ClaimState.DENIED, ClaimState.ACCEPTED]
    office.post(a_remittance(reversed_decision(decision), trace="EFT2", plb=[("WO", "X", -5_000)]))
    assert office.claim(paid).state == ClaimState.REVERSED


def test_a_prepayment_pays_what_insurance_leaves(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    pay(office, claim, 2_000, "prepaid")
    office.post(a_remittance(a_decision(claim, DECISION)))
    with transaction(office.database_url) as session:
        assert apply_patient_credits(session, office.act) == 1
        assert apply_patient_credits(session, office.act) == 0
    office.check()
    assert office.books()["AR:PAT"] == 500
    assert "PATIENT_CREDIT" not in office.books()


def test_a_credit_of_one_charge_pays_another_of_the_same_patient(office: BillingOffice) -> None:
    claim = office.bill(15_000, 15_000)
    decision = a_decision(claim, DECISION, (7_500, [("CO", "45", 7_500)]))
    office.post(a_remittance(decision))
    pay(office, claim, 2_500, "form-1")
    correction = a_decision(claim, (7_500, [("CO", "45", 7_500)]), DECISION)
    office.post(a_remittance(reversed_decision(decision), correction, trace="EFT2"))
    assert office.open_items() == ["posting.credit_balance"]
    with transaction(office.database_url) as session:
        apply_patient_credits(session, office.act)
    office.check()
    assert not {"AR:PAT", "PATIENT_CREDIT"} & office.books().keys()
    assert office.open_items() == []
