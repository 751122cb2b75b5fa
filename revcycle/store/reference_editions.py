"""Queries on editions of reference data, which belong to no practice."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlmodel import Session, col, select

from models.tables import ReferenceEdition
from models.values.reference import EditionState, ReferenceKind


def find_editions(
    session: Session, kinds: Collection[ReferenceKind], on: date
) -> Mapping[ReferenceKind, int]:
    """Map each kind to the number of the edition that answers for a date of service.

    It is the edition in use with the latest first day on or before the date, and of several with
    the same first day the one that was imported last. Before the first edition of a kind the
    oldest one answers. A kind of which nothing was imported is left out.
    """
    return find_editions_by_day(session, kinds, [on])[on]


def find_editions_by_day(
    session: Session, kinds: Collection[ReferenceKind], days: Collection[date]
) -> Mapping[date, Mapping[ReferenceKind, int]]:
    """Map each date of service to what ``find_editions`` says of it; one statement for them all."""
    statement = (
        select(ReferenceEdition)
        .where(
            col(ReferenceEdition.kind).in_(kinds),
            ReferenceEdition.state == EditionState.IN_USE,
        )
        .order_by(col(ReferenceEdition.effective_from), col(ReferenceEdition.id))
    )
    editions = session.exec(statement).all()
    return {day: _answering(editions, day) for day in days}


def list_begun(session: Session, editions: Collection[int], on: date) -> set[int]:
    """List which of the editions had begun on a day; the oldest one answers for days before it."""
    statement = select(ReferenceEdition.id).where(
        col(ReferenceEdition.id).in_(editions), ReferenceEdition.effective_from <= on
    )
    return {number for number in session.exec(statement) if number is not None}


def _answering(editions: Iterable[ReferenceEdition], on: date) -> Mapping[ReferenceKind, int]:
    """Take the last edition of each kind that has begun; else the first."""
    found: dict[ReferenceKind, int] = {}
    for row in editions:
        kind = ReferenceKind(row.kind)
        if row.id is not None and (row.effective_from <= on or kind not in found):
            found[kind] = row.id
    return found
