"""Claims of one patient, provider and day, asked again by the edits of coding when they leave."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.documents.coding_policy import CodingPolicy, Weight
from models.states.claim import ClaimState
from models.tables import Claim, ClaimFinding, Encounter
from models.values.reference import ReferenceKind
from revcycle.operations.submission.scrub_claims import scrub_claims
from revcycle.rules.submission.scrub import ScrubPolicy
from revcycle.store.session import transaction
from tests.cms_files import a_pair, mue_text, ptp_text
from tests.integration.coding.coding_lists import MUE_FILE, PTP_FILE, import_list
from tests.integration.submission.office import PRACTICE, Office

PAIR = ptp_text(a_pair("99213", "85025", indicator="0"))  # synthetic
LIMIT = mue_text("85025,1,2 Date of Service Edit: Policy,invented")


@pytest.fixture
def two_claims(office: Office) -> tuple[UUID, UUID]:
    """Bill a visit, and a laboratory test of the same patient, provider and day."""
    visit = office.add_encounter("99213")
    with transaction(office.url) as session:
        patient_id = session.exec(select(Encounter.patient_id).where(Encounter.id == visit)).one()
    test = office.add_encounter("85025", patient_id=patient_id)
    office.build(visit, test)
    return visit, test


def states(office: Office, encounters: tuple[UUID, UUID]) -> list[str]:
    with transaction(office.url) as session:
        rows = session.exec(select(Claim).where(col(Claim.encounter_id).in_(encounters))).all()
        found = {row.encounter_id: row.state for row in rows}
    return [found[one] for one in encounters]


def findings(office: Office) -> set[tuple[str, str]]:
    with transaction(office.url) as session:
        return {(row.rule_id, row.field) for row in session.exec(select(ClaimFinding))}


def test_without_lists_both_claims_leave(office: Office, two_claims: tuple[UUID, UUID]) -> None:
    office.scrub()
    assert states(office, two_claims) == [ClaimState.READY, ClaimState.READY]


def test_a_pair_on_two_claims_of_the_day_is_held(
    office: Office, two_claims: tuple[UUID, UUID], tmp_path: Path
) -> None:
    import_list(office.url, tmp_path, ReferenceKind.PTP_PRACTITIONER, PTP_FILE, PAIR)
    office.scrub()
    assert ClaimState.HELD in states(office, two_claims)
    assert findings(office) == {("coding.procedure_pairs", "lines[1].procedure_code")}


def test_units_of_two_claims_of_the_day_are_summed(
    office: Office, two_claims: tuple[UUID, UUID], tmp_path: Path
) -> None:
    import_list(office.url, tmp_path, ReferenceKind.MUE_PRACTITIONER, MUE_FILE, LIMIT)
    with transaction(office.url) as session:
        patient_id = session.exec(
            select(Encounter.patient_id).where(Encounter.id == two_claims[0])
        ).one()
    again = office.add_encounter("85025", patient_id=patient_id)
    office.build(again)
    office.scrub()
    assert ("coding.unit_limits", "lines[1].units") in findings(office)


def test_a_practice_that_switched_the_rule_off_is_not_held(
    office: Office, two_claims: tuple[UUID, UUID], tmp_path: Path
) -> None:
    import_list(office.url, tmp_path, ReferenceKind.PTP_PRACTITIONER, PTP_FILE, PAIR)
    quiet = ScrubPolicy(coding=CodingPolicy(weights={"coding.procedure_pairs": Weight.OFF}))
    with transaction(office.url) as session:
        ids = list(session.exec(select(Claim.id)).all())
        scrub_claims(session, office.act, ids, policy=quiet, practice=PRACTICE)
    assert states(office, two_claims) == [ClaimState.READY, ClaimState.READY]
