"""Take amounts of Medicare's fee schedule that contracts name from the imported editions."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from models.documents.contract import ContractBook, MpfsAmount, MpfsKey
from models.values.reference import ReferenceKind
from revcycle.rules.contracts.fee_schedule import schedule_amount
from revcycle.store.imported_editions import get_edition
from revcycle.store.reference_editions import find_editions
from revcycle.store.relative_values import find_locality, list_relative_values

KINDS = (ReferenceKind.MPFS, ReferenceKind.GPCI)


def fill_fee_schedule(session: Session, book: ContractBook, codes: Collection[str]) -> ContractBook:
    """Add what the imported fee schedule says of procedures; an own ``mpfs.csv`` comes first.

    A term names a year and a locality. Of the year's editions the last in use counts, of relative
    values as of indices; a year of which nothing is imported stays without amounts.

    Args:
        session: Any open transaction; nothing is written.
        book: The terms of a practice; returned as it is if none names the fee schedule.
        codes: The procedures that are about to be priced.
    """
    imported: dict[MpfsKey, MpfsAmount] = {}
    for year, locality in sorted(named_schedules(book)):
        imported |= _amounts(session, year, locality, codes)
    return replace(book, mpfs={**imported, **book.mpfs}) if imported else book


def named_schedules(book: ContractBook) -> set[tuple[int, str]]:
    """Return the years and localities of the fee schedule that the terms name."""
    return {
        (term.mpfs_year, term.mpfs_locality)
        for term in book.terms
        if term.mpfs_year and term.mpfs_locality
    }


def _amounts(
    session: Session, year: int, number: str, codes: Collection[str]
) -> dict[MpfsKey, MpfsAmount]:
    editions = find_editions(session, KINDS, date(year, 12, 31))
    of_year = {
        kind: edition
        for kind, edition in editions.items()
        if get_edition(session, edition).effective_from.year == year
    }
    if len(of_year) < len(KINDS):
        return {}
    locality = find_locality(session, of_year[ReferenceKind.GPCI], number)
    if locality is None:
        return {}
    values = list_relative_values(session, of_year[ReferenceKind.MPFS], codes)
    return {
        (value.code, value.modifier, year, number): amount
        for value in values
        if (amount := schedule_amount(value, locality)) is not None
    }
