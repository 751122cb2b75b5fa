"""Queries that show payments of payers: what was paid, how, and what was moved outside claims."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.records import FileRef
from models.errors import NotFoundError
from models.tables import InboundFile, ProviderAdjustmentRow, Remittance
from models.values.money import Money


@dataclass(frozen=True, slots=True)
class RemittanceFacts:
    """One payment. ``amount`` is below zero when the payer took more back than it paid."""

    id: UUID
    ordinal: int
    payer_name: str
    payer_trace_id: str
    trace_number: str
    amount: Money
    method: str
    payment_date: date
    posted_at: datetime
    file: FileRef


@dataclass(frozen=True, slots=True)
class MovedOutside:
    """Money that a payer moved outside of claims; a positive amount lowers the payment."""

    ordinal: int
    provider_id: str
    reason: str
    reference: str
    amount: Money


def get_remittance_facts(session: Session, client_id: UUID, remittance_id: UUID) -> RemittanceFacts:
    """Find one payment.

    Raises:
        NotFoundError: this practice has no such payment.
    """
    row = session.execute(
        _payments(client_id).where(col(Remittance.id) == remittance_id)
    ).one_or_none()
    if row is None:
        msg = f"no remittance {remittance_id}"
        raise NotFoundError(msg)
    return _payment(row)


def list_remittances_of_file(
    session: Session, client_id: UUID, inbound_file_id: UUID
) -> list[RemittanceFacts]:
    """List the payments that one file explains, in its order."""
    statement = _payments(client_id).where(col(Remittance.inbound_file_id) == inbound_file_id)
    return [_payment(row) for row in session.execute(statement.order_by(col(Remittance.ordinal)))]


def list_moved_outside(
    session: Session, client_id: UUID, remittance_id: UUID
) -> list[MovedOutside]:
    """List what a payment moved outside of claims (PLB), in the payer's order."""
    rows = session.exec(
        select(ProviderAdjustmentRow)
        .where(
            ProviderAdjustmentRow.client_id == client_id,
            ProviderAdjustmentRow.remittance_id == remittance_id,
        )
        .order_by(col(ProviderAdjustmentRow.ordinal))
    )
    return [
        MovedOutside(row.ordinal, row.provider_id, row.reason, row.reference, row.amount)
        for row in rows
    ]


def _payments(client_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(Remittance, col(InboundFile.kind))
        .join(
            InboundFile,
            (col(InboundFile.client_id) == client_id)
            & (col(InboundFile.id) == Remittance.inbound_file_id),
        )
        .where(col(Remittance.client_id) == client_id)
    )


def _payment(row: Any) -> RemittanceFacts:
    remittance, kind = row
    return RemittanceFacts(
        id=remittance.id,
        ordinal=remittance.ordinal,
        payer_name=remittance.payer_name,
        payer_trace_id=remittance.payer_trace_id,
        trace_number=remittance.trace_number,
        amount=remittance.amount,
        method=remittance.method,
        payment_date=remittance.payment_date,
        posted_at=remittance.posted_at,
        file=FileRef(remittance.inbound_file_id, is_outbound=False, kind=kind),
    )
