"""Tables for spreadsheets: what is written can be read, and nothing is computed."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from models.errors import RejectedError
from revcycle.formats.sheets.reading import ROWS_MAX, read_sheet
from revcycle.formats.sheets.writing import write_sheet

HEADS = ("case", "code", "units")
ROWS = [("1", "E11.9", "2.5"), ("2", "=1+1", ""), ("", "", ""), ("3", 'Käthe, "x"', "1")]


@pytest.mark.parametrize("name", ["a.csv", "A.XLSX"])
def test_a_written_table_reads_back_without_its_empty_rows(name: str) -> None:
    rows = read_sheet(name, write_sheet(name, "codes", HEADS, ROWS), HEADS)
    assert [tuple(row.cells.values()) for row in rows] == [ROWS[0], ROWS[1], ROWS[3]]
    assert [row.line for row in rows] == [2, 3, 5]


def test_no_cell_is_ever_a_formula() -> None:
    book = load_workbook(io.BytesIO(write_sheet("a.xlsx", "x" * 40, HEADS, ROWS)))
    sheet = book.worksheets[0]
    assert sheet["B3"].value == "'=1+1"
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert b"'=1+1" in write_sheet("a.csv", "x", HEADS, ROWS)


def test_columns_may_stand_in_any_order_and_others_are_ignored() -> None:
    (row,) = read_sheet("a.csv", b"remark, Code ,case\nx,99213,7\n", ("case", "code"))
    assert row.cells == {"case": "7", "code": "99213"}


def test_numbers_and_days_of_a_spreadsheet_are_read_as_people_see_them() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["case", "code"])
    sheet.append([99213, 2.5])
    held = io.BytesIO()
    book.save(held)
    (row,) = read_sheet("a.xlsx", held.getvalue(), ("case", "code"))
    assert row.cells == {"case": "99213", "code": "2.5"}


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        pytest.param("a.pdf", b"", "csv or .xlsx", id="another-kind"),
        pytest.param("a.csv", b"case\n1\n", "lacks the column code, units", id="a-column-lacks"),
        pytest.param("a.csv", b"", "lacks the column", id="empty"),
        pytest.param("a.csv", b"\xff\xfe", "not UTF-8", id="another-code-page"),
        pytest.param("a.csv", b'case,code,units\n"x', "no CSV", id="an-open-quote"),
        pytest.param("a.xlsx", b"PK no", "no XLSX", id="no-zip"),
        pytest.param(
            "a.csv", b"case,code,units\n" + b"1,2,3\n" * ROWS_MAX, "more than", id="too-many"
        ),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(name: str, content: bytes, why: str) -> None:
    with pytest.raises(RejectedError, match=why):
        read_sheet(name, content, HEADS)


def test_a_table_is_written_as_csv_or_xlsx_only() -> None:
    with pytest.raises(RejectedError, match="written as"):
        write_sheet("a.txt", "x", HEADS, ROWS)
