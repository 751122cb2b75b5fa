"""``contracts.csv`` and ``mpfs.csv``: what is read of them, and what is told of wrong lines."""

from decimal import Decimal
from pathlib import Path

import pytest

from models.documents.contract import PriceMethod
from models.values.money import Money
from revcycle.client_config.contracts import (
    ContractError,
    examine_contracts,
    read_contracts,
)
from revcycle.client_config.reader import read_client_config
from revcycle.formats.contracts.mpfs import read_mpfs
from revcycle.formats.contracts.terms import COLUMNS, read_terms

PAYERS = ("blue_heron",)
HEADER = ",".join(COLUMNS)
MPFS_HEADER = (
    "code,modifier,year,locality,nonfacility_cents,facility_cents,"
    "multiple_indicator,bilateral_indicator"
)
CONFIGS = Path("client_configs")


def row(**cells: str) -> str:
    """Write one term: a fee for one code, unless a test says else."""
    usual = {
        "payer": "blue_heron",
        "valid_from": "2026-01-01",
        "codes": "99213",
        "method": "fee",
        "rate": "90.00",
    }
    return ",".join({**usual, **cells}.get(column, "") for column in COLUMNS)


def file_of(*rows: str) -> str:
    """Write a file."""
    return "\n".join((HEADER, *rows)) + "\n"


def test_a_term_is_read_with_everything_it_says() -> None:
    text = row(
        codes="99202-99215",
        valid_to="2026-12-31",
        modifier="25",
        multiple="100/50/25",
        bilateral="150",
        lesser_of_charge="yes",
        tolerance="0.05",
        tolerance_percent="1.5",
    )
    (term,) = read_terms(file_of(text), "contracts.csv").terms
    assert (term.line, term.code_low, term.code_high) == (2, "99202", "99215")
    assert (term.method, term.rate) == (PriceMethod.FEE, Decimal("90.00"))
    assert term.multiple == (Decimal(100), Decimal(50), Decimal(25))
    assert (term.bilateral, term.is_lesser_of_charge) == (Decimal(150), True)
    assert (term.tolerance, term.tolerance_percent) == (Money(5), Decimal("1.5"))


def test_a_term_keeps_its_key_wherever_it_stands_and_whatever_its_note_says() -> None:
    first = read_terms(file_of(row(), row(codes="99214")), "contracts.csv").terms[0]
    later = read_terms(file_of(row(codes="99214"), row(note="as before")), "contracts.csv").terms[1]
    assert first.key == later.key


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"payer": "Blue Heron"}, "payer"),
        ({"provider_npi": "1234567890"}, "provider_npi"),
        ({"taxonomy": "doctor"}, "taxonomy"),
        ({"place_of_service": "98"}, "place_of_service"),
        ({"valid_from": "01/01/2026"}, "valid_from"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_to": "2025-12-31"}, "valid_to"),
        ({"codes": "9921"}, "codes"),
        ({"codes": "99215-99202"}, "codes"),
        ({"codes": "99202-J9999"}, "codes"),
        ({"modifier": "2"}, "modifier"),
        ({"method": "percent"}, "method"),
        ({"rate": ""}, "rate"),
        ({"rate": "-1"}, "rate"),
        ({"rate": "1e3"}, "rate"),
        ({"rate": "90.001"}, "rate"),
        ({"method": "carve_out"}, "rate"),
        ({"method": "percent_of_mpfs", "mpfs_locality": "01"}, "mpfs_year"),
        ({"method": "percent_of_mpfs", "mpfs_year": "2026"}, "mpfs_locality"),
        ({"multiple": "mpfs"}, "mpfs_year"),
        ({"multiple": "100/150"}, "multiple"),
        ({"bilateral": "50"}, "bilateral"),
        ({"lesser_of_charge": "maybe"}, "lesser_of_charge"),
        ({"tolerance": "0.001"}, "tolerance"),
        ({"tolerance_percent": "1 %"}, "tolerance_percent"),
    ],
    ids=lambda cells: "-".join(map(str, cells.values())) if isinstance(cells, dict) else None,
)
def test_a_wrong_cell_is_told_with_its_line_and_column(cells: dict[str, str], column: str) -> None:
    read = read_terms(file_of(row(codes="99214"), row(**cells)), "contracts.csv")
    assert [(one.position, one.field) for one in read.findings] == [
        ("contracts.csv line 3", column)
    ]
    assert len(read.terms) == 1


