"""One list to search out of several editions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.code_list import ListedPeriod
from models.values.billing_codes import CodeSystem
from revcycle.rules.coding.projected_codes import (
    EditionPeriods,
    project_editions,
    words_by_code,
)

OLD, NEW = date(2025, 10, 1), date(2026, 10, 1)
ALWAYS = date(2015, 10, 1)
LAST_OLD = date(2026, 9, 30)


def project(*editions: EditionPeriods) -> list[tuple[str, str, date, date | None]]:
    codes = project_editions(CodeSystem.ICD10CM, editions)
    return [(one.code, one.title, one.valid_from, one.valid_to) for one in codes]


def edition(first: date, *periods: ListedPeriod) -> EditionPeriods:
    return EditionPeriods(first, periods)


def test_what_both_editions_list_is_one_period() -> None:
    both = (
        edition(OLD, ListedPeriod("A1", "x", ALWAYS)),
        edition(NEW, ListedPeriod("A1", "x", NEW)),
    )
    assert project(*both) == [("A1", "x", ALWAYS, None)]


def test_what_an_edition_dropped_ended_the_day_before() -> None:
    both = (
        edition(OLD, ListedPeriod("A1", "x", ALWAYS)),
        edition(NEW, ListedPeriod("B1", "y", NEW)),
    )
    assert project(*both) == [("A1", "x", ALWAYS, LAST_OLD), ("B1", "y", NEW, None)]


def test_another_title_begins_with_its_edition() -> None:
    both = (
        edition(OLD, ListedPeriod("A1", "old", ALWAYS)),
        edition(NEW, ListedPeriod("A1", "new", ALWAYS)),
    )
    assert project(*both) == [("A1", "new", NEW, None), ("A1", "old", ALWAYS, LAST_OLD)]


def test_a_title_that_one_edition_lacks_is_taken_from_the_other() -> None:
    both = (
        edition(OLD, ListedPeriod("A1", "", ALWAYS)),
        edition(NEW, ListedPeriod("A1", "x", ALWAYS)),
    )
    assert project(*both) == [("A1", "x", ALWAYS, None)]


def test_a_code_that_becomes_a_heading_is_billable_no_longer() -> None:
    codes = project_editions(
        CodeSystem.ICD10CM,
        (
            edition(OLD, ListedPeriod("A1", "x", ALWAYS)),
            edition(NEW, ListedPeriod("A1", "x", NEW, is_billable=False)),
        ),
    )
    assert [one.code for one in codes if one.may_be_billed(LAST_OLD)] == ["A1"]
    assert not any(one.may_be_billed(NEW) for one in codes)


def test_of_two_editions_of_one_day_the_later_import_answers() -> None:
    both = (edition(NEW, ListedPeriod("A1", "x", NEW)), edition(NEW, ListedPeriod("B1", "y", NEW)))
    assert project(*both) == [("B1", "y", NEW, None)]


def test_a_period_that_ended_stays_ended() -> None:
    ended = ListedPeriod("A1", "x", ALWAYS, date(2020, 1, 1))
    assert project(edition(OLD, ended), edition(NEW, ended)) == [
        ("A1", "x", ALWAYS, ended.valid_to)
    ]


def test_short_titles_are_found_first_and_codes_without_one_last() -> None:
    listed = (
        ListedPeriod("A1", "a long title", ALWAYS),
        ListedPeriod("A2", "", ALWAYS),
        ListedPeriod("A3", "short", ALWAYS),
    )
    assert [code for code, *_ in project(edition(OLD, *listed))] == ["A3", "A1", "A2"]


def test_no_edition_is_no_list() -> None:
    assert project() == []


days = st.dates(date(2024, 1, 1), date(2028, 1, 1))
periods = st.builds(
    ListedPeriod,
    st.sampled_from(["A1", "A2"]),
    st.sampled_from(["x", "y", ""]),
    days,
    st.none() | days,
)


@given(st.lists(st.builds(EditionPeriods, days, st.lists(periods, max_size=2)), max_size=4), days)
def test_a_code_is_listed_on_a_day_when_the_answering_edition_lists_it(
    editions: list[EditionPeriods], on: date
) -> None:
    editions.sort(key=lambda one: one.effective_from)
    begun = [one for one in editions if one.effective_from <= on]
    answering = begun[-1] if begun else next(iter(editions), None)
    expected = {one.code for one in answering.periods if one.holds(on)} if answering else set()
    codes = project_editions(CodeSystem.ICD10CM, editions)
    assert {one.code for one in codes if one.may_be_billed(on)} == expected


@pytest.mark.parametrize(
    ("code", "words"),
    [("E1121", ("kidney", "sugar")), ("E112", ("sugar",)), ("E12", ()), ("E11", ("sugar",))],
)
def test_words_of_a_heading_find_what_stands_below_it(code: str, words: tuple[str, ...]) -> None:
    found = words_by_code([code], {"E11": ("Sugar", "sugar"), "E1121": ("Kidney", "sugar")})
    assert found.get(code, ()) == words
