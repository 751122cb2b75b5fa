"""The form of procedure codes, modifiers and revenue codes, and our own labels."""

import pytest

from revcycle.reference.adjustment_codes import (
    ADJUSTMENT_GROUPS,
    ADJUSTMENT_REASONS,
    adjustment_label,
)
from revcycle.reference.eligibility_rejections import (
    ELIGIBILITY_REJECTIONS,
    FOLLOW_UPS,
    eligibility_rejection_label,
)
from revcycle.reference.places_of_service import PLACES_OF_SERVICE
from revcycle.reference.procedures import (
    PROCEDURE_LABELS,
    is_modifier,
    is_procedure_code,
    is_revenue_code,
)
from revcycle.reference.us_states import US_STATES

LABEL_WORDS_MAX = 8


@pytest.mark.parametrize("code", ["99213", "0001F", "0042T", "0001U", "0002M", "G0439", "J1100"])
def test_a_billable_procedure_has_the_form_of_cpt_or_hcpcs(code: str) -> None:
    assert is_procedure_code(code)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("D0120", id="dental-codes-go-elsewhere"),
        pytest.param("9921", id="four-digits"),
        pytest.param("992133", id="six-digits"),
        pytest.param("g0439", id="lower-case"),
        pytest.param("0001X", id="no-such-category"),
        pytest.param("99213 ", id="trailing-space"),
        pytest.param("99213\n", id="trailing-newline"),
        pytest.param("٩٩٢١٣", id="digits-of-another-script"),
        pytest.param("", id="empty"),
    ],
)
def test_anything_else_is_not_a_procedure(code: str) -> None:
    assert not is_procedure_code(code)


def test_a_modifier_is_two_capitals_or_digits() -> None:
    assert all(is_modifier(code) for code in ("25", "59", "XU", "F1", "LT"))
    assert not any(is_modifier(code) for code in ("", "5", "lt", "2 5", "259"))


def test_a_revenue_code_is_four_digits() -> None:
    assert is_revenue_code("0420")
    assert not any(is_revenue_code(code) for code in ("420", "042X", ""))


@pytest.mark.parametrize("code", PROCEDURE_LABELS)
def test_every_labelled_procedure_is_well_formed(code: str) -> None:
    assert is_procedure_code(code)


@pytest.mark.parametrize(
    "label",
    [
        *PROCEDURE_LABELS.values(),
        *ADJUSTMENT_REASONS.values(),
        *ADJUSTMENT_GROUPS.values(),
        *ELIGIBILITY_REJECTIONS.values(),
        *FOLLOW_UPS.values(),
    ],
)
def test_our_labels_are_short(label: str) -> None:
    assert 1 <= len(label.split()) <= LABEL_WORDS_MAX


def test_a_code_without_a_label_shows_itself() -> None:
    assert adjustment_label("299") == "reason 299"
    assert adjustment_label("29") == "filed too late"
    assert eligibility_rejection_label("ZZ") == "reason ZZ"


def test_places_of_service_are_two_digits() -> None:
    assert all(len(code) == 2 and code.isdigit() for code in PLACES_OF_SERVICE)
    assert PLACES_OF_SERVICE["22"] == "On Campus-Outpatient Hospital"


def test_there_are_fifty_states_and_eleven_more_codes_beside_the_district() -> None:
    assert len(US_STATES) == 50 + 1 + 11
