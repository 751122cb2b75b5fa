"""What a note says is there, is not there, was once, or runs in the family."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revcycle.rules.suggestions.clauses import Saying, split_clauses


def said(note: str) -> list[tuple[str, Saying]]:
    return [(one.text, one.saying) for one in split_clauses(note)]


@pytest.mark.parametrize(
    "note",
    [
        "Denies chest pain, dyspnea or fever.",
        "No evidence of pneumonia",
        "Pneumonia was ruled out.",
        "Without masses",
        "Deep vein thrombosis is unlikely",
        "Negative for strep",
        "No family history of stroke.",
        "Fracture has been excluded",
    ],
)
def test_what_is_denied_is_not_there(note: str) -> None:
    assert {saying for _, saying in said(note)} == {Saying.NEGATED}


@pytest.mark.parametrize(
    "note",
    [
        "Cough for three days",
        "Gram negative sepsis",
        "History of present illness: knee pain",
        "An ulcer cannot be ruled out",
        "No increase in the size of the goiter",
        "Temperature 37.5 C",
    ],
)
def test_what_only_looks_denied_or_past_is_there(note: str) -> None:
    assert {saying for _, saying in said(note)} == {Saying.PRESENT}


def test_a_denial_ends_where_the_sentence_turns() -> None:
    assert said("Denies chest pain, but has a cough.") == [
        ("Denies chest pain", Saying.NEGATED),
        ("but has a cough", Saying.PRESENT),
    ]


def test_what_stands_before_a_denial_is_there() -> None:
    assert said("Ankle sprain without fracture") == [
        ("Ankle sprain", Saying.PRESENT),
        ("without fracture", Saying.NEGATED),
    ]


def test_the_past_and_the_family_are_told_apart() -> None:
    assert said("History of colon cancer. Family history of asthma. Mother had diabetes") == [
        ("History of colon cancer", Saying.HISTORY),
        ("Family history of asthma", Saying.FAMILY),
        ("Mother had diabetes", Saying.FAMILY),
    ]


def test_an_empty_note_says_nothing() -> None:
    assert split_clauses(" \n. ,") == ()


@given(st.text(max_size=300))
def test_a_clause_stands_in_the_note_where_it_says(note: str) -> None:
    clauses = split_clauses(note)
    assert [note[one.start : one.end] for one in clauses] == [one.text for one in clauses]
    assert all(one.end <= two.start for one, two in pairwise(clauses))
