"""Original, reversal and correction in whatever order the files come."""

from itertools import permutations

import pytest

from models.documents.remittance import RemittanceDocument
from models.states.claim import ClaimState
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)

ORIGINAL = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])
CORRECTION = (4_000, [("CO", "45", 7_500), ("PR", "1", 3_500)])
SAME_PAYMENT = (5_000, [("CO", "45", 5_000), ("PR", "1", 5_000)])
CORRECTED_BOOKS = {
    "CHARGES": -15_000,
    "REMIT_CLEARING": 4_000,
    "CONTRACTUAL": 7_500,
    "AR:PAT": 3_500,
}


def events(
    claim: BilledClaim, correction: tuple[int, list[tuple[str, str, int]]] = CORRECTION
) -> dict[str, RemittanceDocument]:
    original = a_decision(claim, ORIGINAL)
    return {
        "original": a_remittance(original, trace="EFT1"),
        "reversal": a_remittance(
            reversed_decision(original), trace="EFT2", plb=[("WO", "ICN1", -5_000)]
        ),
        "correction": a_remittance(
            a_decision(claim, correction, payer_number="ICN2"),
            trace="EFT3",
            plb=[("WO", "ICN1", 5_000)],
        ),
    }


@pytest.mark.parametrize(
    "order", list(permutations(("original", "reversal", "correction"))), ids="-".join
)
def test_the_books_end_alike_in_every_order(office: BillingOffice, order: tuple[str, ...]) -> None:
    claim = office.bill(15_000)
    by_name = events(claim)
    for name in order:
        office.post(by_name[name])
    assert office.books() == CORRECTED_BOOKS
    assert office.claim(claim).state == ClaimState.PAID
    assert office.open_items() == []


@pytest.mark.parametrize(
    "order",
    [("reversal", "correction", "original"), ("correction", "reversal", "original")],
    ids="-".join,
)
def test_a_correction_that_pays_the_same_is_not_taken_for_the_original(
    office: BillingOffice, order: tuple[str, ...]
) -> None:
    claim = office.bill(15_000)
    by_name = events(claim, SAME_PAYMENT)
    for name in order:
        office.post(by_name[name])
    assert office.books()["CONTRACTUAL"] == 5_000
    assert office.books()["AR:PAT"] == 5_000
    assert "UNAPPLIED" not in office.books()


def test_a_reversal_before_its_original_waits_without_touching_the_claim(
    office: BillingOffice,
) -> None:
    claim = office.bill(15_000)
    office.post(events(claim)["reversal"])
    assert office.books() == {
        "AR:INS1": 15_000,
        "CHARGES": -15_000,
        "UNAPPLIED": 5_000,
        "RECOUP_DUE": -5_000,
    }
    assert office.claim(claim).state == ClaimState.ACCEPTED
    assert office.open_items() == ["posting.unknown_original"]


def test_a_reversal_without_correction_leaves_the_claim_open(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    by_name = events(claim)
    office.post(by_name["reversal"])
    office.post(by_name["original"])
    assert office.books() == {
        "AR:INS1": 15_000,
        "CHARGES": -15_000,
        "RECOUP_DUE": -5_000,
        "REMIT_CLEARING": 5_000,
    }
    assert office.claim(claim).state == ClaimState.REVERSED
    assert office.open_items() == []


def test_a_denied_original_leaves_no_denial_when_its_reversal_came_first(
    office: BillingOffice,
) -> None:
    claim = office.bill(15_000)
    denied = a_decision(claim, (0, [("CO", "50", 15_000)]))
    office.post(a_remittance(reversed_decision(denied), trace="EFT1"))
    office.post(a_remittance(denied, trace="EFT2"))
    assert [one.state for one in office.denials()] == ["reversed"]
    assert office.books() == {"AR:INS1": 15_000, "CHARGES": -15_000}
    assert office.open_items() == []
