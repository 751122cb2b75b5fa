"""Elements of X12."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import RejectedError
from models.values.money import Money
from revcycle.formats.x12.elements import (
    BASIC_CHARACTERS,
    clean,
    digits,
    read_amount,
    read_date,
    read_date_range,
    read_quantity,
    write_amount,
    write_date,
    write_date_range,
    write_quantity,
)


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (12_500, "125"),
        (12_550, "125.5"),
        (12_505, "125.05"),
        (50, "0.5"),
        (0, "0"),
        (-1_250, "-12.5"),
    ],
)
def test_an_amount_is_written_without_trailing_zeros(cents: int, text: str) -> None:
    assert write_amount(Money(cents)) == text


@given(st.integers(-(10**11), 10**11).map(Money))
def test_an_amount_survives_the_file(amount: Money) -> None:
    assert read_amount(write_amount(amount)) == amount


@pytest.mark.parametrize(("text", "cents"), [(".5", 50), ("40.00", 4_000), ("7.", 700)])
def test_other_spellings_of_an_amount_are_read(text: str, cents: int) -> None:
    assert read_amount(text) == Money(cents)


@pytest.mark.parametrize("text", ["", "1,000", "1e3", "NaN", "1.005", " 5", "1_0", "--1"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|cents"):
        read_amount(text)


@given(st.decimals(0, 10**6, allow_nan=False, places=3))
def test_a_quantity_survives_the_file(quantity: Decimal) -> None:
    assert read_quantity(write_quantity(quantity)) == quantity


def test_a_quantity_of_a_hundred_keeps_its_zeros() -> None:
    assert write_quantity(Decimal("1E+2")) == "100"


@given(st.dates(date(1900, 1, 1)), st.dates(date(1900, 1, 1)))
def test_dates_survive_the_file(first: date, last: date) -> None:
    assert read_date(write_date(first)) == first
    assert read_date_range(write_date_range(first, last)) == (first, last)


@pytest.mark.parametrize("text", ["", "20260230", "260101", "2026-1-1", "20261301"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|day|month"):
        read_date(text)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Muñoz-Łuk", "MUNOZ-LUK"),
        ("  O\N{RIGHT SINGLE QUOTATION MARK}Neil  ", "O'NEIL"),
        ("12 Elm St  Apt #4", "12 ELM ST APT NO 4"),
        ("Straße", "STRASSE"),
        ("Sørensen", "SORENSEN"),
    ],
)
def test_names_are_folded_to_the_basic_set(typed: str, written: str) -> None:
    assert clean(typed, field="name", limit=60) == written


@pytest.mark.parametrize("text", ["A*B", "A:B", "A~B", "A^B", "A\x07B", "漢", "A" * 61])
def test_what_cannot_be_written_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(RejectedError) as refusal:
        clean(text, field="patient last name", limit=60)
    assert str(refusal.value).startswith("patient last name ")
    assert text not in str(refusal.value)


@given(st.text(max_size=40))
def test_cleaned_text_is_basic_and_stays_as_it_is(text: str) -> None:
    try:
        once = clean(text, field="name", limit=400)
    except RejectedError:
        return
    assert set(once) <= BASIC_CHARACTERS
    assert clean(once, field="name", limit=400) == once


def test_digits_of_a_telephone_number_are_kept() -> None:
    assert digits("(555) 010-2030", field="telephone", lengths=(10,)) == "5550102030"
    with pytest.raises(RejectedError, match="telephone must have 10 digits"):
        digits("555-0102", field="telephone", lengths=(10,))
