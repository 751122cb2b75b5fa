"""Queries on pairs of procedures of which one is not paid beside the other (NCCI PTP)."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice, permutations
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from models.documents.reference import CodesOfDay, PtpEdit, ReferenceRow

ROWS_A_CHUNK: Final = 20_000
INSERT: Final = "INSERT INTO ptp_pair VALUES (?, ?, ?, ?, ?, ?)"
COPY: Final = "COPY ptp_pair FROM STDIN"
NEVER_IN_FORCE: Final = 9
PAIRS_A_STATEMENT: Final = 5_000
# As the driver takes it: an encounter asks for a dozen pairs, and the layers above the driver take
# several times as long as the database.
ONE_PAIR: Final = (
    "SELECT column_one, column_two, effective_on, deleted_on, indicator FROM ptp_pair "
    "WHERE edition_id = ? AND column_one = ? AND column_two = ? AND effective_on <= ? "
    "AND (deleted_on IS NULL OR deleted_on >= ?) AND indicator <> 9 "
    "ORDER BY effective_on DESC LIMIT 1"
)
ONE_PAIR_IN_POSTGRESQL: Final = ONE_PAIR.replace("?", "%s")
# Joins: SQLite looks no pair of columns up by IN, but reads the whole edition.
MANY_PAIRS: Final = (
    "WITH wanted(one, two) AS "
    "(SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)) "
    "SELECT column_one, column_two, effective_on, deleted_on, indicator "
    "FROM wanted CROSS JOIN ptp_pair "
    "ON edition_id = ? AND column_one = one AND column_two = two"
)
MANY_PAIRS_IN_POSTGRESQL: Final = (
    "SELECT column_one, column_two, effective_on, deleted_on, indicator "
    "FROM unnest(%s::text[], %s::text[]) AS wanted(one, two) JOIN ptp_pair "
    "ON edition_id = %s AND column_one = one AND column_two = two"
)


def find_pair(
    session: Session, edition: int, column_one: str, column_two: str, on: date
) -> PtpEdit | None:
    """Find the edit of a pair, in this order, that is in force on a day.

    The last day of an edit is in force; one with indicator 9 never was. A warm look-up takes less
    than a tenth of a millisecond on SQLite (benchmark ``refdata.find_pair``).

    Source:
        CMS, "How to Use the Medicare NCCI Tools": deletion dates and modifier indicators.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        asked = (edition, column_one, column_two, on, on)
        row = connection.exec_driver_sql(ONE_PAIR_IN_POSTGRESQL, asked).first()
        return None if row is None else PtpEdit(*row)
    driver: Any = connection.connection.driver_connection
    day = _iso(on)
    row = driver.execute(ONE_PAIR, (edition, column_one, column_two, day, day)).fetchone()
    return None if row is None else _of_sqlite(row)


def list_pairs(
    session: Session, edition: int, codes: Collection[str], on: date
) -> tuple[PtpEdit, ...]:
    """List the edits in force among the procedures of one encounter, in both orders."""
    asked = CodesOfDay(edition, on, frozenset(codes))
    return list_pairs_of_days(session, [asked])[asked]


def list_pairs_of_days(
    session: Session, asked: Collection[CodesOfDay]
) -> dict[CodesOfDay, tuple[PtpEdit, ...]]:
    """List the edits in force among the procedures of each of many encounters.

    A statement answers for some thousand pairs, however many encounters they come from.
    """
    found: dict[tuple[int, str, str], list[PtpEdit]] = {}
    for edition in {one.edition for one in asked}:
        pairs = {
            pair for one in asked if one.edition == edition for pair in permutations(one.codes, 2)
        }
        for edit in _edits_of(session, edition, pairs):
            found.setdefault((edition, edit.column_one, edit.column_two), []).append(edit)
    return {
        one: tuple(
            edit
            for pair in sorted(permutations(one.codes, 2))
            for edit in found.get((one.edition, *pair), ())
            if _is_in_force(edit, one.on)
        )
        for one in asked
    }


def _edits_of(
    session: Session, edition: int, asked: Collection[tuple[str, str]]
) -> Iterator[PtpEdit]:
    connection = session.connection()
    following = iter(sorted(asked))
    while chunk := list(islice(following, PAIRS_A_STATEMENT)):
        if connection.dialect.name == "postgresql":
            ones, twos = [list(codes) for codes in zip(*chunk, strict=True)]
            found = connection.exec_driver_sql(MANY_PAIRS_IN_POSTGRESQL, (ones, twos, edition))
            yield from (PtpEdit(*row) for row in found)
        else:
            found = connection.exec_driver_sql(MANY_PAIRS, (json.dumps(chunk), edition))
            yield from map(_of_sqlite, found)


def _of_sqlite(row: Sequence[Any]) -> PtpEdit:
    """Read a row as the driver gives it: days are text there."""
    one, two, first, last, indicator = row
    return PtpEdit(one, two, _day(first), None if last is None else _day(last), indicator)


def _is_in_force(edit: PtpEdit, on: date) -> bool:
    last_day = edit.deleted_on or date.max
    return edit.indicator != NEVER_IN_FORCE and edit.effective_on <= on <= last_day


def insert_pairs(session: Session, edition: int, rows: Iterable[ReferenceRow]) -> Iterator[int]:
    """Write pairs as the driver takes them, in the transaction of the session.

    There are 2.6 million in a quarter: PostgreSQL copies them, SQLite runs one prepared statement.
    Rows that come in the order of their key are appended to the table.

    Yields:
        How many are written so far.

    Raises:
        IntegrityError: a pair and day stand twice.
    """
    following = ((edition, *row) for row in rows)
    connection = session.connection()
    written = 0
    while chunk := list(islice(following, ROWS_A_CHUNK)):
        if connection.dialect.name == "postgresql":
            _copy(connection, chunk)
        else:
            connection.exec_driver_sql(INSERT, [_in_sqlite(row) for row in chunk])
        written += len(chunk)
        yield written


def _copy(connection: Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(COPY) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.IntegrityError as error:
        raise IntegrityError(COPY, None, error) from error


def _in_sqlite(row: tuple[Any, ...]) -> tuple[Any, ...]:
    edition, column_one, column_two, effective_on, deleted_on, indicator = row
    last = None if deleted_on is None else _iso(deleted_on)
    return edition, column_one, column_two, _iso(effective_on), last, indicator


@cache
def _iso(day: date) -> str:
    """Write a day as SQLAlchemy stores it on SQLite; a file has a few hundred different ones."""
    return day.isoformat()


@cache
def _day(text: str) -> date:
    return date.fromisoformat(text)
