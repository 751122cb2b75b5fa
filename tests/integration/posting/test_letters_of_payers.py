"""Money that payers announce by letter to take back, and take without a reversal."""

from dataclasses import replace

import pytest

from models.errors import RejectedError
from models.values.accounts import Account
from models.values.money import Money
from revcycle.operations.posting.note_recoupment import RecoupmentLetter, note_recoupment
from revcycle.store.ledger import AlreadyBookedError
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    PAID_ON,
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)

DECISION = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])
TAKEN = [("WO", "FCN9", 2_000)]


@pytest.fixture
def claim(office: BillingOffice) -> BilledClaim:
    """A claim that its payer paid with 50.00."""
    billed = office.bill(15_000)
    office.post(a_remittance(a_decision(billed, DECISION)))
    return billed


def note(office: BillingOffice, claim: BilledClaim, cents: int = 2_000) -> None:
    letter = RecoupmentLetter(claim.control_number, "FCN9", Money(cents), PAID_ON)
    with transaction(office.database_url, office.act.client_id) as session:
        note_recoupment(session, office.act, letter)
    office.check()


def take(office: BillingOffice) -> None:
    """Have another payment lowered by what the payer takes."""
    other = office.bill(9_000)
    paid = a_decision(other, (9_000, []), payer_number="ICN9")
    office.post(a_remittance(paid, trace="EFT2", plb=TAKEN))


def test_a_letter_lets_the_payer_owe_again_and_the_recovery_levels_it(
    office: BillingOffice, claim: BilledClaim
) -> None:
    note(office, claim)
    assert office.books()["AR:INS1"] == 2_000
    assert office.books()["RECOUP_DUE"] == -2_000
    take(office)
    assert "RECOUP_DUE" not in office.books()
    assert office.open_items() == ["posting.recouped"]


def test_money_taken_before_the_letter_asks_until_the_letter_comes(
    office: BillingOffice, claim: BilledClaim
) -> None:
    take(office)
    assert office.books()["RECOUP_DUE"] == 2_000
    assert office.open_items() == ["posting.unannounced_recovery"]
    note(office, claim)
    assert "RECOUP_DUE" not in office.books()
    assert office.open_items() == ["posting.recouped"]


def test_the_question_about_a_recovery_closes_when_the_reversal_comes(
    office: BillingOffice, claim: BilledClaim
) -> None:
    other = office.bill(9_000)
    paid = a_decision(other, (9_000, []), payer_number="ICN9")
    office.post(a_remittance(paid, trace="EFT2", plb=[("WO", "FCN9", 5_000)]))
    assert office.open_items() == ["posting.unannounced_recovery"]
    back = reversed_decision(a_decision(claim, DECISION))
    office.post(a_remittance(back, trace="EFT3", plb=[("WO", "FCN9", -5_000)]))
    assert "RECOUP_DUE" not in office.books()
    assert office.open_items() == []


def test_a_reversal_after_the_letter_does_not_let_the_payer_owe_twice(
    office: BillingOffice, claim: BilledClaim
) -> None:
    note(office, claim, 5_000)
    back = reversed_decision(a_decision(claim, DECISION))
    office.post(a_remittance(back, trace="EFT2", plb=[("WO", "FCN9", -5_000)]))
    assert office.books_of(claim.charge_ids[0])[Account.AR_INSURANCE_1] == Money(15_000)
    assert office.books()["RECOUP_DUE"] == -5_000


def test_a_letter_over_several_services_is_split_by_what_was_paid(office: BillingOffice) -> None:
    claim = office.bill(10_000, 5_000)
    office.post(
        a_remittance(
            a_decision(claim, (6_000, [("CO", "45", 4_000)]), (3_000, [("CO", "45", 2_000)]))
        )
    )
    note(office, claim, 1_000)
    parts = [office.books_of(one)[Account.AR_INSURANCE_1] for one in claim.charge_ids]
    assert parts == [Money(667), Money(333)]


def test_the_same_letter_is_noted_once(office: BillingOffice, claim: BilledClaim) -> None:
    note(office, claim)
    with pytest.raises(AlreadyBookedError):
        note(office, claim)


@pytest.mark.parametrize("cents", [0, 5_001])
def test_a_payer_cannot_take_more_than_it_paid(
    office: BillingOffice, claim: BilledClaim, cents: int
) -> None:
    with pytest.raises(RejectedError):
        note(office, claim, cents)


def test_a_letter_about_a_claim_that_nobody_knows_or_decided_is_refused(
    office: BillingOffice, claim: BilledClaim
) -> None:
    with pytest.raises(RejectedError, match="no claim"):
        note(office, replace(claim, control_number="XYZ"))
    with pytest.raises(RejectedError, match="nothing to take back"):
        note(office, office.bill(1_000))
