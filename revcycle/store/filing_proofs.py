"""Queries on what shows that claims reached their payers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, true
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.errors import NotFoundError
from models.tables import (
    Acknowledgement,
    Claim,
    ClaimLine,
    ClaimVersion,
    Coverage,
    Encounter,
    InboundFile,
    OutboundFile,
    Patient,
    Payer,
)
from models.values.money import Money


@dataclass(frozen=True, slots=True, repr=False)
class FiledClaim:
    """What a payer needs to find a claim in its books."""

    control_number: str
    payer_claim_control_number: str
    payer_name: str
    payer_id: str
    patient_name: str
    member_id: str
    service_from: date | None
    service_to: date | None
    charge: Money
    file_by: date


@dataclass(frozen=True, slots=True)
class VersionFiled:
    """A version of a claim with the file that carried it."""

    number: int
    control_number: str
    frequency_code: str
    outbound_file_id: UUID
    file_name: str
    file_kind: str
    interchange_number: int
    sha256: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReceiptHeld:
    """An acknowledgement with the file that brought it."""

    kind: str
    is_accepted: bool
    code: str
    outbound_file_id: UUID | None
    payer_claim_control_number: str
    received_at: datetime
    file_name: str
    sha256: str


def get_filed_claim(session: Session, client_id: UUID, claim_id: UUID) -> FiledClaim:
    """Find what identifies one claim.

    Raises:
        NotFoundError: this practice has no such claim.
    """
    lines = (
        select_columns(
            func.min(ClaimLine.service_date).label("first"),
            func.max(ClaimLine.service_date).label("last"),
        )
        .where(col(ClaimLine.client_id) == client_id, col(ClaimLine.claim_id) == claim_id)
        .subquery()
    )
    row = session.execute(
        select_columns(
            Claim,
            col(Payer.name),
            col(Payer.payer_id),
            col(Coverage.member_id),
            col(Patient.last_name),
            col(Patient.first_name),
            lines.c.first,
            lines.c.last,
        )
        .join(Payer, _same(Payer, client_id, Claim.payer_id))
        .join(Coverage, _same(Coverage, client_id, Claim.coverage_id))
        .join(Encounter, _same(Encounter, client_id, Claim.encounter_id))
        .outerjoin(Patient, _same(Patient, client_id, Encounter.patient_id))
        .outerjoin(lines, true())
        .where(col(Claim.client_id) == client_id, col(Claim.id) == claim_id)
    ).one_or_none()
    if row is None:
        msg = f"no claim {claim_id}"
        raise NotFoundError(msg)
    claim, payer_name, payer_id, member_id, last_name, first_name, first, last = row
    return FiledClaim(
        control_number=claim.control_number,
        payer_claim_control_number=claim.payer_claim_control_number,
        payer_name=payer_name,
        payer_id=payer_id,
        patient_name=" ".join(filter(None, (first_name, last_name))),
        member_id=member_id,
        service_from=first,
        service_to=last,
        charge=claim.charge_total,
        file_by=claim.file_by,
    )


def list_filed_versions(session: Session, client_id: UUID, claim_id: UUID) -> list[VersionFiled]:
    """List what was sent of a claim, the first version first."""
    statement = (
        select_columns(
            col(ClaimVersion.number),
            col(ClaimVersion.control_number),
            col(ClaimVersion.frequency_code),
            col(OutboundFile.id),
            col(OutboundFile.name),
            col(OutboundFile.kind),
            col(OutboundFile.control_number),
            col(OutboundFile.sha256),
            col(OutboundFile.sent_at),
        )
        .join(
            OutboundFile,
            (col(OutboundFile.client_id) == client_id)
            & (col(OutboundFile.id) == col(ClaimVersion.outbound_file_id)),
        )
        .where(col(ClaimVersion.client_id) == client_id, col(ClaimVersion.claim_id) == claim_id)
        .order_by(col(ClaimVersion.number))
    )
    return [VersionFiled(*row) for row in session.execute(statement)]


def list_receipts(
    session: Session, client_id: UUID, claim_id: UUID, outbound_file_ids: list[UUID]
) -> list[ReceiptHeld]:
    """List what partners said of a claim, and of the files that carried it, the first first."""
    of_whole_file = col(Acknowledgement.outbound_file_id).in_(outbound_file_ids) & col(
        Acknowledgement.claim_id
    ).is_(None)
    statement = (
        select_columns(
            col(Acknowledgement.kind),
            col(Acknowledgement.is_accepted),
            col(Acknowledgement.code),
            col(Acknowledgement.outbound_file_id),
            col(Acknowledgement.payer_claim_control_number),
            col(InboundFile.received_at),
            col(InboundFile.name),
            col(InboundFile.sha256),
        )
        .join(
            InboundFile,
            (col(InboundFile.client_id) == client_id)
            & (col(InboundFile.id) == col(Acknowledgement.inbound_file_id)),
        )
        .where(
            col(Acknowledgement.client_id) == client_id,
            or_(col(Acknowledgement.claim_id) == claim_id, of_whole_file),
        )
        .order_by(col(InboundFile.received_at), col(Acknowledgement.ordinal))
    )
    return [ReceiptHeld(*row) for row in session.execute(statement)]


def _same(table: Any, client_id: UUID, row_id: Any) -> Any:
    """Join the row of the same practice."""
    return (col(table.client_id) == client_id) & (col(table.id) == col(row_id))
