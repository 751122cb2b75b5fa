"""Denials: opened by posting, worked by people, answered by the payer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.documents.act import Act
from models.documents.claim import FrequencyCode
from models.errors import NotFoundError, RejectedError
from models.states.claim import ClaimState
from models.states.denial import DenialState
from models.states.transition import IllegalTransitionError
from models.tables import Charge, Denial
from models.values.accounts import Account
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.operations.denials.approve_write_off import SamePersonError, approve_write_off
from revcycle.operations.denials.bill_patient import bill_patient
from revcycle.operations.denials.close_denial import close_denial
from revcycle.operations.denials.correct_claim import CorrectedClaim, correct_claim
from revcycle.operations.denials.refuse_write_off import refuse_write_off
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.operations.posting.close_settled_claims import close_settled_claims
from revcycle.operations.posting.record_patient_payment import record_patient_payment
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)
from tests.people import approver

DENIED = (0, [("CO", "197", 15_000)])
PAID = (10_000, [("CO", "45", 5_000)])


def a_denied_claim(office: BillingOffice) -> tuple[BilledClaim, Denial]:
    claim = office.bill(15_000)
    office.post(a_remittance(a_decision(claim, DENIED)))
    (denial,) = office.denials()
    return claim, denial


def correct(office: BillingOffice, claim: BilledClaim, *, replaces: bool = True) -> CorrectedClaim:
    with transaction(office.database_url) as session:
        count = correct_claim(session, office.act, claim.claim_id, takes_replacements=replaces)
    office.check()
    return count


def submit_again(office: BillingOffice, claim: BilledClaim) -> None:
    with transaction(office.database_url) as session:
        row = office.claim(claim)
        row.state = ClaimState.ACCEPTED
        session.add(row)


def test_posting_opens_a_denial_with_its_play_and_its_work(office: BillingOffice) -> None:
    claim, denial = a_denied_claim(office)
    assert (denial.group, denial.reason, denial.amount) == ("CO", "197", Money(15_000))
    assert (denial.category, denial.state) == ("authorization", DenialState.OPEN)
    assert denial.due_on == office.act.today + timedelta(days=7)
    assert office.claim(claim).state == ClaimState.DENIED
    assert office.books() == {"AR:INS:DENIED": 15_000, "CHARGES": -15_000}
    assert office.open_items() == ["CO-197"]


def test_each_denying_adjustment_is_a_denial_of_its_own(office: BillingOffice) -> None:
    claim = office.bill(15_000, 4_000)
    decision = a_decision(
        claim,
        (2_000, [("CO", "45", 3_000), ("CO", "97", 6_000), ("CO", "16", 4_000)]),
        (4_000, []),
        remarks=("N290",),
    )
    count = office.post(a_remittance(decision))
    assert count.denials_opened == 2
    found = {(denial.reason, denial.category, denial.amount.cents) for denial in office.denials()}
    assert found == {("16", "enrollment", 4_000), ("97", "coding", 6_000)}


def test_a_corrected_claim_replaces_the_denied_one(office: BillingOffice) -> None:
    claim, _ = a_denied_claim(office)
    assert correct(office, claim) == CorrectedClaim(FrequencyCode.REPLACEMENT, 1)
    row = office.claim(claim)
    assert (row.state, row.original_reference) == (ClaimState.DRAFT, "ICN1")
    assert office.denials()[0].state == DenialState.CORRECTED
    assert office.books() == {"AR:INS1": 15_000, "CHARGES": -15_000}
    assert office.open_items() == []


def test_a_denial_is_over_when_the_corrected_claim_is_settled(office: BillingOffice) -> None:
    claim, _ = a_denied_claim(office)
    correct(office, claim)
    submit_again(office, claim)
    with transaction(office.database_url) as session:
        assert close_settled_claims(session, office.act) == 0
    assert office.denials()[0].state == DenialState.CORRECTED
    office.post(a_remittance(a_decision(claim, PAID), trace="EFT2"))
    with transaction(office.database_url) as session:
        assert close_settled_claims(session, office.act) == 1
    assert office.denials()[0].state == DenialState.CLOSED
    office.check()


def test_a_payer_that_takes_no_replacement_gets_a_new_claim(office: BillingOffice) -> None:
    claim, _ = a_denied_claim(office)
    assert correct(office, claim, replaces=False).frequency_code is FrequencyCode.ORIGINAL
    assert office.claim(claim).original_reference == ""


def test_a_rejected_claim_goes_out_as_an_original(office: BillingOffice) -> None:
    claim = office.bill(15_000, state=ClaimState.REJECTED)
    assert correct(office, claim) == CorrectedClaim(FrequencyCode.ORIGINAL, 0)


def test_a_claim_under_way_is_not_corrected(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    with pytest.raises(IllegalTransitionError):
        correct(office, claim)


def test_a_corrected_price_reaches_the_claim_and_the_books(office: BillingOffice) -> None:
    claim, _ = a_denied_claim(office)
    with transaction(office.database_url) as session:
        charge = session.get(Charge, (office.act.client_id, claim.charge_ids[0]))
        assert charge is not None
        charge.amount = Money(12_000)
    correct(office, claim)
    assert office.claim(claim).charge_total == Money(12_000)
    assert office.books() == {"AR:INS1": 12_000, "CHARGES": -12_000}


def test_a_replacement_that_is_paid_settles_the_claim(office: BillingOffice) -> None:
    claim, _ = a_denied_claim(office)
    correct(office, claim)
    submit_again(office, claim)
    office.post(a_remittance(a_decision(claim, PAID, payer_number="ICN2"), trace="EFT2"))
    assert office.claim(claim).state == ClaimState.PAID
    assert office.books() == {"CHARGES": -15_000, "REMIT_CLEARING": 10_000, "CONTRACTUAL": 5_000}


def test_a_payer_may_reverse_the_denial_and_pay_the_replacement(office: BillingOffice) -> None:
    claim, _ = a_denied_claim(office)
    correct(office, claim)
    submit_again(office, claim)
    back = reversed_decision(a_decision(claim, DENIED))
    office.post(a_remittance(back, a_decision(claim, PAID, payer_number="ICN2"), trace="EFT2"))
    assert office.denials()[0].state == DenialState.REVERSED
    assert office.books() == {"CHARGES": -15_000, "REMIT_CLEARING": 10_000, "CONTRACTUAL": 5_000}


def test_a_write_off_takes_two_persons(office: BillingOffice) -> None:
    claim, denial = a_denied_claim(office)
    with transaction(office.database_url) as session:
        request_write_off(session, office.act, denial.id, reason="timely_filing")
    assert office.open_items() == ["write_off_requested"]
    with pytest.raises(SamePersonError), transaction(office.database_url) as session:
        approve_write_off(session, office.act, denial.id, approver=approver())
    second = replace(office.act, actor="second")
    with transaction(office.database_url) as session:
        approve_write_off(session, second, denial.id, approver=approver())
    office.check()
    assert office.books() == {"ADMIN_WO": 15_000, "CHARGES": -15_000}
    assert office.denials()[0].state == DenialState.WRITTEN_OFF
    assert office.open_items() == []
    with transaction(office.database_url) as session:
        assert close_settled_claims(session, office.act) == 1
    assert office.claim(claim).state == ClaimState.CLOSED


def test_a_refused_write_off_goes_back_to_work(office: BillingOffice) -> None:
    _, denial = a_denied_claim(office)
    with transaction(office.database_url) as session:
        request_write_off(session, office.act, denial.id, reason="timely_filing")
        refuse_write_off(session, replace(office.act, actor="second"), denial.id)
    assert office.open_items() == ["CO-197"]
    assert office.books()["AR:INS:DENIED"] == 15_000


def test_nobody_approves_what_nobody_asked_for(office: BillingOffice) -> None:
    _, denial = a_denied_claim(office)
    with pytest.raises(IllegalTransitionError), transaction(office.database_url) as session:
        approve_write_off(
            session, replace(office.act, actor="second"), denial.id, approver=approver()
        )


def test_a_written_off_denial_that_the_payer_reverses_is_owed_again(
    office: BillingOffice,
) -> None:
    claim, denial = a_denied_claim(office)
    with transaction(office.database_url) as session:
        request_write_off(session, office.act, denial.id, reason="timely_filing")
        approve_write_off(
            session, replace(office.act, actor="second"), denial.id, approver=approver()
        )
        close_settled_claims(session, office.act)
    back = reversed_decision(a_decision(claim, DENIED))
    office.post(a_remittance(back, a_decision(claim, PAID), trace="EFT2"))
    assert office.claim(claim).state == ClaimState.PAID
    assert office.books() == {"CHARGES": -15_000, "REMIT_CLEARING": 10_000, "CONTRACTUAL": 5_000}


def test_a_contract_amount_is_never_billed_to_the_patient(office: BillingOffice) -> None:
    _, denial = a_denied_claim(office)
    with pytest.raises(RejectedError), transaction(office.database_url) as session:
        bill_patient(session, office.act, denial.id)
    assert office.open_items() == ["CO-197"]


@pytest.mark.parametrize(
    ("coverages", "receivable"),
    [
        pytest.param((1,), Account.AR_PATIENT, id="no-other-payer"),
        pytest.param((1, 2), Account.AR_INSURANCE_2, id="the-next-payer-first"),
    ],
)
def test_what_the_payer_left_to_the_patient_is_billed_on(
    office: BillingOffice, coverages: tuple[int, ...], receivable: Account
) -> None:
    claim = office.bill(15_000, coverages=coverages)
    office.post(a_remittance(a_decision(claim, (0, [("PR", "27", 15_000)]))))
    (denial,) = office.denials()
    with transaction(office.database_url) as session:
        assert bill_patient(session, office.act, denial.id) is receivable
    office.check()
    assert office.books() == {receivable: 15_000, "CHARGES": -15_000}
    assert office.open_items() == []


def test_a_patient_who_paid_a_denial_that_is_reversed_gets_a_credit(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    decision = a_decision(claim, (0, [("PR", "27", 15_000)]))
    office.post(a_remittance(decision))
    (denial,) = office.denials()
    with transaction(office.database_url) as session:
        bill_patient(session, office.act, denial.id)
        record_patient_payment(
            session, office.act, claim.patient_id, amount=Money(15_000), payment_key="form-1"
        )
    office.post(a_remittance(reversed_decision(decision), a_decision(claim, PAID), trace="EFT2"))
    assert office.books()["PATIENT_CREDIT"] == -15_000
    assert office.open_items() == ["posting.credit_balance"]


def test_a_denial_closed_for_reprocessing_is_the_payers_again(office: BillingOffice) -> None:
    _, denial = a_denied_claim(office)
    with transaction(office.database_url) as session:
        close_denial(session, office.act, denial.id, resolution="reprocessing")
    office.check()
    assert office.books() == {"AR:INS1": 15_000, "CHARGES": -15_000}
    assert office.open_items() == []


def test_another_practices_denial_is_not_found(office: BillingOffice) -> None:
    _, denial = a_denied_claim(office)
    stranger = Act(new_id(), "tester", office.act.at, office.act.today)
    with pytest.raises(NotFoundError), transaction(office.database_url) as session:
        close_denial(session, stranger, denial.id, resolution="reprocessing")
