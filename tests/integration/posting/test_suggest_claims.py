"""Which claims the database offers for a payment of nobody, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.documents.act import Act
from models.documents.match import Candidate
from models.documents.remittance import RemittanceClaim
from models.tables import Client
from revcycle.operations.posting.read_remittance_claim import read_remittance_claim
from revcycle.operations.posting.suggest_claims import (
    judge_claim,
    look_for_claims,
    suggest_claims,
)
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)
from tests.integration.posting.matching_desk import MatchingDesk, of_nobody


@pytest.fixture
def desk(either_database_url: str) -> MatchingDesk:
    """Somebody who finds owners of payments."""
    client = Client(key="demo_practice", name="Demo Practice", time_zone="America/New_York")
    with transaction(either_database_url) as session:
        session.add(client)
    at = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    act = Act(client.id, "tester", at, date(2026, 11, 20))
    return MatchingDesk(BillingOffice(either_database_url, act))


def suggested(desk: MatchingDesk, search: str | None = None) -> tuple[Candidate, ...]:
    """List what is offered for the one payment that waits, or what is found for a text."""
    client_id = desk.act.client_id
    with transaction(desk.office.database_url, client_id) as session:
        opened = read_remittance_claim(session, client_id, desk.waiting().subject_id)
        if search is None:
            return suggest_claims(session, client_id, opened)
        return look_for_claims(session, client_id, opened, search)


def slipped(claim: BilledClaim, decision: RemittanceClaim) -> RemittanceClaim:
    """Change a character in the middle of our number."""
    number = claim.control_number
    other = "A" if number[7] != "A" else "B"
    return replace(decision, claim_control_number=f"{number[:7]}{other}{number[8:]}")


def test_a_number_with_a_slip_finds_its_claim_first(desk: MatchingDesk) -> None:
    claim, *_ = [desk.office.bill(10_000) for _ in range(3)]
    decision = replace(
        a_decision(claim, (10_000, [])), patient_last_name="Plum", patient_first_name="Violet"
    )
    desk.office.post(a_remittance(slipped(claim, decision)))
    assert suggested(desk)[0].claim.claim_id == claim.claim_id


def test_without_any_number_patient_day_and_charge_find_it(desk: MatchingDesk) -> None:
    claim, other = desk.office.bill(12_300), desk.office.bill(4_500)
    desk.office.post(a_remittance(of_nobody(a_decision(claim, (12_300, [])))))
    found = suggested(desk)
    assert [one.claim.claim_id for one in found] == [claim.claim_id, other.claim_id]
    assert found[0].score > found[1].score


def test_a_search_finds_numbers_and_names_and_takes_signs_as_they_are(desk: MatchingDesk) -> None:
    claim = desk.office.bill(10_000)
    desk.office.post(a_remittance(of_nobody(a_decision(claim, (10_000, [])))))
    for text in (claim.control_number[:6], claim.control_number.lower(), "MARM", "marmalade"):
        assert [one.claim.claim_id for one in suggested(desk, text)] == [claim.claim_id], text
    for text in ("%", "_", "", "  ", "\\", "M%"):
        assert suggested(desk, text) == (), text


def test_a_match_and_its_undoing_work_on_both_databases(desk: MatchingDesk) -> None:
    claim = desk.office.bill(10_000)
    said = [("CO", "45", 1_000), ("CO", "29", 2_000)]
    desk.office.post(a_remittance(of_nobody(a_decision(claim, (7_000, said)))))
    before = desk.office.books()
    for _ in range(2):
        desk.match(claim)
        desk.unmatch(desk.rows()[0].id)
    assert desk.office.books() == before
    row_id = desk.rows()[0].id
    with transaction(desk.office.database_url, desk.act.client_id) as session:
        opened = read_remittance_claim(session, desk.act.client_id, row_id)
        assert judge_claim(session, desk.act.client_id, opened, row_id) is None
