"""The prices of a practice."""

from pathlib import Path

import pytest

from models.values.money import Money
from revcycle.client_config import (
    check_fee_coverage,
    read_client_config,
)
from tests.unit.client_config.client_file_copies import CONFIGS, errors_of, written


def test_a_priced_modifier_comes_before_the_plain_price() -> None:
    config = read_client_config(CONFIGS / "summit_cardiology")
    assert config.find_fee("93306") == Money(72_000)
    assert config.find_fee("93306", ("26",)) == Money(23_500)
    assert config.find_fee("93306", ("59", "TC")) == Money(48_500)
    assert config.find_fee("99499") is None


def test_a_code_in_use_without_a_price_is_reported() -> None:
    config = read_client_config(CONFIGS / "lakeside_family")
    findings = check_fee_coverage(config, ["99213", "93306", "93306"])
    assert [finding.message for finding in findings] == ["93306 is in use and has no price"]


def test_hospital_prices_name_revenue_codes() -> None:
    config = read_client_config(CONFIGS / "harbor_outpatient")
    assert config.revenue_codes["97110"] == "0420"
    assert set(config.revenue_codes) == set(config.fees)


def test_no_prices_no_practice(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "fees.csv").unlink()
    assert [error.position for error in errors_of(folder)] == ["elm_clinic/fees.csv"]


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        ("9921,,10.00,", "code", "is not a CPT or HCPCS code"),
        ("D0120,,10.00,", "code", "no dental codes"),
        ("99215,2,10.00,", "modifier", "two capital letters or digits"),
        ("99215,,0.00,", "amount", "more than zero"),
        ("99215,,-5,", "amount", "more than zero"),
        ("99215,,1.005,", "amount", "more than zero"),
        ("99215,,NaN,", "amount", "more than zero"),
        ("99215,,$10,", "amount", "more than zero"),
        ("99215,,10.00,42", "revenue_code", "four digits"),
        ("99213,,10.00,", "code", "priced twice"),
        ("99213,95,10.00,0420", "revenue_code", "differs"),
        ("99215,10.00", "row", "another number of fields"),
        ("99215,,10.00,,x", "row", "another number of fields"),
    ],
)
def test_a_price_that_is_wrong_is_reported_with_its_line(
    tmp_path: Path, row: str, field: str, message: str
) -> None:
    folder = written(tmp_path)
    rows = ["code,modifier,amount,revenue_code", "99213,,150.00,0510", "93000,,60.00,", row]
    (folder / "fees.csv").write_text("\n".join(rows) + "\n")
    (error,) = errors_of(folder)
    assert (error.field, error.position) == (field, "elm_clinic/fees.csv line 4")
    assert message in error.message


def test_prices_under_another_header_are_refused(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "fees.csv").write_text("cpt;fee\n99213;150\n")
    assert [error.field for error in errors_of(folder)] == ["header"]
