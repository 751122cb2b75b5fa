"""How much goes back, by when, and to whom."""

from datetime import date

import pytest

from models.documents.ledger import LedgerSubject
from models.states.refund import RefundPayee
from models.values.accounts import Account
from models.values.identifiers import new_id
from models.values.money import ZERO, Money, total
from revcycle.rules.ledger.refund import refund_cleared_entry, refund_entry
from revcycle.rules.ledger.totals import account_totals
from revcycle.rules.refunds.check_refund import (
    check_instrument,
    check_refund,
    is_owed_back,
    payee_of,
    return_by,
)

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("cents", "spoken_for", "is_fine"),
    [(1_000, 0, True), (1_001, 0, False), (0, 0, False), (600, 400, True), (601, 400, False)],
    ids=["all of it", "a cent more", "nothing", "what is free", "what another refund holds"],
)
def test_a_refund_never_exceeds_what_is_free_of_its_credit(
    cents: int, spoken_for: int, *, is_fine: bool
) -> None:
    findings = check_refund(
        Money(cents), credit=Money(1_000), spoken_for=Money(spoken_for), reason="paid_twice"
    )
    assert (not findings) is is_fine


def test_a_reason_is_of_the_list() -> None:
    (finding,) = check_refund(Money(1), credit=Money(1), spoken_for=ZERO, reason="because")
    assert finding.field == "reason"


@pytest.mark.parametrize("instrument", ["", "4111111111111111", "no 5", "<script>", "a" * 21])
def test_what_is_no_number_of_a_check_is_refused(instrument: str) -> None:
    assert check_instrument(instrument)


def test_the_number_of_a_check_is_taken() -> None:
    assert not check_instrument("CHK-10443")


def test_sixty_days_after_it_was_known_and_earlier_where_the_practice_says_so() -> None:
    assert return_by(DAY, return_days=60) == date(2027, 1, 19)
    assert return_by(DAY, return_days=30) == date(2026, 12, 20)
    assert return_by(DAY, return_days=90) == date(2027, 1, 19)


def test_each_credit_has_one_owner() -> None:
    assert payee_of(Account.PATIENT_CREDIT) is RefundPayee.PATIENT
    assert payee_of(Account.INSURANCE_CREDIT) is RefundPayee.PAYER


def test_money_paid_ahead_waits_for_its_visit_and_for_the_payer() -> None:
    assert is_owed_back(waits_for_payers=Money(1), is_prepayment=False, days_old=0)
    assert not is_owed_back(waits_for_payers=ZERO, is_prepayment=True, days_old=29)
    assert is_owed_back(waits_for_payers=ZERO, is_prepayment=True, days_old=30)
    assert not is_owed_back(waits_for_payers=Money(1), is_prepayment=True, days_old=300)


@pytest.mark.parametrize("account", [Account.PATIENT_CREDIT, Account.INSURANCE_CREDIT])
def test_a_paid_and_cleared_refund_ends_the_credit_and_lowers_the_bank(account: Account) -> None:
    refund_id = new_id()
    subject = LedgerSubject(new_id(), new_id())
    paid = refund_entry(
        refund_id, DAY, account=account, receivable="AR:PAT", subject=subject, amount=Money(700)
    )
    cleared = refund_cleared_entry(refund_id, DAY, patient_id=None, amount=Money(700))
    assert account_totals([*paid.postings, *cleared.postings]) == {
        account: Money(700),
        Account.BANK: Money(-700),
    }
    of_charge = [posting for posting in paid.postings if posting.subject.charge_id]
    assert total(posting.amount for posting in of_charge) == ZERO
