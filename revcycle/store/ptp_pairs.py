"""Queries on pairs of procedures of which one is not paid beside the other (NCCI PTP)."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, Final

from sqlmodel import Session

from models.documents.reference import ReferenceRow

ROWS_A_CHUNK: Final = 20_000
INSERT: Final = "INSERT INTO ptp_pair VALUES (?, ?, ?, ?, ?, ?)"
COPY: Final = "COPY ptp_pair FROM STDIN"


def insert_pairs(session: Session, edition: int, rows: Iterable[ReferenceRow]) -> Iterator[int]:
    """Write pairs as the driver takes them, in the transaction of the session.

    There are 2.6 million in a quarter: PostgreSQL copies them, SQLite runs one prepared statement.
    Rows that come in the order of their key are appended to the table.

    Yields:
        How many are written so far.
    """
    following = ((edition, *row) for row in rows)
    connection = session.connection()
    written = 0
    while chunk := list(islice(following, ROWS_A_CHUNK)):
        if connection.dialect.name == "postgresql":
            _copy(connection.connection.driver_connection, chunk)
        else:
            connection.exec_driver_sql(INSERT, [_in_sqlite(row) for row in chunk])
        written += len(chunk)
        yield written


def _copy(driver: Any, rows: Iterable[tuple[Any, ...]]) -> None:
    with driver.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in rows:
            copy.write_row(row)


def _in_sqlite(row: tuple[Any, ...]) -> tuple[Any, ...]:
    edition, column_one, column_two, effective_on, deleted_on, indicator = row
    last = None if deleted_on is None else _iso(deleted_on)
    return edition, column_one, column_two, _iso(effective_on), last, indicator


@cache
def _iso(day: date) -> str:
    """Write a day as SQLAlchemy stores it on SQLite; a file has a few hundred different ones."""
    return day.isoformat()
