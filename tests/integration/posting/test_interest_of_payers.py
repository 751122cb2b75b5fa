"""Interest that a payer owes for paying late is income once, however often it is mentioned.

Source: ASC X12 005010X221A1 (835), loop 2100 AMT*I informs; only PLB L6 moves money.
"""

from dataclasses import replace

from models.documents.remittance import RemittanceClaim
from models.documents.remittance_codes import RemittanceAmount, RemittanceAmountKind
from models.documents.remittance_supplements import RemittanceClaimSupplement
from models.values.money import Money
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)

INTEREST = 125


def paid_late(claim: BilledClaim) -> RemittanceClaim:
    """Decide a claim and mention the interest on it (AMT*I)."""
    mentioned = RemittanceAmount(RemittanceAmountKind.INTEREST, Money(INTEREST))
    return replace(
        a_decision(claim, (10_000, [("CO", "45", 5_000)])),
        supplement=RemittanceClaimSupplement(amounts=(mentioned,)),
    )


def test_interest_that_the_payment_carries_is_booked_once(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(paid_late(claim), plb=[("L6", "ICN1", -INTEREST)]))
    assert office.books() == {
        "CHARGES": -15_000,
        "CONTRACTUAL": 5_000,
        "INTEREST_INC": -INTEREST,
        "REMIT_CLEARING": 10_000 + INTEREST,
    }


def test_interest_that_is_only_mentioned_at_the_claim_is_not_money(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(paid_late(claim)))
    assert office.books() == {"CHARGES": -15_000, "CONTRACTUAL": 5_000, "REMIT_CLEARING": 10_000}
    assert office.open_items() == []
