"""Queries on accounts that turned out to be one patient.

The books are append-only, so a posting names the account it was booked for, for ever. Whoever
adds up what patients owe or own asks for the account that goes on instead.
"""

from collections.abc import Collection, Iterable
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_
from sqlmodel import Session, SQLModel, col, select, update

from models.documents.act import Act
from models.tables import (
    BalanceWriteOff,
    Claim,
    ClockRow,
    Coverage,
    CreditBalance,
    Encounter,
    Patient,
    PatientIdentifier,
    PatientJoin,
    PatientPayment,
    Posting,
    Refund,
    Statement,
    WorkItem,
)

# Whose a posting is now. A statement that groups by it joins with ``of_duplicate``.
PATIENT_NOW: Final[ColumnElement[UUID | None]] = func.coalesce(
    col(PatientJoin.kept_id), col(Posting.patient_id)
)
# What an account has beside its postings; all of it goes to the account that is kept.
MOVED: Final[tuple[Any, ...]] = (
    PatientIdentifier,
    Encounter,
    Statement,
    PatientPayment,
    Refund,
    BalanceWriteOff,
    CreditBalance,
    ClockRow,
    WorkItem,
)
Violations = tuple[int, tuple[str, ...]]


def of_duplicate(client_id: UUID) -> ColumnElement[bool]:
    """Join postings (outer) with the row that says their account was joined with another."""
    return (col(PatientJoin.client_id) == client_id) & (
        col(PatientJoin.duplicate_id) == Posting.patient_id
    )


def with_joined(session: Session, client_id: UUID, patient_ids: Collection[UUID]) -> list[UUID]:
    """List these accounts and those that were joined with them: whose postings are theirs.

    One that was joined with another itself has none any more, and is left out.
    """
    joins = session.exec(
        select(PatientJoin).where(
            PatientJoin.client_id == client_id,
            or_(
                col(PatientJoin.kept_id).in_(patient_ids),
                col(PatientJoin.duplicate_id).in_(patient_ids),
            ),
        )
    ).all()
    asked = set(patient_ids)
    theirs = [row.duplicate_id for row in joins if row.kept_id in asked]
    return [*(asked - {row.duplicate_id for row in joins}), *theirs]


def find_kept(session: Session, client_id: UUID, patient_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Map those of these accounts that were joined with another to the one that goes on."""
    rows = session.exec(
        select(PatientJoin).where(
            PatientJoin.client_id == client_id,
            col(PatientJoin.duplicate_id).in_(set(patient_ids)),
        )
    )
    return {row.duplicate_id: row.kept_id for row in rows}


def patient_now(session: Session, client_id: UUID, patient_id: UUID) -> UUID:
    """Name the account that goes on: this one, or the one that it was joined with."""
    return find_kept(session, client_id, [patient_id]).get(patient_id, patient_id)


def list_joined_accounts(session: Session, client_id: UUID, patient_id: UUID) -> tuple[str, ...]:
    """List the numbers of accounts that were joined with this one."""
    numbers = session.exec(
        select(Patient.account_number)
        .join(
            PatientJoin,
            (col(PatientJoin.client_id) == client_id)
            & (col(PatientJoin.duplicate_id) == Patient.id),
        )
        .where(Patient.client_id == client_id, PatientJoin.kept_id == patient_id)
    )
    return tuple(sorted(numbers))


def stands_alone(patient: Any) -> ColumnElement[bool]:
    """Ask for accounts that were not joined with another."""
    return ~exists().where(
        col(PatientJoin.client_id) == patient.client_id,
        col(PatientJoin.duplicate_id) == patient.id,
    )


def add_join(session: Session, client_id: UUID, act: Act, *, duplicate: UUID, keep: UUID) -> None:
    """Write down that two accounts are one; what was joined with the duplicate goes on with it."""
    session.exec(
        update(PatientJoin)
        .where(col(PatientJoin.client_id) == client_id, col(PatientJoin.kept_id) == duplicate)
        .values(kept_id=keep)
    )
    session.add(
        PatientJoin(
            client_id=client_id,
            duplicate_id=duplicate,
            kept_id=keep,
            joined_at=act.at,
            joined_by=act.actor,
        )
    )


def move_rows(session: Session, client_id: UUID, *, duplicate: UUID, keep: UUID) -> None:
    """Give everything of the duplicate that may change to the account that is kept.

    A statement remembers which account it names: either may have had one of the same period.
    """
    session.exec(
        update(Statement)
        .where(
            col(Statement.client_id) == client_id,
            col(Statement.patient_id) == duplicate,
            col(Statement.joined_from_id).is_(None),
        )
        .values(joined_from_id=duplicate)
    )
    for table in MOVED:
        session.exec(
            update(table)
            .where(col(table.client_id) == client_id, col(table.patient_id) == duplicate)
            .values(patient_id=keep)
        )


def rows_of_joined(session: Session, client_id: UUID) -> Violations:
    """Joined accounts that still have something beside what was booked, or lead on to another."""
    joins = session.exec(select(PatientJoin).where(PatientJoin.client_id == client_id)).all()
    duplicates = {row.duplicate_id for row in joins}
    wrong = {str(row.duplicate_id) for row in joins if row.kept_id in duplicates}
    for table in MOVED:
        wrong |= _left(session, client_id, table, col(table.patient_id))
    wrong |= _left(session, client_id, Coverage, col(Coverage.patient_id), _is_billed())
    wrong |= _left(
        session,
        client_id,
        WorkItem,
        col(WorkItem.subject_id),
        (col(WorkItem.subject_kind) == "patient") & (col(WorkItem.state) == "open"),
    )
    return len(joins), tuple(sorted(wrong))


def _left(
    session: Session,
    client_id: UUID,
    table: type[SQLModel],
    patient_id: Any,
    *conditions: ColumnElement[bool],
) -> set[str]:
    rows = session.exec(
        select(PatientJoin.duplicate_id)
        .join(
            table,
            (patient_id == PatientJoin.duplicate_id) & (patient_id.class_.client_id == client_id),
        )
        .where(PatientJoin.client_id == client_id, or_(*conditions) if conditions else True)
        .distinct()
    )
    return {str(duplicate) for duplicate in rows}


def _is_billed() -> ColumnElement[bool]:
    return exists().where(
        col(Claim.client_id) == Coverage.client_id, col(Claim.coverage_id) == Coverage.id
    )
