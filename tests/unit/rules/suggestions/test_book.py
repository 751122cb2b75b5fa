"""Codes found in the book by words of their names."""

from datetime import date

import pytest

from revcycle.rules.suggestions.book import read_note, search_book
from revcycle.rules.suggestions.clauses import split_clauses
from revcycle.rules.suggestions.words import list_words
from tests.unit.rules.suggestions.small_book import small_book

DAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("pneumonia", "J189"),  # the heading stands for what says the least below it
        ("renal calculi", "N200"),
        ("kidney stone", "N200"),
        ("HTN", "I10"),
        ("colon cancer", "C189"),
        ("type II diabetes", "E119"),
        ("nephrolithiases", "N200"),
        ("right ankle sprain", "S93401A"),
    ],
)
def test_everyday_words_find_the_code(phrase: str, code: str) -> None:
    assert search_book(small_book(), phrase, DAY, 3)[0].code == code


def test_nothing_typed_and_unknown_words_find_nothing() -> None:
    assert search_book(small_book(), "", DAY, 3) == []
    assert search_book(small_book(), "qqqq", DAY, 3) == []


def test_a_code_that_became_a_heading_gives_way_to_what_stands_below_it() -> None:
    before = search_book(small_book(), "qualitative platelet defects", date(2026, 9, 30), 1)
    after = search_book(small_book(), "qualitative platelet defects", date(2026, 10, 1), 1)
    assert before[0].code == "D691"
    assert after[0].code.startswith("D691")
    assert len(after[0].code) > len("D691")


def test_later_encounters_are_not_in_the_book() -> None:
    assert "S93401D" not in small_book().codes


def codes_of(note: str) -> set[str]:
    found = read_note(small_book(), split_clauses(note))
    return {code for at, code in enumerate(small_book().codes) if found.clause[at] >= 0}


def test_a_denied_disease_is_not_read_from_a_note() -> None:
    assert "J189" in codes_of("Pneumonia of the left lung")
    assert codes_of("No evidence of pneumonia. Denies fever.") == set()


def test_history_is_coded_as_history_only() -> None:
    found = codes_of("History of malignant neoplasm of large intestine")
    assert "Z85038" in found
    assert all("Z85" <= code < "Z90" for code in found)


def test_a_disease_of_the_family_is_coded_as_family_history_only() -> None:
    found = codes_of("Family history of malignant neoplasm of digestive organs")
    assert found == {"Z800"}


def test_spellings_and_plurals_are_one_word() -> None:
    assert list_words("Oedema; tumours") == list_words("edema, neoplasm")
