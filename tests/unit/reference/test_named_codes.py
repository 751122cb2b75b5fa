"""Codes and ranges named in notes of the tabular list."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revcycle.reference.named_codes import ListOfCodes, find_named_codes

LISTED = ListOfCodes.of(
    {
        *("E08", "E0842", "E09", "E0942", "E10", "E1010", "E1042", "E1065", "E11", "E1142", "E13"),
        *("I69", "I69023", "I6923", "I69993", "J45", "J459", "M51", "M5104", "M5114", "M5116"),
        *("O10", "O11", "O13", "O14", "O15", "O16", "O24", "O244", "T36", "T365X5", "T36", "T814"),
        *("C7A", "C7A0", "C80", "F10", "F1026", "S02", "S0200", "QA0", "QA00"),
    }
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("hypertension (O10-O11, O13-O16)", ("O10-O11", "O13-O16"), id="two-ranges"),
        pytest.param("asthma (J45.-)", ("J45",), id="a-dash-stands-for-all-below"),
        pytest.param("gestational diabetes (O24.4-)", ("O244",), id="a-dash-after-a-digit"),
        pytest.param("E10.10-E10.65", ("E1010-E1065",), id="a-range-of-exact-codes"),
        pytest.param("code from category E11", ("E11",), id="without-brackets"),
        pytest.param("diabetes (E08.- \u2013 E13.-)", ("E08-E13",), id="a-range-of-headings"),
        pytest.param("tumors (C7A.0-, C80)", ("C7A0", "C80"), id="a-letter-in-third-place"),
        pytest.param("late effects (QA0.0)", ("QA00",), id="a-letter-in-second-place"),
        pytest.param("sepsis (T81.4XXA)", ("T814XXA",), id="a-seventh-character"),
        pytest.param(
            "diabetes (E08-E13 with .42)", ("E0842", "E0942", "E1042", "E1142"), id="with-an-ending"
        ),
        pytest.param(
            "stutter (I69. with final characters -23)",
            ("I69023", "I6923"),
            id="with-final-characters",
        ),
        pytest.param(
            "disc (M51.- with fifth character 4)", ("M5104", "M5114"), id="with-a-fifth-character"
        ),
        pytest.param(
            "drug (T36-T50 with fifth or sixth character 5)", ("T365X5",), id="one-of-two-places"
        ),
        pytest.param("pain NOS, NEC, HIV", (), id="words-in-capitals-are-no-codes"),
        pytest.param("type 1 (H1N1)", (), id="a-strain-is-no-code"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_a_note_names_codes(text: str, codes: tuple[str, ...]) -> None:
    assert find_named_codes(text, LISTED).codes == codes


def test_what_looks_like_a_code_and_is_none_is_counted() -> None:
    named = find_named_codes("vitamin B12 deficiency (E11)", LISTED)
    assert (named.codes, named.misses) == (("E11",), ("B12",))


def test_a_range_that_runs_downwards_is_no_range() -> None:
    assert find_named_codes("(O16-O10)", LISTED).codes == ()


def test_it_is_said_when_only_some_of_a_range_are_meant_and_nobody_can_tell_which() -> None:
    assert not find_named_codes("open (S02.- with 7th character B)", LISTED).is_exact
    assert find_named_codes("skull (S02.-)", LISTED).is_exact


@given(st.text(alphabet=string.ascii_letters + string.digits + " .,-\u2013()", max_size=80))
def test_no_note_is_too_odd_to_be_read(text: str) -> None:
    named = find_named_codes(text, LISTED)
    assert all(LISTED.knows(code) for one in named.codes for code in one.split("-")[:1])


@given(st.lists(st.sampled_from(LISTED.names), min_size=1, max_size=5, unique=True))
def test_every_code_that_is_written_is_found(codes: list[str]) -> None:
    written = ", ".join(f"{code[:3]}.{code[3:]}" if code[3:] else code for code in codes)
    assert find_named_codes(f"other ({written})", LISTED).codes == tuple(codes)


@given(st.sampled_from(LISTED.names), st.sampled_from(LISTED.names))
def test_a_range_is_found_when_it_runs_upwards(first: str, last: str) -> None:
    first, last = first[:3], last[:3]
    expected = {True: (f"{first}-{last}",), False: ()}[first <= last]
    found = find_named_codes(f"({first}-{last})", LISTED).codes
    assert found == ((first,) if first == last else expected)