def test_a_row_with_another_number_of_cells_and_another_header_are_refused() -> None:
    (finding,) = read_terms(file_of(row() + ",more"), "contracts.csv").findings
    assert finding.field == "row"
    (finding,) = read_terms("payer,rate\n", "contracts.csv").findings
    assert finding.position == "contracts.csv line 1"


def test_amounts_of_the_fee_schedule_are_cents() -> None:
    text = f"{MPFS_HEADER}\n20610,26,2026,01,6200,4400,2,1\n"
    schedule = read_mpfs(text, "mpfs.csv")
    amount = schedule.amounts["20610", "26", 2026, "01"]
    assert (amount.nonfacility, amount.facility) == (Money(6_200), Money(4_400))
    assert (amount.multiple_indicator, amount.bilateral_indicator) == ("2", "1")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("2061,,2026,01,1,1,,", "code"),
        ("20610,x,2026,01,1,1,,", "modifier"),
        ("20610,,26,01,1,1,,", "year"),
        ("20610,,2026,Ohio,1,1,,", "locality"),
        ("20610,,2026,01,62.00,1,,", "nonfacility_cents"),
        ("20610,,2026,01,1,,,", "facility_cents"),
        ("20610,,2026,01,1,1,22,", "multiple_indicator"),
        ("20610,,2026,01,1,1,,x", "bilateral_indicator"),
        ("20610,,2026,01,1,1", "row"),
        ("99213,,2026,01,1,1,,", "code"),
    ],
)
def test_a_wrong_line_of_the_schedule_is_told(line: str, column: str) -> None:
    text = f"{MPFS_HEADER}\n99213,,2026,01,9000,6500,,\n{line}\n"
    assert [(one.position, one.field) for one in read_mpfs(text, "mpfs.csv").findings] == [
        ("mpfs.csv line 3", column)
    ]


def test_a_practice_without_the_file_expects_nothing(tmp_path: Path) -> None:
    book = read_contracts(tmp_path, PAYERS)
    assert (book.terms, book.version) == ((), "")


def test_the_version_changes_with_either_file(tmp_path: Path) -> None:
    (tmp_path / "contracts.csv").write_text(file_of(row()))
    first = read_contracts(tmp_path, PAYERS).version
    (tmp_path / "mpfs.csv").write_text(f"{MPFS_HEADER}\n99213,,2026,01,9000,6500,,\n")
    second = read_contracts(tmp_path, PAYERS).version
    (tmp_path / "contracts.csv").write_text(file_of(row(rate="91.00")))
    assert len({first, second, read_contracts(tmp_path, PAYERS).version}) == 3


def test_a_schedule_at_home_serves_practices_without_their_own(tmp_path: Path) -> None:
    folder, home = tmp_path / "practice", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    (home / "mpfs.csv").write_text(f"{MPFS_HEADER}\n99213,,2026,01,9000,6500,,\n")
    assert len(read_contracts(folder, PAYERS, home=home).mpfs) == 1


def test_ties_unknown_payers_and_unreadable_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "contracts.csv").write_text(
        file_of(row(), row(rate="91.00"), row(payer="nobody", codes="99214"))
    )
    with pytest.raises(ContractError, match="as specific as line 2") as refused:
        read_contracts(tmp_path, PAYERS)
    assert {one.rule_id for one in refused.value.findings} == {"contract.tie", "contract.payer"}
    (tmp_path / "contracts.csv").write_bytes(b"\xff\xfe")
    _, (finding,) = examine_contracts(tmp_path, PAYERS)
    assert finding.message == "is not UTF-8 text"


@pytest.mark.parametrize(
    "name", ["_example", "lakeside_family", "summit_cardiology", "harbor_outpatient"]
)
def test_the_contracts_that_come_with_the_program_are_good(name: str) -> None:
    config = read_client_config(CONFIGS / name)
    book = read_contracts(CONFIGS / name, [payer.key for payer in config.payers])
    assert book.terms
    assert {term.payer_key for term in book.terms} <= {payer.key for payer in config.payers}


def test_the_reference_names_every_column() -> None:
    page = Path("docs/reference/contracts.md").read_text()
    assert [
        column for column in (*COLUMNS, *MPFS_HEADER.split(",")) if f"`{column}`" not in page
    ] == []
