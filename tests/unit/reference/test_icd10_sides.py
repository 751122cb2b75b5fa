"""Sides, parts and trimesters of diagnoses."""

import gzip
from importlib.resources import files

import pytest

from revcycle.reference.derive_icd10_sides import derive_icd10_sides
from revcycle.reference.icd10_sides import FILE_NAME, CodeSite, Side, icd10_sides, icd10_site


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("M25562", CodeSite(Side.LEFT, family="M25561"), id="a-left-knee"),
        pytest.param("M25569", CodeSite(Side.UNSPECIFIED, family="M25561"), id="some-knee"),
        pytest.param("H66013", CodeSite(Side.BOTH, family="H66011"), id="both-ears"),
        pytest.param(
            "S61210A", CodeSite(Side.RIGHT, "index finger", family="S61210A"), id="finger"
        ),
        pytest.param("O0902", CodeSite(trimester=2), id="the-second-trimester"),
        pytest.param("H542X11", CodeSite(), id="two-sides-in-one-title-are-none"),
        pytest.param("R1011", CodeSite(), id="a-quadrant-is-no-side"),
        pytest.param("I10", CodeSite(), id="a-code-without-a-side"),
        pytest.param("nonsense", CodeSite(), id="no-code"),
    ],
)
def test_where_a_diagnosis_is(code: str, expected: CodeSite) -> None:
    assert icd10_site(code) == expected


def test_a_code_leads_to_the_same_condition_on_the_other_sides() -> None:
    assert icd10_sides("M25569") == {
        Side.RIGHT: "M25561",
        Side.LEFT: "M25562",
        Side.UNSPECIFIED: "M25569",
    }
    assert icd10_sides("H66014")[Side.BOTH] == "H66016"
    assert icd10_sides("I10") == {}


def test_the_shipped_table_is_what_the_titles_say() -> None:
    shipped = files("revcycle.reference").joinpath(FILE_NAME).read_bytes()
    assert gzip.decompress(shipped) == derive_icd10_sides()
