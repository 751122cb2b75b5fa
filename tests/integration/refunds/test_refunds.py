"""Credits: found, clocked, given back by two persons, taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from models.documents.act import Act
from models.documents.approval import ApprovalLimits, Approver
from models.documents.patient_money import (
    CreditClock,
    PaymentForm,
    RefundPicture,
    RefundPolicy,
    StandingCredit,
)
from models.errors import RejectedError
from models.states.patient_payment import PatientPaymentState, PaymentMethod
from models.states.refund import RefundPayee, RefundState
from models.values.access import Role
from models.values.money import ZERO, Money
from revcycle.operations.patient_money.return_payment import return_payment
from revcycle.operations.patient_money.take_payment import take_payment
from revcycle.operations.refunds.approve_refund import approve_refund
from revcycle.operations.refunds.clear_refund import clear_refund
from revcycle.operations.refunds.identify_credits import CreditCount, identify_credits
from revcycle.operations.refunds.pay_refund import pay_refund
from revcycle.operations.refunds.refuse_refund import refuse_refund
from revcycle.operations.refunds.request_refund import RefundRequest, request_refund
from revcycle.operations.refunds.settle_acknowledged_refunds import settle_acknowledged_refunds
from revcycle.operations.refunds.void_refund import void_refund
from revcycle.store import credit_balances, payments, refunds
from revcycle.store.session import transaction
from revcycle.store.work_items import list_open_work_items
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)

DECISION = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])
POLICY = RefundPolicy(limit=ZERO, return_days=60)
LEAD = Approver("lena", [Role.TEAM_LEAD], ApprovalLimits(Money(50_000), Money(500_000)))


def do(office: BillingOffice, work: Callable[[Session], Any]) -> Any:
    with transaction(office.database_url, office.act.client_id) as session:
        result = work(session)
    office.check()
    return result


def take(office: BillingOffice, claim: BilledClaim, cents: int, key: str = "form-1") -> UUID:
    form = PaymentForm(PaymentMethod.CASH, Money(cents), office.act.today, key)
    found = do(office, lambda session: take_payment(session, office.act, claim.patient_id, form))
    assert isinstance(found, UUID)
    return found


def overpaid(office: BillingOffice) -> BilledClaim:
    """Have a patient pay 25.00 of which a correction leaves 10.00 over."""
    claim = office.bill(15_000)
    decision = a_decision(claim, DECISION)
    office.post(a_remittance(decision))
    take(office, claim, 2_500)
    correction = a_decision(claim, (6_000, [("CO", "45", 7_500), ("PR", "1", 1_500)]))
    office.post(a_remittance(reversed_decision(decision), correction, trace="EFT2"))
    return claim


def overpaid_by_payer(office: BillingOffice) -> BilledClaim:
    """Have a payer pay the whole charge after another one paid a part of it."""
    claim = office.bill(15_000, coverages=(1, 2))
    office.post(a_remittance(a_decision(claim, (10_000, [("CO", "45", 5_000)]))))
    second = office.bill_next(claim)
    office.post(a_remittance(a_decision(second, (4_000, [("CO", "45", 11_000)])), trace="EFT2"))
    return claim


def credits_(office: BillingOffice) -> list[StandingCredit]:
    with transaction(office.database_url, office.act.client_id) as session:
        return credit_balances.list_standing_credits(session, office.act.client_id)


def clocks(office: BillingOffice) -> list[CreditClock]:
    with transaction(office.database_url, office.act.client_id) as session:
        return credit_balances.list_clocks(session, office.act.client_id)


def look(office: BillingOffice, *, act: Act | None = None) -> CreditCount:
    found = do(office, lambda session: identify_credits(session, act or office.act, policy=POLICY))
    assert isinstance(found, CreditCount)
    return found


def ask(
    office: BillingOffice,
    cents: int,
    *,
    policy: RefundPolicy = POLICY,
    payment: UUID | None = None,
    payer_reference: str = "",
) -> UUID:
    (credit,) = credits_(office)
    request = RefundRequest(
        account=credit.account,
        receivable=credit.receivable,
        patient_id=credit.patient_id,
        charge_id=credit.charge_id,
        amount=Money(cents),
        reason="asked_back",
        payment_id=payment,
        payer_reference=payer_reference,
    )
    found = do(office, lambda session: request_refund(session, office.act, request, policy=policy))
    assert isinstance(found, UUID)
    return found


def approve(office: BillingOffice, refund_id: UUID, approver: Approver = LEAD) -> None:
    act = replace(office.act, actor=approver.login)
    do(office, lambda session: approve_refund(session, act, refund_id, approver=approver))


def pay(office: BillingOffice, refund_id: UUID, instrument: str = "1001") -> None:
    do(
        office,
        lambda session: pay_refund(session, office.act, refund_id, instrument=instrument),
    )


def void(office: BillingOffice, refund_id: UUID) -> None:
    do(office, lambda session: void_refund(session, office.act, refund_id))


def picture(office: BillingOffice, refund_id: UUID) -> RefundPicture:
    with transaction(office.database_url, office.act.client_id) as session:
        return refunds.get_refund(session, office.act.client_id, refund_id)


def test_a_credit_is_known_from_one_day_and_that_day_never_moves(office: BillingOffice) -> None:
    overpaid(office)
    assert look(office) == CreditCount(standing=1, opened=0, closed=0)
    later = replace(office.act, today=office.act.today + timedelta(days=20))
    assert look(office, act=later).closed == 0
    (clock,) = clocks(office)
    assert clock.identified_on == office.act.today
    assert clock.return_by == office.act.today + timedelta(days=60)
    assert office.open_items() == ["posting.credit_balance"]


def test_a_credit_that_is_gone_stops_its_clock_and_its_work(office: BillingOffice) -> None:
    claim = overpaid(office)
    look(office)
    other = a_decision(claim, (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)]))
    before = a_decision(claim, (6_000, [("CO", "45", 7_500), ("PR", "1", 1_500)]))
    office.post(a_remittance(reversed_decision(before), other, trace="EFT3"))
    assert look(office) == CreditCount(standing=0, opened=0, closed=1)
    assert clocks(office) == []
    assert office.open_items() == []


def test_money_paid_ahead_waits_for_its_visit_before_it_is_owed_back(
    office: BillingOffice,
) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(a_decision(claim, (7_500, [("CO", "45", 7_500)]))))
    take(office, claim, 1_000)
    assert look(office).standing == 0
    later = replace(office.act, today=office.act.today + timedelta(days=30))
    assert look(office, act=later) == CreditCount(standing=1, opened=1, closed=0)
    assert office.open_items() == ["posting.credit_balance"]


def test_what_must_be_back_soon_comes_first(office: BillingOffice) -> None:
    overpaid(office)
    look(office)
    later = replace(office.act, today=office.act.today + timedelta(days=46))
    look(office, act=later)
    with transaction(office.database_url, office.act.client_id) as session:
        (item,) = list_open_work_items(session, office.act.client_id)
        assert item.priority == 1


def test_a_patients_credit_goes_back_with_two_persons_a_check_and_the_bank(
    office: BillingOffice,
) -> None:
    claim = overpaid(office)
    refund_id = ask(office, 1_000)
    assert "refund_requested" in office.open_items()
    with pytest.raises(RejectedError, match="somebody else"):
        approve(office, refund_id, replace(LEAD, login=office.act.actor))
    approve(office, refund_id)
    assert "refund_to_pay" in office.open_items()
    pay(office, refund_id)
    assert office.books()["REFUND_CLEARING"] == -1_000
    assert "PATIENT_CREDIT" not in office.books()
    do(office, lambda session: clear_refund(session, office.act, refund_id))
    assert office.books()["BANK"] == 1_500
    assert "REFUND_CLEARING" not in office.books()
    assert look(office).standing == 0
    assert office.open_items() == []
    of_charge = office.books_of(claim.charge_ids[0])
    assert {str(account): amount.cents for account, amount in of_charge.items()}["BANK"] == 1_500


def test_a_payers_credit_goes_back_to_the_payer(office: BillingOffice) -> None:
    overpaid_by_payer(office)
    (credit,) = credits_(office)
    assert credit.amount == Money(4_000)
    refund_id = ask(office, 4_000)
    assert picture(office, refund_id).payee is RefundPayee.PAYER
    approve(office, refund_id)
    pay(office, refund_id)
    assert "INS_CREDIT" not in office.books()
    assert office.books()["REFUND_CLEARING"] == -4_000


def settled(office: BillingOffice) -> int:
    found = do(office, lambda session: settle_acknowledged_refunds(session, office.act))
    assert isinstance(found, int)
    return found


def test_a_payer_that_acknowledges_our_refund_levels_it_with_its_recovery(
    office: BillingOffice,
) -> None:
    overpaid_by_payer(office)
    refund_id = ask(office, 4_000, payer_reference="REF77")
    approve(office, refund_id)
    pay(office, refund_id)
    do(office, lambda session: clear_refund(session, office.act, refund_id))
    assert settled(office) == 0
    other = office.bill(5_000)
    decision = a_decision(other, (5_000, []))
    plb = [("WO", "REF77", 4_000), ("72", "REF77", -4_000)]
    office.post(a_remittance(decision, trace="EFT3", plb=plb))
    assert office.books()["RECOUP_DUE"] == 4_000
    assert settled(office) == 1
    assert settled(office) == 0
    assert not {"RECOUP_DUE", "REFUND_CLEARING"} & office.books().keys()
    assert "posting.unannounced_recovery" not in office.open_items()
    assert picture(office, refund_id).acknowledged_on == office.act.today


def test_a_payer_that_reverses_the_claim_and_acknowledges_our_refund_owes_nothing(
    office: BillingOffice,
) -> None:
    claim = office.bill(15_000, coverages=(1, 2))
    office.post(a_remittance(a_decision(claim, (10_000, [("CO", "45", 5_000)]))))
    second = office.bill_next(claim)
    too_much = a_decision(second, (4_000, [("CO", "45", 11_000)]))
    office.post(a_remittance(too_much, trace="EFT2"))
    refund_id = ask(office, 4_000, payer_reference="REF77")
    approve(office, refund_id)
    pay(office, refund_id)
    do(office, lambda session: clear_refund(session, office.act, refund_id))
    plb = [("72", "REF77", -4_000)]
    office.post(a_remittance(reversed_decision(too_much), trace="EFT3", plb=plb))
    assert office.books()["AR:INS2"] == 4_000
    assert settled(office) == 1
    assert not {"AR:INS2", "REFUND_CLEARING"} & office.books().keys()


def test_below_the_limit_one_person_is_enough(office: BillingOffice) -> None:
    overpaid(office)
    one_person = RefundPolicy(limit=Money(1_000), return_days=60)
    refund_id = ask(office, 1_000, policy=one_person)
    seen = picture(office, refund_id)
    assert seen.state is RefundState.APPROVED
    assert not seen.two_persons
    pay(office, refund_id)


def test_two_refunds_never_take_one_credit_twice(office: BillingOffice) -> None:
    overpaid(office)
    ask(office, 600)
    with pytest.raises(RejectedError, match=r"at most 4\.00"):
        ask(office, 401)
    ask(office, 400)


def test_each_check_pays_one_refund(office: BillingOffice) -> None:
    overpaid(office)
    first, second = ask(office, 600), ask(office, 400)
    for refund_id in (first, second):
        approve(office, refund_id)
    pay(office, first, "1001")
    with pytest.raises(RejectedError, match="check of its own"):
        pay(office, second, "1001")
    void(office, first)
    pay(office, second, "1001")


def test_nothing_is_paid_before_it_is_approved_and_nothing_twice(office: BillingOffice) -> None:
    overpaid(office)
    refund_id = ask(office, 1_000)
    with pytest.raises(RejectedError):
        pay(office, refund_id)
    approve(office, refund_id)
    pay(office, refund_id)
    with pytest.raises(RejectedError):
        pay(office, refund_id, "1002")


def test_a_check_that_was_never_cashed_brings_the_credit_back(office: BillingOffice) -> None:
    overpaid(office)
    before = office.books()
    refund_id = ask(office, 1_000)
    approve(office, refund_id)
    pay(office, refund_id)
    void(office, refund_id)
    assert office.books() == before
    assert picture(office, refund_id).state is RefundState.VOID


def test_a_refused_refund_leaves_the_credit_and_its_work(office: BillingOffice) -> None:
    overpaid(office)
    refund_id = ask(office, 1_000)
    do(office, lambda session: refuse_refund(session, office.act, refund_id))
    assert look(office).standing == 1
    assert office.open_items() == ["posting.credit_balance"]


def test_a_credit_that_is_spoken_for_asks_nobody_again(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(a_decision(claim, (7_500, [("CO", "45", 7_500)]))))
    take(office, claim, 1_000)
    ask(office, 1_000)
    later = replace(office.act, today=office.act.today + timedelta(days=40))
    assert look(office, act=later) == CreditCount(standing=1, opened=0, closed=0)


def test_a_credit_used_meanwhile_cannot_be_paid_out(office: BillingOffice) -> None:
    claim = overpaid(office)
    refund_id = ask(office, 1_000)
    approve(office, refund_id)
    before = a_decision(claim, (6_000, [("CO", "45", 7_500), ("PR", "1", 1_500)]))
    office.post(a_remittance(reversed_decision(before), a_decision(claim, DECISION), trace="EFT3"))
    with pytest.raises(RejectedError, match="holds less"):
        pay(office, refund_id)
    void(office, refund_id)


def test_a_payment_that_went_back_whole_says_so(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    payment_id = take(office, claim, 1_000)
    refund_id = ask(office, 1_000, payment=payment_id)
    approve(office, refund_id)
    pay(office, refund_id)
    client_id = office.act.client_id
    with transaction(office.database_url, client_id) as session:
        seen = payments.get_payment(session, client_id, payment_id)
    assert seen.state is PatientPaymentState.REFUNDED
    void(office, refund_id)
    with transaction(office.database_url, client_id) as session:
        seen = payments.get_payment(session, client_id, payment_id)
    assert seen.state is PatientPaymentState.RECEIVED


def bounce_is_refused(office: BillingOffice, payment_id: UUID) -> None:
    with pytest.raises(RejectedError, match="void the refund first"):
        do(office, lambda session: return_payment(session, office.act, payment_id, reason="nsf"))


def test_a_check_that_bounces_after_its_credit_was_refunded_waits_for_a_person(
    office: BillingOffice,
) -> None:
    claim = office.bill(15_000)
    payment_id = take(office, claim, 1_000)
    refund_id = ask(office, 1_000)
    bounce_is_refused(office, payment_id)
    approve(office, refund_id)
    bounce_is_refused(office, payment_id)
    pay(office, refund_id)
    bounce_is_refused(office, payment_id)
    void(office, refund_id)
    do(office, lambda session: return_payment(session, office.act, payment_id, reason="nsf"))
    assert "BANK" not in office.books()


def test_a_second_look_on_a_day_of_its_own_finds_a_new_credit(office: BillingOffice) -> None:
    overpaid(office)
    look(office)
    refund_id = ask(office, 1_000)
    approve(office, refund_id)
    pay(office, refund_id)
    look(office)
    void(office, refund_id)
    later = replace(office.act, today=date(2027, 1, 4))
    assert look(office, act=later).standing == 1
    (clock,) = clocks(office)
    assert clock.identified_on == date(2027, 1, 4)
