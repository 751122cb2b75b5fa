"""Edit groups of the Medicare Code Editor by date of service."""

import gzip
from datetime import date
from importlib.resources import files

import pytest

from revcycle.reference.derive_icd10_groups import derive_icd10_groups
from revcycle.reference.icd10_groups import (
    AGES_OF_GROUP,
    FILE_NAME,
    Icd10Group,
    icd10_groups,
    list_codes_of_group,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("E119", set(), id="most-codes-are-in-none"),
        pytest.param("O80", {Icd10Group.MATERNITY}, id="a-birth"),
        pytest.param("W010XXA", {Icd10Group.EXTERNAL_CAUSE}, id="a-fall"),
        pytest.param("E1142", set(), id="a-combination-code-stands-alone"),
        pytest.param("F0280", {Icd10Group.MANIFESTATION}, id="dementia-in-another-illness"),
        pytest.param("Z800", {Icd10Group.UNACCEPTABLE_PRINCIPAL}, id="an-illness-in-the-family"),
        pytest.param("NOCODE", set(), id="an-unknown-code"),
    ],
)
def test_a_diagnosis_is_in_the_groups_of_the_code_editor(
    code: str, expected: set[Icd10Group]
) -> None:
    assert icd10_groups(code, TODAY) == expected


@pytest.mark.parametrize(
    ("group", "count"),
    [
        (Icd10Group.EXTERNAL_CAUSE, 7_461),
        (Icd10Group.UNSPECIFIED, 3_476),
        (Icd10Group.UNACCEPTABLE_PRINCIPAL, 2_667),
        (Icd10Group.MATERNITY, 2_587),
        (Icd10Group.ADULT, 857),
        (Icd10Group.MANIFESTATION, 422),
        (Icd10Group.PEDIATRIC, 126),
        (Icd10Group.NEWBORN, 42),
        (Icd10Group.FEMALE, 0),
        (Icd10Group.MALE, 0),
    ],
)
def test_as_many_codes_are_in_a_group_as_the_code_editor_has(group: Icd10Group, count: int) -> None:
    assert len(list_codes_of_group(group, TODAY)) == count


def test_conflicts_of_sex_ended_with_september_2024() -> None:
    assert len(list_codes_of_group(Icd10Group.MALE, date(2024, 9, 30))) == 529
    assert len(list_codes_of_group(Icd10Group.FEMALE, date(2024, 9, 30))) == 3_431
    assert list_codes_of_group(Icd10Group.FEMALE, date(2024, 10, 1)) == ()


def test_a_day_after_the_edition_is_judged_by_its_last_day() -> None:
    assert icd10_groups("O80", date(2028, 1, 5)) == {Icd10Group.MATERNITY}


def test_every_group_of_an_age_has_its_years() -> None:
    assert AGES_OF_GROUP[Icd10Group.MATERNITY].youngest == 9
    assert AGES_OF_GROUP[Icd10Group.MATERNITY].oldest == 64


def test_the_shipped_table_is_what_the_package_gives() -> None:
    shipped = files("revcycle.reference").joinpath(FILE_NAME).read_bytes()
    assert gzip.decompress(shipped) == derive_icd10_groups()
    assert len(shipped) < 200_000
