"""Validity of ICD-10-CM codes by date of service."""

import csv
import gzip
import subprocess
import sys
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from revcycle.reference.derive_icd10_validity import derive_icd10_validity
from revcycle.reference.icd10 import (
    KNOWN_THROUGH,
    is_valid_icd10,
    list_icd10_codes,
    list_icd10_periods,
)

SHARED_TABLE = (
    Path(__file__).resolve().parents[3] / "../shared/data/icd10cm/icd10cm_validity_mce_edits.csv"
)


@pytest.mark.parametrize(
    ("code", "on", "expected"),
    [
        pytest.param("E119", date(2026, 11, 20), True, id="a-common-code"),
        pytest.param("E11", date(2026, 11, 20), False, id="a-header-is-not-billable"),
        pytest.param("E11.9", date(2026, 11, 20), False, id="claims-carry-no-dot"),
        pytest.param("e119", date(2026, 11, 20), False, id="lower-case-is-not-a-code"),
        pytest.param("", date(2026, 11, 20), False, id="nothing"),
        pytest.param("D691", date(2026, 9, 30), True, id="the-last-day-still-counts"),
        pytest.param("D691", date(2026, 10, 1), False, id="the-day-after-is-too-late"),
        pytest.param("Z878901", date(2026, 9, 30), False, id="a-new-code-is-not-valid-before"),
        pytest.param("Z878901", date(2026, 10, 1), True, id="a-new-code-on-its-first-day"),
        pytest.param("E119", date(2015, 9, 30), False, id="before-icd10-there-was-none"),
        pytest.param("E119", date(2028, 1, 5), True, id="after-the-edition-the-last-day-stands"),
        pytest.param("D691", date(2028, 1, 5), False, id="what-ended-stays-ended"),
    ],
)
def test_a_code_is_billable_only_while_it_is_in_force(code: str, on: date, expected: bool) -> None:  # noqa: FBT001 - pytest passes it by name
    assert is_valid_icd10(code, on) is expected


@pytest.mark.parametrize(("on", "count"), [(date(2026, 9, 1), 74_719), (date(2026, 11, 1), 74_879)])
def test_as_many_codes_are_in_force_as_cdc_says(on: date, count: int) -> None:
    assert len(list_icd10_codes(on)) == count


def test_the_october_2026_changes_are_the_published_ones() -> None:
    before = set(list_icd10_codes(date(2026, 9, 30)))
    after = set(list_icd10_codes(date(2026, 10, 1)))
    assert len(after - before) == 190
    assert len(before - after) == 30


def test_the_table_ends_where_the_module_says() -> None:
    assert max(last for _, last in list_icd10_periods("E119")) == KNOWN_THROUGH


def test_the_shipped_table_is_what_the_package_gives() -> None:
    shipped = files("revcycle.reference").joinpath("icd10cm_validity.csv.gz").read_bytes()
    assert gzip.decompress(shipped) == derive_icd10_validity()
    assert len(shipped) < 1_000_000


def test_it_agrees_with_the_table_prepared_elsewhere() -> None:
    if not SHARED_TABLE.exists():
        pytest.skip("shared/data/icd10cm is not beside this checkout")
    with SHARED_TABLE.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    disagreeing = [
        row["code"]
        for row in rows
        for day in (row["valid_from"], row["valid_to"])
        if not is_valid_icd10(row["code"].replace(".", ""), date.fromisoformat(day))
    ]
    assert disagreeing == []
    assert {row["code"].replace(".", "") for row in rows} >= set(list_icd10_codes(KNOWN_THROUGH))


def test_asking_for_validity_does_not_load_the_titles() -> None:
    question = "import sys, revcycle.reference.icd10; sys.exit('simple_icd_10_cm' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", question], check=False).returncode == 0
