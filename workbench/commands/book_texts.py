"""Days and months that a person types, and tables of amounts."""

from datetime import date

from rich.table import Table

from models.errors import RejectedError
from models.values.months import parse_month


def read_day(text: str) -> date | None:
    """Read a day such as ``2026-11-20``; nothing is no day.

    Raises:
        RejectedError: the text is no day.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        msg = "a day is written as year, month and day, such as 2026-11-20"
        raise RejectedError(msg) from None


def read_month(text: str) -> date | None:
    """Read a month such as ``2026-11``; nothing is no month.

    Raises:
        RejectedError: the text is no month.
    """
    try:
        return parse_month(text) if text else None
    except ValueError as error:
        raise RejectedError(str(error)) from None


def right_table(*heads: str, left: int) -> Table:
    """Make a table whose columns, but for the first ``left``, hold amounts."""
    table = Table()
    for place, head in enumerate(heads):
        table.add_column(head, justify="left" if place < left else "right", no_wrap=place >= left)
    return table
