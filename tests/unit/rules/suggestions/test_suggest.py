"""Suggestions for a note: ranked, with the clause that supports them, from one practice's past."""

from datetime import date

import numpy as np
import pytest

from models.values.suggestions import Source
from revcycle.rules.suggestions.clauses import split_clauses
from revcycle.rules.suggestions.history import AcceptedNote, learn_history, remember
from revcycle.rules.suggestions.stored import (
    ForeignBytesError,
    read_book,
    read_learned,
    write_book,
    write_learned,
)
from revcycle.rules.suggestions.suggest import learn, suggest_codes
from tests.unit.rules.suggestions.small_book import NOTES, small_book

DAY = date(2026, 9, 1)
NOTE = "Patient comes with pneumonia. Denies cough. Sugar is up, metformin."


def test_without_a_past_the_book_suggests_with_the_clause_that_names_it() -> None:
    (first, *_) = suggest_codes(small_book(), None, NOTE, DAY)
    assert (first.code, first.source) == ("J189", Source.BOOK)
    assert first.evidence is not None
    assert NOTE[first.evidence.start : first.evidence.end] == first.evidence.text
    assert "pneumonia" in first.evidence.text


def test_the_past_suggests_what_the_book_cannot_read() -> None:
    learned = learn(small_book(), NOTES)
    found = {one.code: one for one in suggest_codes(small_book(), learned, NOTE, DAY)}
    sugar = found["E119"]
    assert sugar.source in {Source.HISTORY, Source.NEIGHBOUR}
    assert sugar.evidence is not None
    assert "Sugar" in sugar.evidence.text


def test_what_is_denied_is_no_evidence() -> None:
    learned = learn(small_book(), NOTES)
    found = suggest_codes(small_book(), learned, "Denies coughing since Monday. Fever.", DAY)
    assert all("Denies" not in one.evidence.text for one in found if one.evidence)


def test_an_empty_note_suggests_nothing_from_the_book() -> None:
    assert suggest_codes(small_book(), None, "", DAY) == []


def test_no_more_than_asked_for_and_each_code_once() -> None:
    learned = learn(small_book(), NOTES)
    found = suggest_codes(small_book(), learned, NOTE, DAY, limit=3)
    assert len(found) == len({one.code for one in found}) == 3


def test_few_notes_are_fused_by_ranks() -> None:
    learned = learn(small_book(), NOTES[:4])
    assert learned.weights is None
    found = suggest_codes(small_book(), learned, NOTES[0].text, DAY)
    assert found[0].code == "E119"
    assert 0 < found[0].score <= 1


def test_what_the_note_says_stands_above_what_three_charts_have_in_common() -> None:
    """A new practice: every chart it completed has the same code."""
    charts = [AcceptedNote(f"Visit {day}. Feels well today.", ("E119",)) for day in "abc"]
    learned = learn(small_book(), charts)
    note = "Visit d. Kidney calculus. Feels well today."
    found = [one.code for one in suggest_codes(small_book(), learned, note, DAY)]
    assert found[:2] == ["N200", "E119"]


def test_one_note_teaches_nothing() -> None:
    with pytest.raises(ValueError, match="fewer than two"):
        learn(small_book(), [AcceptedNote("Cough.", ("R059",)), AcceptedNote("Fever.", ())])


def test_a_note_left_out_is_judged_as_if_it_had_never_been_there() -> None:
    """The closed form equals learning anew without the note, where the words are the same."""
    notes = list(NOTES[:9])
    history, without = learn_history(notes)
    rows = history.notes.toarray()
    accepted = history.accepted.toarray()
    keep = np.arange(1, len(notes))
    center = accepted.mean(axis=0)
    alike = rows[keep] @ rows[keep].T + 0.1 * np.eye(len(keep))
    solution = np.linalg.solve(alike, accepted[keep] - center)
    anew = rows[0] @ rows[keep].T @ solution + accepted[keep].mean(axis=0)
    assert np.allclose(without.expected[0], anew, atol=1e-4)


def test_what_was_learned_is_the_same_after_writing_and_reading() -> None:
    learned = learn(small_book(), NOTES)
    content = write_learned(learned)
    again = read_learned(content, small_book())
    assert write_learned(again) == content == write_learned(learn(small_book(), NOTES))
    before = remember(learned.history, split_clauses(NOTE)).expected
    assert np.allclose(before, remember(again.history, split_clauses(NOTE)).expected)
    assert suggest_codes(read_book(write_book(small_book())), again, NOTE, DAY) == suggest_codes(
        small_book(), learned, NOTE, DAY
    )


@pytest.mark.parametrize("content", [b"", b"\x80\x04.", b"PK\x03\x04", write_book(small_book())])
def test_bytes_of_another_kind_are_refused(content: bytes) -> None:
    with pytest.raises(ForeignBytesError):
        read_learned(content, small_book())
