"""Extracts of the books: the postings that a figure on a page is the sum of."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.documents.records import BookLine
from models.tables import Charge, Encounter, LedgerEntry, Posting
from models.values.accounts import Account
from models.values.money import Money
from revcycle.store.joined_patients import with_joined
from revcycle.store.ledger import in_chunks


def list_postings_of_charges(
    session: Session, client_id: UUID, charge_ids: Collection[UUID]
) -> list[BookLine]:
    """List every posting about these charges, oldest first."""
    return [
        _line(row)
        for ids in in_chunks(charge_ids)
        for row in session.execute(_lines(client_id).where(col(Posting.charge_id).in_(ids)))
    ]


def list_postings_of_remittance(
    session: Session, client_id: UUID, remittance_id: UUID, *, account: Account, limit: int
) -> list[BookLine]:
    """List the postings of one account about a payment, oldest first, at most ``limit``."""
    statement = _lines(client_id).where(
        col(Posting.remittance_id) == remittance_id, col(Posting.account) == account
    )
    return [_line(row) for row in session.execute(statement.limit(limit))]


def sums_of_remittance(
    session: Session, client_id: UUID, remittance_id: UUID
) -> dict[Account, Money]:
    """Add up the accounts that a payment moved."""
    statement = (
        select_columns(col(Posting.account), func.sum(Posting.amount))
        .where(col(Posting.client_id) == client_id, col(Posting.remittance_id) == remittance_id)
        .group_by(col(Posting.account))
    )
    return {Account(account): amount for account, amount in session.execute(statement)}


def list_unused_credits(session: Session, client_id: UUID, patient_id: UUID) -> list[BookLine]:
    """List the postings of a patient's money that belong to no charge, oldest first."""
    statement = _lines(client_id).where(
        col(Posting.patient_id).in_(with_joined(session, client_id, [patient_id])),
        col(Posting.account) == Account.PATIENT_CREDIT,
        col(Posting.charge_id).is_(None),
    )
    return [_line(row) for row in session.execute(statement)]


def sums_of_patient(session: Session, client_id: UUID, patient_id: UUID) -> dict[Account, Money]:
    """Add up every account over all charges of all encounters of a patient."""
    statement = (
        select_columns(col(Posting.account), func.sum(Posting.amount))
        .join(Charge, _same(Charge, Posting.charge_id))
        .join(Encounter, _same(Encounter, Charge.encounter_id))
        .where(col(Posting.client_id) == client_id, col(Encounter.patient_id) == patient_id)
        .group_by(col(Posting.account))
    )
    return {Account(account): amount for account, amount in session.execute(statement)}


def sums_of_encounters(
    session: Session, client_id: UUID, encounter_ids: Collection[UUID]
) -> dict[UUID, dict[Account, Money]]:
    """Add up every account by encounter; encounters without postings are left out."""
    found: dict[UUID, dict[Account, Money]] = {}
    for ids in in_chunks(encounter_ids):
        statement = (
            select_columns(col(Charge.encounter_id), col(Posting.account), func.sum(Posting.amount))
            .join(Charge, _same(Charge, Posting.charge_id))
            .where(col(Posting.client_id) == client_id, col(Charge.encounter_id).in_(ids))
            .group_by(col(Charge.encounter_id), col(Posting.account))
        )
        for encounter_id, account, amount in session.execute(statement):
            found.setdefault(encounter_id, {})[Account(account)] = amount
    return found


def _lines(client_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(
            col(LedgerEntry.id),
            col(LedgerEntry.kind),
            col(LedgerEntry.effective_date),
            col(LedgerEntry.posted_at),
            col(LedgerEntry.actor),
            col(Posting.account),
            col(Posting.amount),
            col(Posting.charge_id),
            col(Posting.claim_id),
            col(Posting.remittance_id),
            col(Posting.group),
            col(Posting.reason),
            col(Posting.reference),
            col(LedgerEntry.reverses_id).is_not(None),
        )
        .join(LedgerEntry, _same(LedgerEntry, Posting.ledger_entry_id))
        .where(col(Posting.client_id) == client_id)
        .order_by(col(LedgerEntry.posted_at), col(LedgerEntry.id), col(Posting.id))
    )


def _line(row: Any) -> BookLine:
    values = list(row)
    values[5] = Account(values[5])  # the database knows plain texts
    return BookLine(*values)


def _same(table: Any, column: Any) -> Any:
    """Join on the id within the practice."""
    return (col(table.client_id) == column.class_.client_id) & (col(table.id) == column)
