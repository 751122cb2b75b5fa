"""Lists of codes as files: diagnoses, procedures, reasons, places, payers, policies."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from models.documents.reference import EditionToImport
from models.errors import RejectedError
from models.values.reference import ReferenceKind
from revcycle.reference.hcpcs_file import read_hcpcs_modifiers
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.readers import READERS
from tests.unit.reference.test_code_files import TEXT

SHARED = Path(__file__).resolve().parents[3] / "../shared/data"
FIRST = date(2026, 10, 1)


def order_line(number: int, code: str, flag: str, title: str) -> str:
    """Write a line of CDC's order file."""
    return f"{number:05} {code:<7} {flag} {title[:60]:<60} {title}"


ORDER = "\n".join(
    [
        order_line(1, "E11", "0", "Sugar sickness"),
        order_line(2, "E119", "1", "Sugar sickness without more"),
        order_line(3, "Z878901", "1", "A code of this year"),
    ]
)


def edition_of(
    folder: Path, kind: ReferenceKind, name: str, content: str | bytes, day: date | None = FIRST
) -> EditionToImport:
    """Read a file that is called so and holds this."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_edition(kind, READERS[kind], [path], effective_from=day)[0]


def complaint_of(edition: EditionToImport) -> str:
    with pytest.raises(RejectedError) as refused:
        list(edition.rows)
    return str(refused.value)


def test_the_order_file_of_a_year_begins_in_october_of_the_year_before(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ReferenceKind.ICD10CM, "icd10cm-order-2027.txt", ORDER, None)
    assert (edition.facts.name, edition.facts.effective_from) == ("FY2027", FIRST)
    assert list(edition.rows) == [
        ("E11", FIRST, None, "Sugar sickness", False, ""),
        ("E119", date(2015, 10, 1), None, "Sugar sickness without more", True, ""),
        ("Z878901", FIRST, None, "A code of this year", True, ""),
    ]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        pytest.param(order_line(4, "e119", "1", "x"), "columns 7-13", id="a-code-in-small-letters"),
        pytest.param(order_line(4, "E119", "1", "x"), "stands twice", id="a-code-twice"),
        pytest.param(order_line(4, "E110", "2", "x"), "column 15", id="a-flag-that-is-none"),
        pytest.param(order_line(4, "E110", "1", ""), "no title", id="no-title"),
    ],
)
def test_a_wrong_line_of_the_order_file_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    content = f"{ORDER}\n{line}\n"
    text = complaint_of(
        edition_of(tmp_path, ReferenceKind.ICD10CM, "icd10cm-order-2027.txt", content)
    )
    assert "line 4" in text
    assert complaint in text


def test_modifiers_of_hcpcs_say_that_they_are_no_procedures(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ReferenceKind.HCPCS, "HCPC2026_OCT_ANWEB.txt", TEXT, None)
    assert (edition.facts.name, edition.facts.effective_from) == ("2026-10", FIRST)
    rows = {row[0]: row for row in edition.rows}
    assert rows["A4253"][2] == date(2025, 12, 31)
    assert rows["AA"][3:] == ("A modifier and more of it", True, "modifier")
    assert rows["G0438"][5] == ""


def test_all_modifiers_of_cms_are_read() -> None:
    path = SHARED / "hcpcs2_2019/HCPC2019_CONTR_ANWEB.txt"
    if not path.exists():
        pytest.skip("shared/data/hcpcs2_2019 is not beside this checkout")
    edition, _ = read_edition(ReferenceKind.HCPCS, READERS[ReferenceKind.HCPCS], [path])
    rows = list(edition.rows)
    assert sum(row[5] == "modifier" for row in rows) == 360
    assert edition.facts.effective_from == date(2019, 1, 1)
    assert len(rows) == 6_440 + 360


def test_modifiers_that_cms_ended_have_their_last_day() -> None:
    path = SHARED / "cms_excerpts_2026/HCPC2026_OCT_ANWEB.excerpt.csv"
    if not path.exists():
        pytest.skip("shared/data/cms_excerpts_2026 is not beside this checkout")
    ends = {code.code: code.valid_to for code in read_hcpcs_modifiers(path.read_bytes())}
    assert ends["GD"] == date(2019, 12, 31)
    assert ends["AA"] is None


@pytest.mark.parametrize(
    ("kind", "content", "rows"),
    [
        pytest.param(
            ReferenceKind.CPT, "code,words\n99213,a visit\n", [("99213", "a visit", "")], id="cpt"
        ),
        pytest.param(
            ReferenceKind.PLACE_OF_SERVICE,
            "POS,Name\n02,Far away\n",
            [("02", "Far away", "")],
            id="places",
        ),
        pytest.param(
            ReferenceKind.TAXONOMY,
            "Code,Grouping,Classification,Specialization,Section\n"
            "207Q00000X,Doctors,Family,,Individual\n",
            [("207Q00000X", "Doctors - Family", "Individual")],
            id="taxonomy-without-display-names",
        ),
        pytest.param(
            ReferenceKind.ADJUSTMENT_REASON,
            "\ufeffCode;\nCode,Description\n45,too dear\nB7,not certified\n",
            [("45", "too dear", ""), ("B7", "not certified", "")],
            id="reasons-below-a-remark",
        ),
        pytest.param(
            ReferenceKind.REMARK, "code\ttext\nMA130\tagain\n", [("MA130", "again", "")], id="tabs"
        ),
        pytest.param(
            ReferenceKind.CLAIM_STATUS_CATEGORY, "code,text\nF1,paid\n", [("F1", "paid", "")],
            id="categories",
        ),
        pytest.param(
            ReferenceKind.CLAIM_STATUS, "code,text\n20,accepted\n", [("20", "accepted", "")],
            id="statuses",
        ),
        pytest.param(
            ReferenceKind.PAYER,
            "payer id,name,kind,timely filing days\n00123,Health Plan,commercial,90\n",
            [("00123", "Health Plan", "commercial 90")],
            id="payers",
        ),
    ],
)  # fmt: skip
def test_lists_are_read_as_their_publishers_write_them(
    tmp_path: Path, kind: ReferenceKind, content: str, rows: Iterable[tuple[str, str, str]]
) -> None:
    found = edition_of(tmp_path, kind, "list.csv", content).rows
    assert [(row[0], row[3], row[5]) for row in found] == rows


@pytest.mark.parametrize(
    ("kind", "line", "complaint"),
    [
        (ReferenceKind.ADJUSTMENT_REASON, "CO45,x,,", "line 2, code: 'CO45' is not a reason code"),
        (ReferenceKind.REMARK, "N1,,,", "there is no text"),
        (ReferenceKind.REMARK, "N1,x,soon,", "line 2, start: 'soon' is not a day"),
        (ReferenceKind.REMARK, "N1,x,2026-02-01,2026-01-31", "before the first day"),
        (ReferenceKind.REMARK, "N1,x,,\nN1,y,,", "line 3, code: N1 stands twice"),
        (ReferenceKind.PLACE_OF_SERVICE, "2,x,,", "two digits"),
        (ReferenceKind.PAYER, "00 1,x,,", "a payer's number"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_column(
    tmp_path: Path, kind: ReferenceKind, line: str, complaint: str
) -> None:
    edition = edition_of(tmp_path, kind, "list.csv", f"code,text,start,stop\n{line}\n")
    assert complaint in complaint_of(edition)


@pytest.mark.parametrize("written", ["2026-01-31", "20260131", "1/31/2026"])
def test_days_may_be_written_in_three_ways(tmp_path: Path, written: str) -> None:
    content = f"code,text,start,stop\n45,x,2020-01-01,{written}\n"
    (row,) = edition_of(tmp_path, ReferenceKind.ADJUSTMENT_REASON, "carc.csv", content).rows
    assert row[1:3] == (date(2020, 1, 1), date(2026, 1, 31))


def test_the_taxonomy_of_july_begins_in_october(tmp_path: Path) -> None:
    content = "Code,Classification\n207Q00000X,Family\n"
    edition = edition_of(tmp_path, ReferenceKind.TAXONOMY, "nucc_taxonomy_261.csv", content, None)
    assert (edition.facts.name, edition.facts.effective_from) == ("26.1", FIRST)


POLICIES = """policy,payer,procedure,diagnoses,from,to,supports,visits a year,source
L1,,82306,E55.9 M80-M81,2026-01-01,,yes,,invented
L1,,82306,Z00.00,2026-01-01,,no,,
L2,big_plan,97110,,2025-07-01,2026-12-31,,20,invented
"""


def test_policies_have_a_row_for_each_diagnosis_or_range(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ReferenceKind.COVERAGE_POLICY, "policies.csv", POLICIES, None)
    assert edition.facts.effective_from == date(2025, 7, 1)
    first, begin = date(2026, 1, 1), date(2025, 7, 1)
    assert list(edition.rows) == [
        (0, "L1", "", "82306", "E559", "E559", True, first, None, None, "invented"),
        (1, "L1", "", "82306", "M80", "M81", True, first, None, None, "invented"),
        (2, "L1", "", "82306", "Z0000", "Z0000", False, first, None, None, ""),
        (3, "L2", "big_plan", "97110", "", "", True, begin, date(2026, 12, 31), 20, "invented"),
    ]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("L1,,82306,E14-E10,2026-01-01,,,,", "line 2, diagnoses: 'E14-E10' is not diagnoses"),
        ("L1,,8230,E10,2026-01-01,,,,", "line 2, procedure: '8230' is not a procedure code"),
        ("L1,,82306,E10,,,,,", "line 2, from"),
        ("L1,,82306,E10,2026-01-02,2026-01-01,,,", "line 2, to"),
        ("L1,,82306,E10,2026-01-01,,perhaps,,", "line 2, supports: 'perhaps' is not yes or no"),
        ("L1,,82306,E10,2026-01-01,,,0,", "line 2, visits a year"),
        ("L1,,82306,,2026-01-01,,,,", "line 2, diagnoses: a policy names"),
        ("L1,Big Plan,82306,E10,2026-01-01,,,,", "line 2, payer"),
        (",,82306,E10,2026-01-01,,,,", "line 2, policy"),
    ],
)
def test_a_wrong_policy_is_named_with_line_and_column(
    tmp_path: Path, line: str, complaint: str
) -> None:
    content = f"{POLICIES.splitlines()[0]}\n{line}\n"
    edition = edition_of(tmp_path, ReferenceKind.COVERAGE_POLICY, "policies.csv", content)
    assert complaint in complaint_of(edition)


def test_every_list_can_be_read() -> None:
    assert READERS.keys() == set(ReferenceKind)
