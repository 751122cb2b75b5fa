"""Files of prices: relative values and geographic indices."""

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.documents.reference import EditionToImport
from models.errors import RejectedError
from models.values.reference import ReferenceKind
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.readers import READERS
from tests.cms_files import EXCERPTS, gpci_text, needs_excerpts, rvu_text

VALUES = ReferenceKind.MPFS
INDICES = ReferenceKind.GPCI
LINE = "A0001,26,words that are not kept,A,1.30,0.50,1.11,0.10,000,2,1,0,0,33.4009"


def read(folder: Path, kind: ReferenceKind, name: str, content: str) -> EditionToImport:
    """Read a file that is called so and holds this."""
    (folder / name).write_text(content)
    return read_edition(kind, READERS[kind], [folder / name])[0]


def complaint(edition: EditionToImport) -> str:
    with pytest.raises(RejectedError) as refused:
        list(edition.rows)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PPRRVU2026_Jul_nonQPP.csv", ("2026 Jul nonQPP", date(2026, 7, 1))),
        ("PPRRVU2026_Oct_QPP.csv", ("2026 Oct QPP", date(2026, 10, 1))),
        ("PPRRVU25_JAN.csv", ("2025 Jan", date(2025, 1, 1))),
        ("PPRRVU24.csv", ("2024 Jan", date(2024, 1, 1))),
    ],
)
def test_the_name_of_a_fee_schedule_says_its_release(
    tmp_path: Path, name: str, expected: tuple[str, date]
) -> None:
    facts = read(tmp_path, VALUES, name, rvu_text(LINE)).facts
    assert (facts.name, facts.effective_from) == expected


def test_relative_values_are_read_without_their_words(tmp_path: Path) -> None:
    (row,) = read(tmp_path, VALUES, "PPRRVU2026_Jul_nonQPP.csv", rvu_text(LINE)).rows
    numbers = tuple(map(Decimal, ("1.30", "0.50", "1.11", "0.10", "33.4009")))
    assert row == ("A0001", "26", "A", *numbers, "000", "2", "1", "0", "0")


def test_an_older_file_names_no_conversion_factor(tmp_path: Path) -> None:
    content = rvu_text(LINE.rpartition(",")[0], has_factor=False)
    (row,) = read(tmp_path, VALUES, "PPRRVU23_JAN.csv", content).rows
    assert row[7] is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (LINE.replace("1.30", "much"), "line 6, WORK RVU: 'much' is not a number"),
        (LINE.replace("1.11", "-1"), "NON-FAC PE RVU"),
        (LINE.replace("A0001", "A1"), "HCPCS: 'A1' is not a procedure code"),
        (LINE.replace(",26,", ",262,"), "MOD: '262' is not at most 2 letters"),
        (f"{LINE}\n{LINE}", "line 7, HCPCS: the code stands twice with this modifier"),
    ],
)
def test_a_wrong_relative_value_is_named(tmp_path: Path, line: str, words: str) -> None:
    edition = read(tmp_path, VALUES, "PPRRVU2026_Jul_nonQPP.csv", rvu_text(line))
    assert words in complaint(edition)


def test_another_file_is_no_fee_schedule(tmp_path: Path) -> None:
    edition = read(tmp_path, VALUES, "PPRRVU2026_Jul_nonQPP.csv", "code,words\na,b\n" * 60)
    assert "is no PPRRVU file" in complaint(edition)


def test_indices_are_those_with_the_floor_and_without_footnotes(tmp_path: Path) -> None:
    content = gpci_text('01234,XX,5,"SOMEWHERE, OUT*",0.975,1.000,0.961,1.210')
    edition = read(tmp_path, INDICES, "GPCI2026.csv", content)
    assert (edition.facts.name, edition.facts.effective_from) == ("2026", date(2026, 1, 1))
    numbers = tuple(map(Decimal, ("1.000", "0.961", "1.210")))
    assert list(edition.rows) == [("01234", "05", "XX", "SOMEWHERE, OUT", *numbers)]


def test_a_wrong_index_is_named(tmp_path: Path) -> None:
    edition = read(tmp_path, INDICES, "GPCI2026.csv", gpci_text("01234,XX,05,NAME,1,1,dear,1"))
    assert "line 4, PE GPCI: 'dear' is not a number" in complaint(edition)


def test_of_a_zip_with_both_factors_the_one_for_most_practices_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rvu26c.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("PPRRVU2026_Jul_QPP.csv", rvu_text(LINE.replace("33.4009", "33.5675")))
        archive.writestr("PPRRVU2026_Jul_nonQPP.csv", rvu_text(LINE))
        archive.writestr("GPCI2026.csv", gpci_text("01234,XX,05,NAME,1,1,1,1"))
    edition, _ = read_edition(VALUES, READERS[VALUES], [path])
    assert edition.facts.name == "2026 Jul nonQPP"
    assert [row[7] for row in edition.rows] == [Decimal("33.4009")]


@needs_excerpts
def test_the_published_excerpts_of_prices_are_read() -> None:
    (values,) = EXCERPTS.glob("PPRRVU*")
    edition, _ = read_edition(VALUES, READERS[VALUES], [values])
    rows = list(edition.rows)
    assert (edition.facts.name, len(rows)) == ("2026 Jul nonQPP", 3)
    assert {row[7] for row in rows} == {Decimal("33.4009")}
    (indices,) = EXCERPTS.glob("GPCI*")
    edition, _ = read_edition(INDICES, READERS[INDICES], [indices])
    assert len(list(edition.rows)) == 30
