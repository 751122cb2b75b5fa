"""generate_evening: what comes in when the staff went home, one record of each trouble."""

from datetime import date
from uuid import UUID

import pytest

from models.documents.encounter import EncounterDocument
from revcycle.formats.hl7v2.encounters import read_encounters
from revcycle.rules.intake import check_encounter
from revcycle.rules.intake.patient_match import MatchKind, PatientCandidate, match_patient
from revcycle.synthetic.day import generate_day
from revcycle.synthetic.evening import (
    AGREED,
    DAYS_LEFT,
    FILING_DAYS,
    PAID_DAYS_AGO,
    SyntheticEvening,
    Trouble,
    generate_evening,
)
from revcycle.synthetic.practice import SourceFormat, SyntheticPractice, SyntheticSource
from tests.unit.synthetic.synthetic_practices import a_practice

DAY = date(2026, 11, 20)


def the_practice() -> SyntheticPractice:
    return a_practice(sources=(SyntheticSource("interface", SourceFormat.HL7V2),))


@pytest.fixture(scope="module")
def evening() -> SyntheticEvening:
    return generate_evening(the_practice(), seed=7, service_date=DAY)


@pytest.fixture(scope="module")
def came(evening: SyntheticEvening) -> dict[Trouble, EncounterDocument]:
    return read_back(evening)


def read_back(evening: SyntheticEvening) -> dict[Trouble, EncounterDocument]:
    records = [record for file in evening.files for record in read_encounters(file.content)]
    by_key = {one.encounter.source_key: one.encounter for one in records if one.encounter}
    return {trouble: by_key[key] for trouble, key in evening.source_keys.items()}


def test_the_same_evening_has_the_same_bytes_and_the_next_day_has_others(
    evening: SyntheticEvening,
) -> None:
    again = generate_evening(the_practice(), seed=7, service_date=DAY)
    tomorrow = generate_evening(the_practice(), seed=7, service_date=date(2026, 11, 21))
    assert again == evening
    assert tomorrow.files[0].content != evening.files[0].content


def test_every_trouble_comes_once(came: dict[Trouble, EncounterDocument]) -> None:
    assert set(came) == set(Trouble)
    refused = {one for one, document in came.items() if check_encounter(document, today=DAY)}
    assert refused == {Trouble.INCOMPLETE}
    uncoded = {one for one, document in came.items() if not document.diagnoses}
    assert uncoded == {Trouble.UNCODED, Trouble.UNCLEAR}
    uninsured = {one for one, document in came.items() if not document.coverages}
    assert uninsured == {Trouble.SELF_PAY, Trouble.PAID_TWICE, Trouble.REPAID}
    assert not came[Trouble.SELF_PAY].patient.email


def test_member_numbers_tell_the_payer_what_to_do(came: dict[Trouble, EncounterDocument]) -> None:
    insured = {one: document.coverages for one, document in came.items() if document.coverages}
    endings = {one: coverages[0].member_id[-1:] for one, coverages in insured.items()}
    assert {one: ending for one, ending in endings.items() if ending != "0"} == {
        Trouble.REFUSED: "R",
        Trouble.DENIED: "N",
        Trouble.APPEALED: "N",
        Trouble.GIVEN_UP: "N",
        Trouble.LOST: "L",
        Trouble.UNKNOWN_MEMBER: "8",
    }


def test_older_visits_are_old_enough_and_one_service_is_known(
    came: dict[Trouble, EncounterDocument],
) -> None:
    days = {one: document.service_date for one, document in came.items()}
    ages = {one: (DAY - day).days for one, day in days.items() if day}
    assert {one: age for one, age in ages.items() if age} == {
        Trouble.LOST: FILING_DAYS - DAYS_LEFT,
        Trouble.PAID_TWICE: PAID_DAYS_AGO,
        Trouble.REPAID: PAID_DAYS_AGO,
    }
    assert AGREED[the_practice().kind] in {
        one.code.code for one in came[Trouble.UNDERPAID].procedures
    }


def test_the_namesake_may_be_the_patient_who_came_before(
    came: dict[Trouble, EncounterDocument],
) -> None:
    first, second = came[Trouble.UNCODED], came[Trouble.NAMESAKE]
    known = PatientCandidate(UUID(int=1), first.patient, first.identifiers)
    match = match_patient(second.patient, second.identifiers, [known])
    assert match.kind is MatchKind.DOUBTFUL


def test_nobody_of_the_evening_came_during_the_day(
    came: dict[Trouble, EncounterDocument],
) -> None:
    day = generate_day(the_practice(), encounters=200, seed=7, service_date=DAY)
    records = [record for file in day.files for record in read_encounters(file.content)]
    seen = {one.encounter.identifiers for one in records if one.encounter}
    assert seen.isdisjoint(document.identifiers for document in came.values())
    assert {one.encounter.source_key for one in records if one.encounter}.isdisjoint(
        document.source_key for document in came.values()
    )
