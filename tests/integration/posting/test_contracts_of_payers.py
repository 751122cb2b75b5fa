"""Money that a contract keeps back, and services that a payment per person covers."""

from dataclasses import replace

import pytest

from revcycle.operations.posting.post_remittance_file import post_remittance_file
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    POLICY,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)
from tests.integration.posting.matching_desk import MatchingDesk, of_nobody

PER_PERSON = (0, [("CO", "24", 15_000)])


def test_what_is_withheld_by_contract_is_no_denial(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    said = [("CO", "45", 5_000), ("CO", "104", 1_000)]
    office.post(a_remittance(a_decision(claim, (9_000, said))))
    assert office.books() == {
        "CHARGES": -15_000,
        "CONTRACTUAL": 5_000,
        "REMIT_CLEARING": 9_000,
        "WITHHOLD": 1_000,
    }
    office.post(a_remittance(trace="EFT2", plb=[("E3", "2026", -1_000)]))
    assert "WITHHOLD" not in office.books()


@pytest.mark.parametrize(
    ("capitated", "books", "denials"),
    [
        pytest.param(frozenset(), {"AR:INS:DENIED": 15_000, "CHARGES": -15_000}, 1, id="unknown"),
        pytest.param(
            frozenset({"payer_1"}), {"CONTRACTUAL": 15_000, "CHARGES": -15_000}, 0, id="per-person"
        ),
    ],
)
def test_a_service_paid_per_person_is_a_denial_unless_the_client_file_says_so(
    office: BillingOffice, capitated: frozenset[str], books: dict[str, int], denials: int
) -> None:
    file_id = office.receive(a_remittance(a_decision(office.bill(15_000), PER_PERSON)))
    policy = replace(POLICY, capitated_payers=capitated)
    with transaction(office.database_url, office.act.client_id) as session:
        post_remittance_file(session, office.act, file_id, policy=policy)
    office.check()
    assert office.books() == books
    assert len(office.denials()) == denials


def test_a_person_who_matches_it_books_it_as_posting_would(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(of_nobody(a_decision(claim, PER_PERSON))))
    MatchingDesk(office, capitated=frozenset({"payer_1"})).match(claim)
    assert office.books() == {"CONTRACTUAL": 15_000, "CHARGES": -15_000}
    assert office.denials() == []


def test_a_correction_that_waited_for_its_reversal_knows_who_pays_per_person(
    office: BillingOffice,
) -> None:
    claim = office.bill(15_000)
    paid = a_decision(claim, (9_000, [("CO", "45", 6_000)]))
    office.post(a_remittance(paid))
    office.post(a_remittance(a_decision(claim, PER_PERSON), trace="EFT2"))
    policy = replace(POLICY, capitated_payers=frozenset({"payer_1"}))
    taken_back = office.receive(a_remittance(reversed_decision(paid), trace="EFT3"))
    with transaction(office.database_url, office.act.client_id) as session:
        post_remittance_file(session, office.act, taken_back, policy=policy)
    office.check()
    assert office.books() == {"CONTRACTUAL": 15_000, "CHARGES": -15_000}
    assert office.denials() == []
