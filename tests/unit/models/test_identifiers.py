"""Identifiers: NPIs, our ids, claim control numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.identifiers import (
    CLAIM_CONTROL_NUMBER_LENGTH_MAX,
    is_npi,
    new_claim_control_number,
    new_id,
    version_control_number,
)


@pytest.mark.parametrize("npi", ["1234567893", "1999900107"])
def test_a_good_check_digit_is_an_npi(npi: str) -> None:
    assert is_npi(npi)


@pytest.mark.parametrize("text", ["1234567894", "123456789", "12345678931", "12345\uff167893", ""])
def test_anything_else_is_not(text: str) -> None:
    assert not is_npi(text)


@given(st.integers(100_000_000, 999_999_999))
def test_nine_digits_have_exactly_one_check_digit(base: int) -> None:
    assert sum(is_npi(f"{base}{digit}") for digit in range(10)) == 1


def test_ids_made_one_after_the_other_sort_in_that_order_and_never_repeat() -> None:
    ids = [new_id() for _ in range(2000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert {one.version for one in ids} == {7}
    assert {str(one)[19] for one in ids} <= set("89ab")  # RFC 9562, section 4.1: the variant


def test_a_version_number_fits_into_what_payers_must_return() -> None:
    body = new_claim_control_number()
    assert len(version_control_number(body, 99)) <= CLAIM_CONTROL_NUMBER_LENGTH_MAX
    assert version_control_number(body, 1) != version_control_number(body, 2)
