"""Claims for visits that a payer authorized: so many leave, and each names the authorization."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from models.documents.authorization import NewAuthorization
from models.states.claim import ClaimState
from models.tables import AuditEvent, Charge, Claim, ClaimFinding, Encounter, OutboundFile
from models.values.authorized import AuthorizationSource
from revcycle.operations.verification.keep_authorizations import keep_authorizations
from revcycle.store.session import transaction
from tests.integration.submission.office import SERVICE_DATE, Office


@pytest.fixture
def visits(office: Office) -> list[UUID]:
    """Three coded visits of one patient on three days."""
    first = office.add_encounter("99213")
    patient_id = next(row.patient_id for row in office.all(Encounter) if row.id == first)
    others = [office.add_encounter("99213", patient_id=patient_id) for _ in range(2)]
    with transaction(office.url) as session:
        for day, one in enumerate((first, *others)):
            row = session.exec(select(Encounter).where(Encounter.id == one)).one()
            row.service_date = SERVICE_DATE - timedelta(days=day)
            charge = session.exec(select(Charge).where(Charge.encounter_id == one)).one()
            charge.service_date = row.service_date
    return [first, *others]


def authorize(office: Office, encounter_id: UUID, allowed: int, number: str = "A-77") -> None:
    patient_id = next(row.patient_id for row in office.all(Encounter) if row.id == encounter_id)
    assert patient_id is not None
    new = NewAuthorization(
        patient_id, office.payer_ids["acme"], number, allowed, procedures="99202-99215"
    )
    with transaction(office.url) as session:
        keep_authorizations(session, office.act, [new], source=AuthorizationSource.PERSON)


def states(office: Office) -> dict[UUID, str]:
    return {row.encounter_id: str(row.state) for row in office.all(Claim)}


def test_no_more_claims_leave_than_visits_were_authorized(
    office: Office, visits: list[UUID]
) -> None:
    authorize(office, visits[0], allowed=2)
    office.build(*visits)
    office.scrub()
    assert sorted(states(office).values()) == [ClaimState.HELD, ClaimState.READY, ClaimState.READY]
    assert states(office)[visits[0]] == ClaimState.HELD  # the latest day of the three
    (finding,) = office.all(ClaimFinding)
    assert (finding.rule_id, finding.field) == ("coding.authorized_visits", "prior_authorization")
    assert "authorization A-77: 2 visits allowed, 2 used, 0 left" in finding.message


def test_what_is_used_up_is_named_on_no_further_visit(office: Office, visits: list[UUID]) -> None:
    authorize(office, visits[0], allowed=2)
    office.build(*visits)
    office.scrub()
    numbers = {row.id: row.prior_authorization for row in office.all(Encounter)}
    assert [numbers[one] for one in visits] == ["", "A-77", "A-77"]


def test_where_one_is_used_up_the_next_is_named(office: Office, visits: list[UUID]) -> None:
    authorize(office, visits[0], allowed=1)
    authorize(office, visits[0], allowed=2, number="A-78")
    office.build(*visits)
    office.scrub()
    assert set(states(office).values()) == {ClaimState.READY}
    numbers = {row.id: row.prior_authorization for row in office.all(Encounter)}
    assert [numbers[one] for one in visits] == ["A-78", "A-78", "A-77"]


def test_more_visits_let_the_held_claim_go(office: Office, visits: list[UUID]) -> None:
    authorize(office, visits[0], allowed=3)
    office.build(*visits)
    office.scrub()
    assert set(states(office).values()) == {ClaimState.READY}


def test_the_number_goes_on_the_claim_and_is_written_into_the_trail(
    office: Office, visits: list[UUID]
) -> None:
    authorize(office, visits[0], allowed=9)
    office.build(*visits)
    office.scrub()
    assert {row.prior_authorization for row in office.all(Encounter)} == {"A-77"}
    trail = [row for row in office.all(AuditEvent) if row.action == "place_authorization"]
    assert {row.subject_id for row in trail} == set(visits)
    file_id = office.batch_file()
    file = next(one for one in office.all(OutboundFile) if one.id == file_id)
    assert file.content.count(b"REF*G1*A-77~") == 3


def test_a_number_that_the_practice_sent_stays(office: Office, visits: list[UUID]) -> None:
    authorize(office, visits[0], allowed=9)
    with transaction(office.url) as session:
        row = session.exec(select(Encounter).where(Encounter.id == visits[1])).one()
        row.prior_authorization = "OWN-1"
    office.build(*visits)
    office.scrub()
    numbers = {row.id: row.prior_authorization for row in office.all(Encounter)}
    assert [numbers[one] for one in visits] == ["A-77", "OWN-1", "A-77"]


def test_a_limit_of_the_plan_holds_no_claim_and_gives_no_number(
    office: Office, visits: list[UUID]
) -> None:
    authorize(office, visits[0], allowed=1, number="")
    office.build(*visits)
    office.scrub()
    assert set(states(office).values()) == {ClaimState.READY}
    assert {row.prior_authorization for row in office.all(Encounter)} == {""}
