"""What somebody types into the field that searches everything, read in every way it can mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revcycle.operations.search.read_question import read_question

PI_DAY = date(1980, 3, 14)


@pytest.mark.parametrize(
    ("typed", "pair"),
    [
        pytest.param("Wren, Ada", ("wren", "ada"), id="last-name-first"),
        pytest.param("wren,", ("wren", ""), id="last-name-only"),
        pytest.param("ada wren", ("wren", "ada"), id="first-name-first"),
        pytest.param("wren ada", ("wren", "ada"), id="no-comma"),
        pytest.param("Garcia Lopez Ana", ("garcia lopez", "ana"), id="two-last-names"),
        pytest.param("o'brien", ("o'brien", ""), id="apostrophe"),
        pytest.param("ada", ("", "ada"), id="a-first-name-alone"),
        pytest.param("wren 3/14/1980", ("wren", ""), id="with-a-birth-date"),
    ],
)
def test_names_are_read_in_any_order(typed: str, pair: tuple[str, str]) -> None:
    asked = read_question(typed)
    assert pair in asked.names
    assert not asked.numbers


@pytest.mark.parametrize("typed", ["3/14/1980", "03-14-1980", "1980-03-14", "wren 3/14/1980,"])
def test_a_birth_date_is_read_in_the_ways_people_write_it(typed: str) -> None:
    assert read_question(typed).birth_date == PI_DAY


@pytest.mark.parametrize(
    ("typed", "number", "code", "file_number"),
    [
        pytest.param(" a000 90001 ", "A00090001", "", None, id="blanks-and-small-letters"),
        pytest.param("e11.9", "E11.9", "E119", None, id="a-diagnosis"),
        pytest.param("99213", "99213", "99213", 99213, id="a-procedure-or-a-number"),
        pytest.param("000000012", "000000012", "", 12, id="a-file"),
        pytest.param("1234567890", "1234567890", "", None, id="too-long-for-a-file"),
        pytest.param("837P-000000012.txt", "837P-000000012.TXT", "", None, id="a-file-name"),
    ],
)
def test_a_number_is_also_what_its_form_says(
    typed: str, number: str, code: str, file_number: int | None
) -> None:
    asked = read_question(typed)
    assert number in asked.numbers
    assert (asked.code, asked.file_number) == (code, file_number)
    assert not asked.names


@pytest.mark.parametrize("typed", ["FQMCSDRMBHTGXM", "fqmcsdrmbhtgxm"])
def test_a_control_number_without_a_digit_is_a_number_and_a_name(typed: str) -> None:
    asked = read_question(typed)
    assert "FQMCSDRMBHTGXM" in asked.numbers
    assert ("fqmcsdrmbhtgxm", "") in asked.names


def test_a_long_name_is_only_a_name() -> None:
    assert not read_question("Featherstonehaugh").numbers
    assert not read_question("Featherstonehu").numbers  # fourteen, but control numbers have no O


@pytest.mark.parametrize("typed", ["", "  ", "w", ",", "w,", "12", ", ada"])
def test_too_little_asks_for_nothing(typed: str) -> None:
    assert read_question(typed).is_empty


@given(st.text(max_size=200))
def test_whatever_is_typed_can_be_read(typed: str) -> None:
    asked = read_question(typed)
    assert asked.is_empty or asked.names or asked.birth_date or asked.numbers
