"""generate_day, read back by the readers of intake."""

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from models.documents.encounter import EncounterDocument, IntakeRecord
from models.values.identifiers import is_npi
from revcycle.formats.csv.encounters import read_encounters as read_csv
from revcycle.formats.fhir.encounters import read_encounters as read_fhir
from revcycle.formats.hl7v2.encounters import read_encounters as read_hl7v2
from revcycle.reference.icd10 import is_valid_icd10
from revcycle.reference.procedures import PROCEDURE_LABELS
from revcycle.rules.intake import check_encounter
from revcycle.rules.intake.match_payer import KnownPayer
from revcycle.synthetic.answers import Answer
from revcycle.synthetic.day import NOTE_ONLY_RATE, SyntheticDay, SyntheticFile, generate_day
from revcycle.synthetic.defects import RATES, UNITS_MISTYPED, Defect
from revcycle.synthetic.edit_lists import TRAY
from revcycle.synthetic.member_ids import MemberOutcome, member_outcome
from revcycle.synthetic.practice import PracticeKind
from revcycle.synthetic.visit_choice import VISITS
from tests.unit.synthetic.synthetic_practices import COLUMNS, DATE_FORMAT, a_practice

DAY = date(2026, 11, 20)
ENCOUNTERS = 400
ZONE = ZoneInfo("America/New_York")


def read(file: SyntheticFile) -> tuple[IntakeRecord, ...]:
    if file.source_key == "ehr":
        return read_fhir(file.content, zone=ZONE)
    if file.source_key == "interface":
        return read_hl7v2(file.content)
    return read_csv(file.content, COLUMNS, DATE_FORMAT, delimiter=";")


@pytest.fixture(scope="module")
def day() -> SyntheticDay:
    return generate_day(a_practice(), encounters=ENCOUNTERS, seed=7, service_date=DAY)


@pytest.fixture(scope="module")
def answers(day: SyntheticDay) -> dict[str, Answer]:
    return {answer.source_key: answer for answer in day.answers}


@pytest.fixture(scope="module")
def documents(day: SyntheticDay) -> list[EncounterDocument]:
    records = [record for file in day.files for record in read(file)]
    return [record.encounter for record in records if record.encounter is not None]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(day: SyntheticDay) -> None:
    again = generate_day(a_practice(), encounters=ENCOUNTERS, seed=7, service_date=DAY)
    other = generate_day(a_practice(), encounters=ENCOUNTERS, seed=8, service_date=DAY)
    assert again == day
    assert {file.content for file in other.files}.isdisjoint(file.content for file in day.files)


def test_every_file_holds_the_records_it_promises_and_nothing_unreadable(
    day: SyntheticDay,
) -> None:
    for file in day.files:
        records = read(file)
        assert len(records) == file.records, file.name
        assert all(record.encounter and not record.findings for record in records), file.name


def test_reading_gives_back_every_encounter_and_duplicates_twice(
    documents: list[EncounterDocument], answers: dict[str, Answer]
) -> None:
    read_keys = Counter(document.source_key for document in documents)
    expected = {
        key: 2 if answer.defect == Defect.DUPLICATE else 1 for key, answer in answers.items()
    }
    assert len(answers) == ENCOUNTERS
    assert read_keys == expected


def test_codes_that_arrive_are_those_of_the_answer_key(
    documents: list[EncounterDocument], answers: dict[str, Answer]
) -> None:
    for document in documents:
        answer = answers[document.source_key]
        sent = [
            (one.code.code, one.modifiers, int(one.units), one.diagnosis_pointers)
            for one in document.procedures
        ]
        right = [(one.code, one.modifiers, one.units, one.pointers) for one in answer.procedures]
        if answer.arrives_coded and answer.defect == Defect.PART_BESIDE:
            right.append((TRAY, (), *right[0][2:]))
        if answer.arrives_coded and answer.defect == Defect.MANY_UNITS:
            code, modifiers, _, pointers = right[0]
            right[0] = (code, modifiers, UNITS_MISTYPED, pointers)
        assert sent == (right if answer.arrives_coded else [])
        codes = tuple(code.code for code in document.diagnoses)
        assert codes == (answer.icd10_codes if answer.arrives_coded else ())


def test_what_arrives_without_codes_has_a_note_to_code_from(
    documents: list[EncounterDocument], answers: dict[str, Answer]
) -> None:
    uncoded = [one for one in documents if not answers[one.source_key].arrives_coded]
    share = len(uncoded) / len(documents)
    assert share == pytest.approx(NOTE_ONLY_RATE, abs=0.08)
    assert all("Assessment:" in document.notes[0].text for document in uncoded)


