"""Write a table as CSV or XLSX; no cell of it is ever a formula."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from models.errors import RejectedError
from revcycle.formats.csv.lines import neutralize, write_lines

TITLE_LENGTH_MAX = 31  # of a sheet, in every spreadsheet


def write_sheet(
    name: str, title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]
) -> bytes:
    """Write a table in the form that the ending of a file's name asks for.

    Args:
        name: The file's name; ``.csv`` or ``.xlsx``.
        title: What the sheet is called.
        heads: The first row.
        rows: The others.

    Raises:
        RejectedError: the name ends otherwise.
    """
    if name.lower().endswith(".csv"):
        return "".join(write_lines(heads, rows)).encode()
    if name.lower().endswith(".xlsx"):
        return _write_xlsx(title, heads, rows)
    msg = f"{name}: a table is written as .csv or .xlsx"
    raise RejectedError(msg)


def _write_xlsx(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:TITLE_LENGTH_MAX])
    sheet.append(list(heads))
    for row in rows:
        sheet.append([neutralize(cell) for cell in row])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
