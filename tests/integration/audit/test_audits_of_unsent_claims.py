"""An audit finds other codes while no payer holds the claim: the chart goes back."""

import pytest
from sqlmodel import select

from models.documents.act import Act
from models.documents.claim import ClaimForm
from models.states.claim import ClaimState
from models.states.encounter import EncounterState
from models.states.work_item import Queue
from models.tables import Claim
from models.values.money import Money
from revcycle.operations.submission.build_claims import build_claims
from revcycle.operations.submission.policies import ClaimPolicy
from revcycle.store.session import transaction
from tests.clock_rules import days_after_service
from tests.integration.audit.coding_office import CodingOffice
from tests.integration.audit.test_coding_audits import disputed, number_of
from tests.integration.practice_rows import BLUE_HERON

POLICY = ClaimPolicy(
    ClaimForm.PROFESSIONAL,
    {"99213": Money(12_500), "99214": Money(18_000)},
    {BLUE_HERON.key: days_after_service(90)},
)


@pytest.fixture
def office(database_url: str, act: Act) -> CodingOffice:
    """A practice with charts that wait for a coder."""
    office = CodingOffice(database_url, act)
    office.receive(3)
    return office


def test_a_claim_that_has_not_left_waits_for_the_right_codes(office: CodingOffice) -> None:
    case = disputed(office)
    with transaction(office.url) as session:
        build_claims(session, office.act, [case.encounter_id], policy=POLICY)
    office.decide({number_of(office, case): "99214"})
    assert office.state_of(case.encounter_id) == EncounterState.CODING
    with transaction(office.url) as session:
        assert session.exec(select(Claim.state)).all() == [ClaimState.RECODING]
    assert office.items(Queue.FOLLOW_UP) == []
    item = office.items(Queue.CODING)[-1]
    assert (item.reason, item.state) == ("audit.findings", "open")
    assert "right is 99214" in item.detail