def test_planted_errors_and_only_those_are_found_at_intake(
    documents: list[EncounterDocument], answers: dict[str, Answer]
) -> None:
    payers = [KnownPayer(name, name, payer_id) for name, payer_id, _ in a_practice().payers]
    for document in documents:
        findings = check_encounter(document, today=DAY, payers=payers)
        corrections = answers[document.source_key].corrections
        assert {one.field for one in findings} == {
            field for field, _ in corrections if not field.endswith("payer_id")
        }


def test_every_kind_of_error_occurs_at_about_its_rate() -> None:
    many = generate_day(a_practice(), encounters=3000, seed=1, service_date=DAY)
    counts = Counter(answer.defect for answer in many.answers)
    for defect, rate in RATES.items():
        assert counts[defect] / 3000 == pytest.approx(rate, abs=0.008), defect


def test_people_of_all_files_carry_families_and_second_coverages(
    documents: list[EncounterDocument],
) -> None:
    minors = [one for one in documents if one.coverages[0].relationship == "19"]
    second = [one for one in documents if len(one.coverages) > 1]
    assert minors
    assert all(one.guarantor and one.coverages[0].subscriber for one in minors)
    assert 0.05 < len(second) / len(documents) < 0.30


def test_most_members_are_ordinary_and_every_other_outcome_occurs(
    documents: list[EncounterDocument],
) -> None:
    outcomes = Counter(member_outcome(one.coverages[0].member_id) for one in documents)
    assert 0.84 < outcomes[MemberOutcome.ACTIVE] / len(documents) < 0.96
    assert set(outcomes) == set(MemberOutcome)


def test_a_changed_spelling_is_a_patient_of_the_same_day(
    documents: list[EncounterDocument], answers: dict[str, Answer]
) -> None:
    changed = [
        one for one in documents if answers[one.source_key].defect == Defect.CHANGED_SPELLING
    ]
    names_by_number: dict[str, set[str]] = {}
    for document in documents:
        name = f"{document.patient.last_name} {document.patient.first_name}"
        names_by_number.setdefault(document.identifiers[0][1], set()).add(name)
    assert changed
    assert all(len(names_by_number[one.identifiers[0][1]]) == 2 for one in changed)


def test_the_same_people_come_back_on_another_day(day: SyntheticDay) -> None:
    next_day = generate_day(
        a_practice(), encounters=ENCOUNTERS, seed=7, service_date=date(2026, 11, 21)
    )
    people = [_people(one) for one in (day, next_day)]
    shared = people[0].keys() & people[1].keys()
    assert len(shared) > 50
    assert sum(people[0][number] == people[1][number] for number in shared) > 0.9 * len(shared)


def _people(day: SyntheticDay) -> dict[str, str]:
    documents = (record.encounter for file in day.files for record in read(file))
    return {one.identifiers[0][1]: one.patient.last_name for one in documents if one is not None}


@pytest.mark.parametrize("kind", list(PracticeKind))
def test_every_kind_of_practice_has_its_day(kind: PracticeKind) -> None:
    day = generate_day(a_practice(kind), encounters=60, seed=3, service_date=DAY)
    assert len(day.answers) == 60
    assert sum(len(read(file)) for file in day.files) == sum(file.records for file in day.files)


def test_a_csv_without_a_note_column_only_gets_coded_encounters() -> None:
    columns = {field: name for field, name in COLUMNS.items() if field != "note"}
    source = a_practice().sources[2]
    source = type(source)("export", source.format, columns, DATE_FORMAT)
    day = generate_day(a_practice(sources=(source,)), encounters=80, seed=3, service_date=DAY)
    assert all(answer.arrives_coded for answer in day.answers)


@pytest.mark.parametrize("kind", list(PracticeKind))
def test_every_visit_has_codes_that_are_valid_on_the_day(kind: PracticeKind) -> None:
    for visit in VISITS[kind]:
        assert all(is_valid_icd10(code, DAY) for code in visit.diagnoses), visit.name
        for procedure in visit.procedures:
            assert procedure.code in PROCEDURE_LABELS, visit.name
            assert set(procedure.pointers) <= set(range(1, len(visit.diagnoses) + 1)), visit.name


def test_only_planted_npis_fail_the_check_digit(
    documents: list[EncounterDocument], answers: dict[str, Answer]
) -> None:
    for document in documents:
        assert document.rendering_provider is not None
        planted = answers[document.source_key].defect == Defect.BAD_NPI
        assert is_npi(document.rendering_provider.npi) != planted
