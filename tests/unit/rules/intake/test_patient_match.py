"""match_patient."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.party import Address, Person
from revcycle.rules.intake.likeness import person_likeness
from revcycle.rules.intake.patient_match import MatchKind, PatientCandidate, match_patient

KNOWN_ID = UUID(int=1)
OTHER_ID = UUID(int=2)
ELINDA = Person(
    last_name="Mosswick",
    first_name="Elinda",
    birth_date=date(1970, 3, 14),
    sex="F",
    address=Address("12 Fernnook Lane", "Foxhollow", "OH", "44101"),
    phone="2165550100",
)
NUMBER = (("MR", "P1"),)
KNOWN = PatientCandidate(KNOWN_ID, ELINDA, NUMBER)

names = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12)
people = st.builds(
    Person,
    last_name=names,
    first_name=names,
    birth_date=st.none() | st.dates(date(1920, 1, 1), date(2026, 1, 1)),
    sex=st.sampled_from(["F", "M", "U", ""]),
    phone=st.sampled_from(["", "2165550100", "(216) 555-0101"]),
)
numbers = st.lists(st.tuples(st.just("MR"), st.sampled_from(["P1", "P2", "P3"])), max_size=1)
candidates = st.builds(
    PatientCandidate, patient_id=st.uuids(), person=people, identifiers=numbers.map(tuple)
)


def test_nobody_known_means_new() -> None:
    assert match_patient(ELINDA, NUMBER, ()).kind is MatchKind.NEW


@pytest.mark.parametrize(
    "person",
    [
        pytest.param(ELINDA, id="everything-agrees"),
        pytest.param(replace(ELINDA, last_name="Thornbeck"), id="last-name-changed"),
        pytest.param(replace(ELINDA, birth_date=date(1970, 3, 15)), id="birth-date-mistyped"),
        pytest.param(replace(ELINDA, birth_date=None), id="birth-date-missing"),
    ],
)
def test_an_identifier_wins_when_birth_date_or_last_name_agrees(person: Person) -> None:
    match = match_patient(person, NUMBER, (KNOWN,))
    assert (match.kind, match.patient_id, match.reason) == (
        MatchKind.SAME,
        KNOWN_ID,
        "identifier",
    )


def test_an_identifier_alone_is_doubtful() -> None:
    stranger = replace(ELINDA, last_name="Thornbeck", birth_date=date(1999, 9, 9))
    match = match_patient(stranger, NUMBER, (KNOWN,))
    assert (match.kind, match.reason) == (MatchKind.DOUBTFUL, "identifier_conflict")


@pytest.mark.parametrize(
    ("person", "kind"),
    [
        pytest.param(ELINDA, MatchKind.SAME, id="all-traits-agree"),
        pytest.param(replace(ELINDA, last_name="MÓSSWICK"), MatchKind.SAME, id="accent-and-case"),
        pytest.param(replace(ELINDA, first_name="Elinnda"), MatchKind.SAME, id="a-doubled-letter"),
        pytest.param(replace(ELINDA, phone="330-555-0199"), MatchKind.SAME, id="another-phone"),
        pytest.param(replace(ELINDA, address=None, phone=""), MatchKind.SAME, id="names-and-date"),
        pytest.param(
            replace(ELINDA, last_name="Thornbeck"), MatchKind.DOUBTFUL, id="a-changed-last-name"
        ),
        pytest.param(
            replace(ELINDA, birth_date=date(1970, 3, 10)), MatchKind.DOUBTFUL, id="a-wrong-day"
        ),
        pytest.param(
            replace(ELINDA, birth_date=date(1970, 4, 13)), MatchKind.NEW, id="another-birth-date"
        ),
        pytest.param(replace(ELINDA, first_name="Borric"), MatchKind.DOUBTFUL, id="a-twin"),
        pytest.param(
            Person("Thornbeck", "Borric", birth_date=date(1970, 3, 14), sex="M"),
            MatchKind.NEW,
            id="a-stranger-with-the-same-birthday",
        ),
        pytest.param(Person("Mosswick", "Elinda"), MatchKind.NEW, id="only-a-name"),
    ],
)
def test_without_an_identifier_likeness_decides(person: Person, kind: MatchKind) -> None:
    assert match_patient(person, (), (KNOWN,)).kind is kind


def test_a_twin_with_a_number_of_their_own_is_new() -> None:
    twin = replace(ELINDA, first_name="Borric")
    assert match_patient(twin, (("MR", "P2"),), (KNOWN,)).kind is MatchKind.NEW


def test_the_same_person_under_another_number_is_doubtful() -> None:
    assert match_patient(ELINDA, (("MR", "P2"),), (KNOWN,)).kind is MatchKind.DOUBTFUL


def test_a_parent_and_a_child_of_the_same_name_are_two_people() -> None:
    child = replace(ELINDA, birth_date=date(2001, 7, 9))
    assert match_patient(child, (), (KNOWN,)).kind is MatchKind.NEW


def test_two_candidates_who_are_both_the_same_person_are_doubtful() -> None:
    twice = (replace(KNOWN, identifiers=()), PatientCandidate(OTHER_ID, ELINDA))
    match = match_patient(ELINDA, (), twice)
    assert (match.kind, match.reason) == (MatchKind.DOUBTFUL, "several")


def test_an_identifier_chooses_between_candidates_who_look_the_same() -> None:
    known = replace(KNOWN, person=replace(ELINDA, first_name="Elinde"))
    match = match_patient(ELINDA, NUMBER, (PatientCandidate(OTHER_ID, ELINDA), known))
    assert (match.kind, match.patient_id) == (MatchKind.SAME, KNOWN_ID)


@given(people, people)
def test_likeness_is_the_same_both_ways_and_between_nought_and_one(
    person: Person, other: Person
) -> None:
    likeness = person_likeness(person, other)
    assert likeness == pytest.approx(person_likeness(other, person))
    assert 0.0 <= likeness <= 1.0 + 1e-9


@given(people, numbers, st.lists(candidates, max_size=4, unique_by=lambda one: one.patient_id))
def test_the_order_of_candidates_does_not_matter(
    person: Person, own: list[tuple[str, str]], known: list[PatientCandidate]
) -> None:
    assert match_patient(person, own, known) == match_patient(person, own, known[::-1])


@given(people.filter(lambda one: one.birth_date is not None))
def test_a_complete_person_is_always_the_same_as_themselves(person: Person) -> None:
    match = match_patient(person, (), (PatientCandidate(KNOWN_ID, person),))
    assert match.kind is MatchKind.SAME
