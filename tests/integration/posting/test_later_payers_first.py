"""A payer that was sent the claim answers before the payer that sent it on."""

from dataclasses import replace
from itertools import permutations

import pytest

from models.documents.remittance import RemittanceDocument
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)


def answers(claim: BilledClaim) -> dict[str, RemittanceDocument]:
    """150.00: the first leaves 30.00, the second pays 20.00 of it, the third the rest."""
    first = a_decision(claim, (5_000, [("CO", "45", 7_000), ("PR", "2", 3_000)]), status="19")
    second = a_decision(
        claim, (2_000, [("OA", "23", 12_000), ("PR", "2", 1_000)]), status="20", payer_number="N2"
    )
    third = a_decision(claim, (1_000, [("OA", "23", 14_000)]), status="3", payer_number="N3")
    return {
        payer: replace(a_remittance(decision, trace=f"EFT{payer}"), payer_id=payer)
        for payer, decision in (("P1", first), ("P2", second), ("P3", third))
    }


@pytest.mark.parametrize("order", list(permutations(("P1", "P2", "P3"))), ids="-".join)
def test_three_payers_of_one_claim_may_answer_in_any_order(
    office: BillingOffice, order: tuple[str, ...]
) -> None:
    claim = office.bill(15_000, coverages=(1, 2, 3))
    by_payer = answers(claim)
    for payer in order:
        office.post(by_payer[payer])
    assert office.books() == {
        "CHARGES": -15_000,
        "REMIT_CLEARING": 8_000,
        "CONTRACTUAL": 7_000,
    }
    assert office.open_items() == []


def test_the_later_payers_money_waits_until_the_first_decides(office: BillingOffice) -> None:
    claim = office.bill(15_000, coverages=(1, 2, 3))
    office.post(answers(claim)["P2"])
    assert office.books()["AR:INS1"] == 15_000
    assert office.books()["UNAPPLIED"] == -2_000
    assert office.open_items() == ["posting.earlier_payer_missing"]


def test_a_payer_that_calls_itself_second_is_booked_at_once_if_it_is_the_one_we_asked(
    office: BillingOffice,
) -> None:
    claim = office.bill(15_000, coverages=(1, 2))
    decision = a_decision(claim, (9_000, [("CO", "45", 6_000)]), status="2")
    office.post(replace(a_remittance(decision), payer_id="P1"))
    assert office.books()["REMIT_CLEARING"] == 9_000
    assert office.open_items() == []


def test_what_a_second_payer_leaves_is_asked_of_the_third_before_the_patient(
    office: BillingOffice,
) -> None:
    claim = office.bill(15_000, coverages=(1, 2, 3))
    by_payer = answers(claim)
    office.post(by_payer["P1"])
    second = by_payer["P2"]
    office.post(replace(second, claims=(replace(second.claims[0], status="2"),)))
    assert office.books()["AR:INS3"] == 1_000
    assert "AR:PAT" not in office.books()
