"""Files of edits: pairs of procedures, unit limits, add-on codes."""

from datetime import date
from pathlib import Path

import pytest

from models.documents.reference import EditionToImport
from models.errors import RejectedError
from models.values.reference import ReferenceKind
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.readers import READERS
from tests.cms_files import (
    AOC_TITLES,
    EXCERPTS,
    PTP_HEADING,
    a_pair,
    mue_text,
    needs_excerpts,
    ptp_text,
    workbook,
)

PAIRS = ReferenceKind.PTP_PRACTITIONER
UNITS = ReferenceKind.MUE_PRACTITIONER
FIRST = date(2020, 1, 1)
PTP_NAME = "ccipra-v322r0-f1.TXT"
MUE_NAME = "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"
AOC_NAME = "AOC_V2026Q3-MCR.xlsx"


def read(
    folder: Path, kind: ReferenceKind, name: str, content: str | bytes, day: date | None = None
) -> EditionToImport:
    """Read a file that is called so and holds this."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("latin-1"))
    return read_edition(kind, READERS[kind], [path], effective_from=day)[0]


def complaint(edition: EditionToImport) -> str:
    with pytest.raises(RejectedError) as refused:
        list(edition.rows)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ccipra-v320r0-f1.TXT", ("v320r0", date(2026, 1, 1))),
        ("ccipra-v322r0-f1.TXT", ("v322r0", date(2026, 7, 1))),
        ("ccipra-v323R1-f1.txt", ("v323r1", date(2026, 10, 1))),
        ("ccipra-v303r0-f1.txt", ("v303r0", date(2024, 10, 1))),
    ],
)
def test_the_name_of_a_file_of_pairs_says_its_quarter(
    tmp_path: Path, name: str, expected: tuple[str, date]
) -> None:
    facts = read(tmp_path, PAIRS, name, ptp_text(a_pair())).facts
    assert (facts.name, facts.effective_from) == expected


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(ptp_text(a_pair(last="20251231")), id="tabs"),
        pytest.param(ptp_text(a_pair(last="20251231"), mark=","), id="commas"),
        pytest.param(ptp_text(a_pair(" A0001", "A0002 ", last="20251231")), id="blanks-around"),
        pytest.param(ptp_text(("", "", "", "", "", "", ""), a_pair(last="20251231")), id="empty"),
    ],
)
def test_a_pair_is_read_however_its_columns_are_parted(tmp_path: Path, content: str) -> None:
    edition = read(tmp_path, PAIRS, PTP_NAME, content)
    assert list(edition.rows) == [("A0001", "A0002", FIRST, date(2025, 12, 31), 1)]


def test_a_workbook_gives_codes_back_their_zeros(tmp_path: Path) -> None:
    rows = [*PTP_HEADING, (100, "A0002", None, 20200101, "*", 0, "why")]
    edition = read(tmp_path, PAIRS, "ccipra-v322r0-f1.xlsx", workbook(rows))
    assert list(edition.rows) == [("00100", "A0002", FIRST, None, 0)]


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (a_pair(first="20201301"), "line 8, Effective Date: '20201301' is no day as YYYYMMDD"),
        (a_pair(first="2020-01-01"), "Effective Date"),
        (a_pair(last="20250230"), "line 8, Deletion Date: '20250230' is no day"),
        (a_pair(indicator="2"), "line 8, Modifier: '2' is not 0, 1 or 9"),
        (a_pair(indicator=""), "Modifier: '' is not 0, 1 or 9"),
        (a_pair(column_one="A00012"), "Column 1: 'A00012' is no procedure code"),
        (a_pair(column_two="A 002"), "Column 2"),
        (("A0001", "A0002"), "line 8: has 2 columns; 6 are needed"),
    ],
)
def test_a_wrong_pair_is_named_with_its_line_and_column(
    tmp_path: Path, pair: tuple[str, ...], words: str
) -> None:
    text = complaint(read(tmp_path, PAIRS, PTP_NAME, ptp_text(a_pair(), pair)))
    assert f"{PTP_NAME}, line 8" in text
    assert words in text


def test_complaints_end_with_the_twentieth(tmp_path: Path) -> None:
    wrong = [a_pair(indicator="x") for _ in range(50)]
    text = complaint(read(tmp_path, PAIRS, PTP_NAME, ptp_text(*wrong)))
    assert text.count("Modifier") == 20
    assert text.endswith("and perhaps more")


def test_of_a_pair_that_stands_twice_for_a_day_the_one_that_was_in_force_counts(
    tmp_path: Path,
) -> None:
    lines = [a_pair(last="20200101", indicator="9"), a_pair(last="20251231"), a_pair("A0003")]
    rows = list(read(tmp_path, PAIRS, PTP_NAME, ptp_text(*lines)).rows)
    assert [(row[0], row[4]) for row in rows] == [("A0001", 1), ("A0003", 1)]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["ccipra-v322r0-f1.txt", "ccipra-v322r0-f3.txt"], "-f2 is missing"),
        (["ccipra-v322r0-f1.txt", "ccipra-v323r0-f2.txt"], "several editions"),
        (["ccipra-v322r0-f1.txt", "x-ccipra-v322r0-f1.txt"], "twice"),
    ],
)
def test_files_that_are_no_whole_edition_are_refused(
    tmp_path: Path, names: list[str], words: str
) -> None:
    paths = [tmp_path / name for name in names]
    for path in paths:
        path.write_text(ptp_text(a_pair()))
    with pytest.raises(RejectedError, match=words):
        read_edition(PAIRS, READERS[PAIRS], paths)


def test_another_file_is_no_file_of_pairs(tmp_path: Path) -> None:
    assert "no file of PTP edits" in complaint(read(tmp_path, PAIRS, PTP_NAME, "code,words\na,b\n"))
    with pytest.raises(RejectedError, match="--effective"):
        read(tmp_path, PAIRS, "edits.txt", ptp_text(a_pair()))


def test_unit_limits_are_read_below_a_notice_of_several_lines(tmp_path: Path) -> None:
    content = mue_text("A0001,2,2 Date of Service Edit: Policy,why", "A0002,0,1 Line Edit,")
    edition = read(tmp_path, UNITS, MUE_NAME, content)
    assert (edition.facts.name, edition.facts.effective_from) == ("2026-07", date(2026, 7, 1))
    assert list(edition.rows) == [("A0001", 2, 2, "why"), ("A0002", 0, 1, "")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("A0001,many,2 Date,why", "MUE Values: 'many' is not a whole number"),
        ("A0001,-1,2 Date,why", "MUE Values"),
        ("A0001,1,4 Date,why", "MUE Adjudication Indicator: '4 Date' is not 1, 2 or 3"),
        ("A0001,1,,why", "MUE Adjudication Indicator"),
        ("A000,1,2 Date,why", "HCPCS/CPT Code: 'A000' is not a procedure code"),
    ],
)
def test_a_wrong_unit_limit_is_named(tmp_path: Path, line: str, words: str) -> None:
    assert words in complaint(read(tmp_path, UNITS, MUE_NAME, mue_text(line)))


def test_a_procedure_has_one_limit(tmp_path: Path) -> None:
    content = mue_text("A0001,1,2 Date,why", "A0001,2,2 Date,why")
    assert "stands twice" in complaint(read(tmp_path, UNITS, MUE_NAME, content))


def test_add_on_codes_are_read_with_the_first_of_their_last_days(tmp_path: Path) -> None:
    rows = [
        ("A notice.",),
        AOC_TITLES,
        (1, "A0001", None, "A0002", None, 2020001, None, None),
        (1, "A0001", None, "A0003", 2024366, 2020001, 2025090, None),
        (2, "A0004", 2026365, "CCCCC", None, 2020001, None, "the payer says which"),
    ]
    edition = read(tmp_path, ReferenceKind.ADD_ON, AOC_NAME, workbook(rows))
    assert (edition.facts.name, edition.facts.effective_from) == ("2026Q3", date(2026, 7, 1))
    assert list(edition.rows) == [
        ("A0001", "A0002", FIRST, None, 1),
        ("A0001", "A0003", FIRST, date(2024, 12, 31), 1),
        ("A0004", "", FIRST, date(2026, 12, 31), 2),
    ]


def test_add_on_codes_as_text_of_fixed_width_say_the_same(tmp_path: Path) -> None:
    content = (
        "A notice of who owns the codes.\n\n"
        "1A0001       A0002       2020001       \n"
        "1A0001       A000320243662020001       \n"
        "2A00042026365CCCCC       2020001       the payer says which\n"
    )
    edition = read(tmp_path, ReferenceKind.ADD_ON, "AOC_V2026Q3-MCR.txt", content)
    assert list(edition.rows) == [
        ("A0001", "A0002", FIRST, None, 1),
        ("A0001", "A0003", FIRST, date(2024, 12, 31), 1),
        ("A0004", "", FIRST, date(2026, 12, 31), 2),
    ]


def test_a_wrong_day_of_an_add_on_code_is_named(tmp_path: Path) -> None:
    rows = [AOC_TITLES, (1, "A0001", None, "A0002", None, "2025366", None, None)]
    text = complaint(read(tmp_path, ReferenceKind.ADD_ON, AOC_NAME, workbook(rows)))
    assert "line 2, AOC_Edit_EffDT: '2025366' is not a day as YYYYDDD" in text


@needs_excerpts
def test_the_published_excerpts_of_edits_are_read() -> None:
    (pairs,) = EXCERPTS.glob("ccipra*")
    edition, progress = read_edition(PAIRS, READERS[PAIRS], [pairs])
    rows = list(edition.rows)
    assert (edition.facts.name, len(rows)) == ("v322r0", 21)
    assert all(row[2] == row[3] for row in rows if row[4] == 9), "never in force"
    assert progress.bytes_read == progress.bytes_total == pairs.stat().st_size
    (limits,) = EXCERPTS.glob("MCR_MUE*")
    edition, _ = read_edition(UNITS, READERS[UNITS], [limits])
    rows = list(edition.rows)
    assert (edition.facts.effective_from, len(rows)) == (date(2026, 7, 1), 10)
    assert {row[2] for row in rows} == {2, 3}
