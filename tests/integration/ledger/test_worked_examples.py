"""The worked examples of the books, from the payer's words to the cent in every account.

The first one, with a second payer in its good and in its bad form, stands in
``tests/integration/posting/test_post_remittances.py``; splits and their exact negation stand in
``tests/unit/models/test_money.py``.
"""

import pytest

from models.documents.act import Act
from models.documents.ledger import LedgerSubject
from models.values.money import Money
from revcycle.rules.ledger.movements import bank_deposit_entry
from revcycle.store import ledger
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    PAID_ON,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)


@pytest.fixture
def office(database_url: str, act: Act) -> BillingOffice:
    return BillingOffice(database_url, act)


def test_a_crossover_without_a_write_off_leaves_one_contractual_amount(
    office: BillingOffice,
) -> None:
    first = office.bill(20_000, coverages=(1, 2))
    shares = [("CO", "45", 8_000), ("PR", "2", 2_400)]
    office.post(a_remittance(a_decision(first, (9_600, shares))))
    second = office.bill_next(first)
    decision = a_decision(second, (2_400, [("OA", "23", 17_600)]), status="2")
    office.post(a_remittance(decision, trace="EFT2"))
    assert office.books() == {"CHARGES": -20_000, "REMIT_CLEARING": 12_000, "CONTRACTUAL": 8_000}


def test_a_reversal_and_its_correction_leave_the_correction(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    decision = a_decision(claim, (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)]))
    office.post(a_remittance(decision))
    correction = a_decision(claim, (4_000, [("CO", "45", 7_500), ("PR", "1", 3_500)]))
    taken = [("WO", "ICN1", -1_000)]
    office.post(a_remittance(reversed_decision(decision), correction, trace="EFT2", plb=taken))
    books = office.books()
    assert books["CONTRACTUAL"] == 7_500
    assert books["AR:PAT"] == 3_500
    assert books["REMIT_CLEARING"] + books["RECOUP_DUE"] == 4_000
    assert sum(books.values()) == 0


def test_a_payment_with_adjustments_outside_claims_clears_with_its_deposit(
    office: BillingOffice,
) -> None:
    claim = office.bill(100_000)
    outside = [("WO", "FCN1", 12_000), ("L6", "INT", -250)]
    office.post(a_remittance(a_decision(claim, (100_000, [])), plb=outside))
    assert office.books() == {
        "CHARGES": -100_000,
        "REMIT_CLEARING": 88_250,
        "RECOUP_DUE": 12_000,
        "INTEREST_INC": -250,
    }
    deposit = bank_deposit_entry("deposit:1", PAID_ON, LedgerSubject(), Money(88_250))
    with transaction(office.database_url, office.act.client_id) as session:
        ledger.insert_entries(session, office.act.client_id, office.act, [deposit])
    books = office.books()
    assert books["BANK"] == 88_250
    assert "REMIT_CLEARING" not in books
