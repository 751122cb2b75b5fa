"""Queries that show a claim to whoever puts it right, and what partners said of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlmodel import Session, col

from models.states.claim import ClaimState
from models.tables import (
    Acknowledgement,
    Claim,
    ClaimVersion,
    Coverage,
    Encounter,
    InboundFile,
    Payer,
)
from models.values.money import Money


@dataclass(frozen=True, slots=True, repr=False)
class ClaimPicture:
    """A claim that waits for a person, with whom it is about."""

    id: UUID
    state: ClaimState
    control_number: str
    payer_key: str
    payer_name: str
    member_id: str
    payer_rank: int
    charge_total: Money
    file_by: date
    encounter_id: UUID
    patient_id: UUID | None
    service_date: date | None


@dataclass(frozen=True, slots=True)
class PartnerWord:
    """What a payer or clearinghouse said of a claim, or of the file that carried it."""

    kind: str
    code: str
    is_accepted: bool
    said_at: datetime
    inbound_file_id: UUID


def find_claim_picture(session: Session, client_id: UUID, claim_id: UUID) -> ClaimPicture | None:
    """Load one claim as it is shown."""
    statement = (
        select_columns(Claim, Payer, Encounter, Coverage)
        .join(Payer, _same(Payer, client_id, Claim.payer_id))
        .join(Encounter, _same(Encounter, client_id, Claim.encounter_id))
        .join(Coverage, _same(Coverage, client_id, Claim.coverage_id))
        .where(col(Claim.client_id) == client_id, col(Claim.id) == claim_id)
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else _picture(*row)


def list_partner_words(session: Session, client_id: UUID, claim_id: UUID) -> list[PartnerWord]:
    """List what was said of any version of a claim, the latest first."""
    files = select_columns(col(ClaimVersion.outbound_file_id)).where(
        col(ClaimVersion.client_id) == client_id, col(ClaimVersion.claim_id) == claim_id
    )
    statement = (
        select_columns(
            col(Acknowledgement.kind),
            col(Acknowledgement.code),
            col(Acknowledgement.is_accepted),
            col(InboundFile.received_at),
            col(InboundFile.id),
        )
        .join(InboundFile, _same(InboundFile, client_id, Acknowledgement.inbound_file_id))
        .where(
            col(Acknowledgement.client_id) == client_id,
            or_(
                col(Acknowledgement.claim_id) == claim_id,
                col(Acknowledgement.claim_id).is_(None)
                & col(Acknowledgement.outbound_file_id).in_(files),
            ),
        )
        .order_by(col(InboundFile.received_at).desc(), col(Acknowledgement.ordinal).desc())
    )
    return [PartnerWord(*row) for row in session.execute(statement)]


def _same(table: Any, client_id: UUID, row_id: Any) -> Any:
    """Join the row of the same practice."""
    return (col(table.client_id) == client_id) & (col(table.id) == row_id)


def _picture(claim: Claim, payer: Payer, encounter: Encounter, coverage: Coverage) -> ClaimPicture:
    return ClaimPicture(
        id=claim.id,
        state=ClaimState(claim.state),
        control_number=claim.control_number,
        payer_key=payer.key,
        payer_name=payer.name,
        member_id=coverage.member_id,
        payer_rank=claim.payer_rank,
        charge_total=claim.charge_total,
        file_by=claim.file_by,
        encounter_id=encounter.id,
        patient_id=encounter.patient_id,
        service_date=encounter.service_date,
    )
