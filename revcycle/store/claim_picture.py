"""Queries that show claims: the head, the lines, what was sent, what was found, what is denied."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.claim import ClaimForm, FrequencyCode
from models.documents.records import FileRef
from models.errors import NotFoundError
from models.states.claim import ClaimState
from models.states.denial import DenialState
from models.states.file import OutboundFileState
from models.tables import (
    Claim,
    ClaimFinding,
    ClaimVersion,
    Denial,
    Encounter,
    OutboundFile,
    Patient,
    Payer,
    StateChange,
)
from models.values.money import Money
from revcycle.store import claims


@dataclass(frozen=True, slots=True, repr=False)
class ClaimHead:
    """A claim at a glance.

    Attributes:
        since: When it came into its state.
    """

    id: UUID
    encounter_id: UUID
    patient_id: UUID | None
    patient_name: str
    service_date: date | None
    control_number: str
    payer_claim_control_number: str
    payer_name: str
    payer_rank: int
    form: ClaimForm
    frequency_code: FrequencyCode
    state: ClaimState
    since: datetime | None
    charge_total: Money
    file_by: date


@dataclass(frozen=True, slots=True)
class BilledService:
    """One line of a claim as this payer is told of it."""

    id: UUID
    charge_id: UUID
    number: int
    procedure_code: str
    modifiers: tuple[str, ...]
    units: Decimal
    diagnosis_pointers: tuple[str, ...]
    service_date: date
    revenue_code: str
    charge: Money


@dataclass(frozen=True, slots=True)
class SentVersion:
    """One version of a claim in one file."""

    number: int
    control_number: str
    frequency_code: FrequencyCode
    charge_total: Money
    created_at: datetime
    file: FileRef
    file_state: OutboundFileState
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class Edit:
    """What the scrubber last said."""

    rule_id: str
    severity: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class DenialFacts:
    """One adjustment that denies a line, or a part of it."""

    id: UUID
    claim_id: UUID
    charge_id: UUID
    group: str
    reason: str
    remarks: str
    amount: Money
    category: str
    first_action: str
    due_on: date
    state: DenialState


def get_claim_head(session: Session, client_id: UUID, claim_id: UUID) -> ClaimHead:
    """Find one claim.

    Raises:
        NotFoundError: this practice has no such claim.
    """
    row = session.execute(_heads(client_id).where(col(Claim.id) == claim_id)).one_or_none()
    if row is None:
        msg = f"no claim {claim_id}"
        raise NotFoundError(msg)
    return _head(row)


def list_claim_heads(
    session: Session, client_id: UUID, encounter_ids: Collection[UUID]
) -> list[ClaimHead]:
    """List the claims of encounters, first payers first."""
    statement = (
        _heads(client_id)
        .where(col(Claim.encounter_id).in_(encounter_ids))
        .order_by(col(Claim.payer_rank), col(Claim.id))
    )
    return [_head(row) for row in session.execute(statement)]


def list_claims_of_file(
    session: Session, client_id: UUID, outbound_file_id: UUID, *, offset: int, limit: int
) -> list[tuple[str, ClaimHead]]:
    """List the claims that a file carries under the number it names them by, a page of them."""
    statement = (
        _heads(client_id)
        .add_columns(col(ClaimVersion.control_number))
        .join(
            ClaimVersion,
            (col(ClaimVersion.client_id) == client_id)
            & (col(ClaimVersion.claim_id) == col(Claim.id)),
        )
        .where(col(ClaimVersion.outbound_file_id) == outbound_file_id)
        .order_by(col(ClaimVersion.id))
        .offset(offset)
        .limit(limit)
    )
    return [(row[-1], _head(row)) for row in session.execute(statement)]


def list_services(session: Session, client_id: UUID, claim_id: UUID) -> list[BilledService]:
    """List the lines of a claim in their order."""
    return [
        BilledService(
            id=row.id,
            charge_id=row.charge_id,
            number=row.number,
            procedure_code=row.procedure_code,
            modifiers=_split(row.modifiers),
            units=row.units,
            diagnosis_pointers=_split(row.diagnosis_pointers),
            service_date=row.service_date,
            revenue_code=row.revenue_code,
            charge=row.charge,
        )
        for row in claims.list_lines(session, client_id, [claim_id])
    ]


def list_versions(session: Session, client_id: UUID, claim_id: UUID) -> list[SentVersion]:
    """List what was sent of a claim, the latest first."""
    statement = (
        select(ClaimVersion, OutboundFile.kind, OutboundFile.state, OutboundFile.sent_at)
        .join(
            OutboundFile,
            (col(OutboundFile.client_id) == client_id)
            & (col(OutboundFile.id) == col(ClaimVersion.outbound_file_id)),
        )
        .where(ClaimVersion.client_id == client_id, ClaimVersion.claim_id == claim_id)
        .order_by(col(ClaimVersion.number).desc())
    )
    return [
        SentVersion(
            number=row.number,
            control_number=row.control_number,
            frequency_code=FrequencyCode(row.frequency_code),
            charge_total=row.charge_total,
            created_at=row.created_at,
            file=FileRef(row.outbound_file_id, is_outbound=True, kind=kind),
            file_state=OutboundFileState(state),
            sent_at=sent_at,
        )
        for row, kind, state, sent_at in session.exec(statement)
    ]


def list_edits(session: Session, client_id: UUID, claim_id: UUID) -> list[Edit]:
    """List what the scrubber last said of a claim."""
    rows: Collection[ClaimFinding] = claims.list_findings(session, client_id, [claim_id])
    return [Edit(row.rule_id, row.severity, row.field, row.message) for row in rows]


def list_denial_facts(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> list[DenialFacts]:
    """List the denials of claims, the most urgent first, without keeping anybody from them."""
    rows = session.exec(
        select(Denial)
        .where(Denial.client_id == client_id, col(Denial.claim_id).in_(claim_ids))
        .order_by(col(Denial.due_on), col(Denial.id))
    )
    return [
        DenialFacts(
            id=row.id,
            claim_id=row.claim_id,
            charge_id=row.charge_id,
            group=row.group,
            reason=row.reason,
            remarks=row.remarks,
            amount=row.amount,
            category=row.category,
            first_action=row.first_action,
            due_on=row.due_on,
            state=DenialState(row.state),
        )
        for row in rows
    ]


def _heads(client_id: UUID) -> Select[*tuple[Any, ...]]:
    since = (
        select_columns(func.max(StateChange.at))
        .where(
            col(StateChange.client_id) == client_id,
            col(StateChange.noun) == "claim",
            col(StateChange.subject_id) == col(Claim.id),
        )
        .scalar_subquery()
    )
    return (
        select_columns(
            Claim,
            col(Payer.name),
            col(Encounter.patient_id),
            col(Encounter.service_date),
            col(Patient.last_name),
            col(Patient.first_name),
            since,
        )
        .join(Payer, _same(Payer, client_id, Claim.payer_id))
        .join(Encounter, _same(Encounter, client_id, Claim.encounter_id))
        .outerjoin(Patient, _same(Patient, client_id, Encounter.patient_id))
        .where(col(Claim.client_id) == client_id)
    )


def _head(row: Any) -> ClaimHead:
    claim, payer_name, patient_id, service_date, last_name, first_name, since, *_ = row
    return ClaimHead(
        id=claim.id,
        encounter_id=claim.encounter_id,
        patient_id=patient_id,
        patient_name=f"{last_name}, {first_name}" if last_name else "",
        service_date=service_date,
        control_number=claim.control_number,
        payer_claim_control_number=claim.payer_claim_control_number,
        payer_name=payer_name,
        payer_rank=claim.payer_rank,
        form=ClaimForm(claim.form),
        frequency_code=FrequencyCode(claim.frequency_code),
        state=ClaimState(claim.state),
        since=since,
        charge_total=claim.charge_total,
        file_by=claim.file_by,
    )


def _same(table: Any, client_id: UUID, column: Any) -> Any:
    return (col(table.client_id) == client_id) & (col(table.id) == col(column))


def _split(joined: str) -> tuple[str, ...]:
    return tuple(filter(None, joined.split(":")))
