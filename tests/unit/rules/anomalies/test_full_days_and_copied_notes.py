"""Days with more hours than there are, and notes with the same words."""

import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest

from models.documents.coding_mix import AuthoredNote, TimedLines
from revcycle.rules.anomalies.copied_notes import find_copied_notes, runs_of
from revcycle.rules.anomalies.full_days import find_full_days, minutes_at_least

DAY = date(2026, 11, 18)
QUILL, WREN, SPARROW = UUID(int=1), UUID(int=2), UUID(int=3)
WORDS = [f"word{number}" for number in range(400)]


def treated(units: int, *, encounter: int = 1, critical: int = 0) -> TimedLines:
    return TimedLines(QUILL, DAY, UUID(int=encounter), Decimal(units), Decimal(critical))


def a_note(
    number: int, text: str, *, patient: UUID | None = WREN, days: int = 0, writer: str = "Q"
) -> AuthoredNote:
    return AuthoredNote(UUID(int=number), patient, DAY + timedelta(days=days), writer, text)


def a_text(seed: int, length: int = 120) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))  # noqa: S311 - invented words


@pytest.mark.parametrize(
    ("lines", "minutes"),
    [
        pytest.param(treated(1), 8, id="one-unit-from-eight-minutes"),
        pytest.param(treated(4), 53, id="four-units-from-53-minutes"),
        pytest.param(treated(0, critical=3), 90, id="critical-care-by-half-hours"),
    ],
)
def test_units_need_minutes_at_the_least(lines: TimedLines, minutes: int) -> None:
    assert minutes_at_least(lines) == minutes


@pytest.mark.parametrize(
    ("encounters", "expected"),
    [
        pytest.param(18, [], id="under-16-hours-is-quiet"),
        pytest.param(19, [False], id="over-16-hours-is-long"),
        pytest.param(27, [False], id="under-24-hours-is-long"),
        pytest.param(28, [True], id="over-24-hours-cannot-be"),
    ],
)
def test_hours_of_a_day(encounters: int, expected: list[bool]) -> None:
    days = find_full_days(treated(4, encounter=number) for number in range(encounters))
    assert [one.is_impossible for one in days] == expected
    assert all(sum(each for _, each in one.encounters) == one.minutes for one in days)


def test_case_and_punctuation_do_not_make_a_text_another() -> None:
    assert runs_of("One, two three. Four FIVE six") == {
        "one two three four five",
        "two three four five six",
    }
    assert runs_of("too short") == frozenset()


def test_a_note_of_another_patient_with_the_same_words_is_shown_with_its_share() -> None:
    text = a_text(1)
    (pair,) = find_copied_notes(
        [a_note(1, text), a_note(2, text.upper(), patient=SPARROW), a_note(3, a_text(2), days=1)]
    )
    assert (pair.first_id, pair.second_id, pair.share) == (UUID(int=1), UUID(int=2), Fraction(1))
    assert not pair.is_same_patient


def test_two_words_changed_are_still_a_copy_and_half_a_note_is_not() -> None:
    words = a_text(1).split()
    changed = " ".join([*words[:60], "left", *words[61:]])
    half = " ".join(words[:60] + a_text(9, 60).split())
    (pair,) = find_copied_notes([a_note(1, " ".join(words)), a_note(2, changed, days=7)])
    assert Fraction(4, 5) <= pair.share < 1
    assert pair.is_same_patient
    assert find_copied_notes([a_note(1, " ".join(words)), a_note(2, half, days=7)]) == []


def test_parts_of_one_chart_and_other_writers_are_left_alone() -> None:
    text = a_text(1)
    assert find_copied_notes([a_note(1, text), a_note(1, text)]) == []
    assert find_copied_notes([a_note(1, text), a_note(2, text)]) == []  # one patient, one day
    assert find_copied_notes([a_note(1, text), a_note(2, text, writer="R", days=1)]) == []
    unknown = [a_note(1, text, patient=None), a_note(2, text, patient=None)]
    assert len(find_copied_notes(unknown)) == 1


def test_a_template_that_many_notes_have_does_not_make_them_copies() -> None:
    template = a_text(0)
    notes = [a_note(n, f"{template} {a_text(n, 40)}", days=n) for n in range(1, 60)]
    assert find_copied_notes(notes) == []
    copied = a_note(99, f"{template} {a_text(7, 40)}", days=70)
    (pair,) = find_copied_notes([*notes, copied])
    assert {pair.first_id, pair.second_id} == {UUID(int=7), UUID(int=99)}


def test_short_notes_are_not_judged() -> None:
    assert find_copied_notes([a_note(1, a_text(1, 20)), a_note(2, a_text(1, 20), days=1)]) == []
