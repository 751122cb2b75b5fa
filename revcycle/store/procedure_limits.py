"""Queries on how often a procedure is likely, and beside what it must stand (NCCI MUE, AOC)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.documents.reference import AddOnDocument, UnitLimitDocument
from models.tables import AddOnPair, UnitLimit
from revcycle.store.ledger import in_chunks


def list_unit_limits(
    session: Session, edition: int, codes: Collection[str]
) -> dict[str, UnitLimitDocument]:
    """Map those of the procedures that have a limit to it; an edition holds one for each."""
    return {
        row.code: UnitLimitDocument(row.code, row.units, row.adjudication, row.rationale)
        for chunk in in_chunks(codes)
        for row in session.exec(
            select(UnitLimit).where(UnitLimit.edition_id == edition, col(UnitLimit.code).in_(chunk))
        )
    }


def list_add_ons(
    session: Session, edition: int, codes: Collection[str], on: date
) -> dict[str, AddOnDocument]:
    """Map those of the codes that are add-ons on a day to the primaries they may stand beside.

    A code without an edit in force on the day is left out: whether it is an add-on is not known.
    """
    rows = [
        row
        for chunk in in_chunks(codes)
        for row in session.exec(
            select(AddOnPair).where(
                AddOnPair.edition_id == edition,
                col(AddOnPair.add_on).in_(chunk),
                AddOnPair.effective_on <= on,
                or_(col(AddOnPair.deleted_on).is_(None), col(AddOnPair.deleted_on) >= on),
            )
        )
    ]
    by_code: dict[str, list[AddOnPair]] = defaultdict(list)
    for row in rows:
        by_code[row.add_on].append(row)
    return {code: _add_on(code, found) for code, found in by_code.items()}


def _add_on(code: str, rows: list[AddOnPair]) -> AddOnDocument:
    """Gather the primaries; where lines differ in type the one that allows more counts."""
    primaries = frozenset(row.primary_code for row in rows if row.primary_code)
    return AddOnDocument(code, _widest({row.edit_type for row in rows}), primaries)


def _widest(types: Collection[int]) -> int:
    closed, by_payer, open_list = 1, 2, 3
    if open_list in types or {closed, by_payer} <= set(types):
        return open_list
    return next(iter(types))
