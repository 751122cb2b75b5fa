"""Queries on lists of codes in their editions, which belong to no practice."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from models.documents.code_list import ListedPeriod
from models.tables import ListedCode
from revcycle.store.ledger import in_chunks

Period = tuple[date, date | None]  # first and last day in force; None while no end is known


def list_periods(
    session: Session, editions: Collection[int], codes: Collection[str]
) -> Mapping[str, tuple[Period, ...]]:
    """Map codes to the periods in which one of the editions has them in force, oldest first.

    A code that none of them lists is left out, and so is a heading under which others stand.

    Args:
        session: The database.
        editions: Such as those of ``hcpcs`` and ``cpt`` that answer for a date of service.
        codes: As claims carry them.
    """
    found: dict[str, list[Period]] = {}
    for row in _listed(session, editions, codes):
        if row.is_billable:
            found.setdefault(row.code, []).append((row.valid_from, row.valid_to))
    return {code: tuple(sorted(set(periods), key=_first_day)) for code, periods in found.items()}


def list_titles(
    session: Session, editions: Collection[int], codes: Collection[str], on: date
) -> Mapping[str, str]:
    """Map codes to what editions call them on a day; a code that none lists is left out.

    Of several periods the one that holds the day is taken, else the latest.
    """
    found: dict[str, ListedPeriod] = {}
    for row in _listed(session, editions, codes):
        known = found.get(row.code)
        if row.title and (known is None or row.holds(on) or not known.holds(on)):
            found[row.code] = row
    return {code: row.title for code, row in found.items()}


def list_codes(session: Session, edition: int, limit: int | None = None) -> list[ListedPeriod]:
    """List the periods of an edition, by code and day; at most so many."""
    statement = (
        select(ListedCode)
        .where(ListedCode.edition_id == edition)
        .order_by(col(ListedCode.code), col(ListedCode.valid_from))
        .limit(limit)
    )
    return [_period(row) for row in session.exec(statement)]


def count_in_force(session: Session, edition: int, on: date) -> int:
    """Count the codes of an edition that may be billed on a day."""
    statement = select(func.count(func.distinct(col(ListedCode.code)))).where(
        ListedCode.edition_id == edition,
        col(ListedCode.is_billable),
        ListedCode.valid_from <= on,
        or_(col(ListedCode.valid_to).is_(None), col(ListedCode.valid_to) >= on),
    )
    return session.exec(statement).one()


def _listed(
    session: Session, editions: Collection[int], codes: Collection[str]
) -> Iterator[ListedPeriod]:
    for part in in_chunks(sorted(set(codes))):
        statement = (
            select(ListedCode)
            .where(col(ListedCode.edition_id).in_(editions), col(ListedCode.code).in_(part))
            .order_by(col(ListedCode.code), col(ListedCode.valid_from))
        )
        yield from map(_period, session.exec(statement))


def _period(row: ListedCode) -> ListedPeriod:
    return ListedPeriod(
        row.code, row.title, row.valid_from, row.valid_to, row.is_billable, row.detail
    )


def _first_day(period: Period) -> date:
    return period[0]
