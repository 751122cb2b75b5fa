"""Money that patients give: taken once, returned by banks, given up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from models.documents.approval import ApprovalLimits, Approver
from models.documents.patient_money import PaymentForm, SmallBalancePolicy
from models.errors import NotFoundError, RejectedError
from models.states.balance_write_off import BalanceWriteOffKind
from models.states.patient_payment import PatientPaymentState, PaymentMethod
from models.values.access import Role
from models.values.identifiers import new_id
from models.values.money import ZERO, Money
from revcycle.operations.patient_money.approve_balance_write_off import approve_balance_write_off
from revcycle.operations.patient_money.refuse_balance_write_off import refuse_balance_write_off
from revcycle.operations.patient_money.request_balance_write_off import request_balance_write_off
from revcycle.operations.patient_money.return_payment import return_payment
from revcycle.operations.patient_money.take_payment import take_payment
from revcycle.operations.patient_money.write_off_small_balances import write_off_small_balances
from revcycle.operations.posting.apply_patient_credits import apply_patient_credits
from revcycle.store import payments
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)

DECISION = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])
LIMITS = ApprovalLimits(Money(50_000), Money(500_000))


def do(office: BillingOffice, work: Callable[[Session], Any]) -> Any:
    with transaction(office.database_url, office.act.client_id) as session:
        result = work(session)
    office.check()
    return result


def a_form(office: BillingOffice, cents: int, key: str = "form-1", **said: Any) -> PaymentForm:
    return PaymentForm(PaymentMethod.CASH, Money(cents), office.act.today, key, **said)


def take(office: BillingOffice, claim: BilledClaim, form: PaymentForm) -> UUID:
    found = do(office, lambda session: take_payment(session, office.act, claim.patient_id, form))
    assert isinstance(found, UUID)
    return found


def give_back(office: BillingOffice, payment_id: UUID, *, fee: Money = ZERO) -> None:
    do(
        office,
        lambda session: return_payment(session, office.act, payment_id, reason="nsf", fee=fee),
    )


def owing(office: BillingOffice) -> BilledClaim:
    """Have a patient owe 25.00 after insurance."""
    claim = office.bill(15_000)
    office.post(a_remittance(a_decision(claim, DECISION)))
    return claim


def test_a_form_sent_twice_is_one_payment(office: BillingOffice) -> None:
    claim = owing(office)
    assert take(office, claim, a_form(office, 2_500)) == take(office, claim, a_form(office, 2_500))
    assert office.books()["BANK"] == 2_500
    assert "AR:PAT" not in office.books()


def test_a_form_is_of_one_patient_and_one_amount(office: BillingOffice) -> None:
    claim, other = owing(office), office.bill(9_000)
    take(office, claim, a_form(office, 2_500))
    for whose, cents in ((claim, 2_600), (other, 2_500)):
        with pytest.raises(RejectedError, match="used already"):
            take(office, whose, a_form(office, cents))


def test_a_card_number_is_never_kept(office: BillingOffice) -> None:
    claim = owing(office)
    form = replace(
        a_form(office, 2_500), method=PaymentMethod.CARD, reference="4111 1111 1111 1111"
    )
    with pytest.raises(RejectedError, match="last four"):
        take(office, claim, form)
    assert "BANK" not in office.books()


def test_a_payment_for_one_visit_leaves_the_others_alone(office: BillingOffice) -> None:
    claim, other = owing(office), office.bill(9_000)
    take(office, claim, a_form(office, 3_000, encounter_id=claim.encounter_id))
    assert office.books()["PATIENT_CREDIT"] == -500
    with pytest.raises(NotFoundError):
        take(office, claim, a_form(office, 100, "form-2", encounter_id=other.encounter_id))


def test_nobody_of_another_practice_pays_here(office: BillingOffice) -> None:
    with pytest.raises(NotFoundError):
        do(
            office,
            lambda session: take_payment(session, office.act, new_id(), a_form(office, 100)),
        )


def test_a_returned_check_is_owed_again_to_the_cent(office: BillingOffice) -> None:
    claim = owing(office)
    before = office.books()
    give_back(office, take(office, claim, a_form(office, 2_500)))
    assert office.books() == before


def test_a_returned_check_is_returned_once(office: BillingOffice) -> None:
    claim = owing(office)
    payment_id = take(office, claim, a_form(office, 2_500))
    give_back(office, payment_id)
    with pytest.raises(RejectedError):
        give_back(office, payment_id)
    with transaction(office.database_url, office.act.client_id) as session:
        seen = payments.get_payment(session, office.act.client_id, payment_id)
    assert seen.state is PatientPaymentState.RETURNED
    assert seen.returned_reason == "nsf"


def test_the_fee_of_a_returned_check_stands_on_the_visit_it_paid(office: BillingOffice) -> None:
    claim = owing(office)
    give_back(office, take(office, claim, a_form(office, 2_500)), fee=Money(2_000))
    assert office.books()["AR:PAT"] == 4_500
    assert office.books()["FEE_INC"] == -2_000


def test_a_returned_prepayment_takes_back_what_it_paid_since(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    payment_id = take(office, claim, a_form(office, 4_000))
    office.post(a_remittance(a_decision(claim, DECISION)))
    do(office, lambda session: apply_patient_credits(session, office.act))
    assert office.books()["PATIENT_CREDIT"] == -1_500
    give_back(office, payment_id)
    assert office.books()["AR:PAT"] == 2_500
    assert not {"PATIENT_CREDIT", "BANK"} & office.books().keys()


def test_another_payments_credit_steps_in_for_the_returned_one(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    first = take(office, claim, a_form(office, 2_500))
    office.post(a_remittance(a_decision(claim, DECISION)))
    do(office, lambda session: apply_patient_credits(session, office.act))
    take(office, claim, a_form(office, 1_000, "form-2"))
    give_back(office, first)
    assert office.books()["AR:PAT"] == 1_500
    assert office.books()["BANK"] == 1_000
    assert "PATIENT_CREDIT" not in office.books()


def test_a_small_balance_is_given_up_once_by_the_rule_of_the_day(office: BillingOffice) -> None:
    claim = owing(office)
    take(office, claim, a_form(office, 2_100))
    rules = [SmallBalancePolicy(date(2026, 1, 1), Money(499), 30)]
    later = replace(office.act, today=office.act.today + timedelta(days=31))
    for act, helped in ((office.act, 0), (later, 1), (later, 0)):

        def write_off(session: Session, act: Any = act) -> int:
            return write_off_small_balances(session, act, policies=rules)

        assert do(office, write_off) == helped
    assert office.books()["SMALL_BAL"] == 400
    assert "AR:PAT" not in office.books()


def ask(office: BillingOffice, claim: BilledClaim) -> UUID:
    found = do(
        office,
        lambda session: request_balance_write_off(
            session,
            office.act,
            claim.patient_id,
            kind=BalanceWriteOffKind.CHARITY,
            reason="hardship",
        ),
    )
    assert isinstance(found, UUID)
    return found


def approve(office: BillingOffice, request_id: UUID, login: str, role: Role) -> None:
    act = replace(office.act, actor=login)
    do(
        office,
        lambda session: approve_balance_write_off(
            session, act, request_id, approver=Approver(login, [role], LIMITS)
        ),
    )


def test_charity_needs_a_second_person(office: BillingOffice) -> None:
    claim = owing(office)
    request_id = ask(office, claim)
    assert office.open_items() == ["balance_write_off_requested"]
    with pytest.raises(RejectedError, match="somebody else"):
        approve(office, request_id, office.act.actor, Role.MANAGER)
    with pytest.raises(RejectedError, match="above what your roles"):
        approve(office, request_id, "polly", Role.POSTER)
    approve(office, request_id, "lena", Role.TEAM_LEAD)
    assert office.books()["CHARITY"] == 2_500
    assert office.open_items() == []


def test_nothing_is_asked_for_twice_or_for_nothing(office: BillingOffice) -> None:
    claim, debtless = owing(office), office.bill(9_000)
    ask(office, claim)
    with pytest.raises(RejectedError, match="already"):
        ask(office, claim)
    with pytest.raises(RejectedError, match="owes nothing"):
        ask(office, debtless)


def test_a_refused_write_off_is_owed_still(office: BillingOffice) -> None:
    claim = owing(office)
    request_id = ask(office, claim)
    do(office, lambda session: refuse_balance_write_off(session, office.act, request_id))
    assert office.books()["AR:PAT"] == 2_500
    assert office.open_items() == []
    ask(office, claim)
