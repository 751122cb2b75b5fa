"""Queries on what clocks run for: claims to file, denials, records, credits, forwarded claims."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, exists, func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.documents.claim import ClaimForm, FrequencyCode
from models.states.appeal import AppealState
from models.states.claim import ClaimState
from models.states.denial import DenialState
from models.states.refund import CreditBalanceState
from models.tables import (
    Acknowledgement,
    Appeal,
    Claim,
    ClaimVersion,
    CreditBalance,
    Denial,
    Encounter,
    OutboundFile,
    Payer,
    RecordsRequest,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaimRow,
    RemittanceLineRow,
)
from models.values.money import Money
from revcycle.store.silent_claims import AT_PAYER

UNPROVEN: Final = (
    ClaimState.DRAFT,
    ClaimState.HELD,
    ClaimState.RECODING,
    ClaimState.READY,
    ClaimState.REJECTED,
    ClaimState.SUBMITTED,
    ClaimState.RECEIVED,
)
FORWARDED: Final = ("19", "20", "21")  # CLP02


@dataclass(frozen=True, slots=True)
class ClaimSubject:
    """A claim, as clocks name it."""

    claim_id: UUID
    patient_id: UUID | None
    payer_key: str
    payer_name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ClaimToFile:
    """A claim that no receipt proves to be at its payer."""

    subject: ClaimSubject
    state: ClaimState
    form: ClaimForm
    frequency_code: FrequencyCode
    service_date: date | None
    file_by: date


@dataclass(frozen=True, slots=True)
class DenialToAnswer:
    """An open denial, and how far it was appealed.

    Attributes:
        lost: Levels that the payer decided against us.
        answered_on: The day of the last such answer; None where it was not noted, or none came.
        send_by: Of an appeal that is written and not sent.
    """

    denial_id: UUID
    subject: ClaimSubject
    decided_on: date
    lost: int
    answered_on: date | None
    send_by: date | None


@dataclass(frozen=True, slots=True)
class DatedSubject:
    """Something with its own first and last day, or with its first day only."""

    subject_kind: str
    subject_id: UUID
    claim: ClaimSubject | None
    patient_id: UUID | None
    amount: Money
    started_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class SentClaimSubject:
    """A claim at its payer, and when its latest version left."""

    subject: ClaimSubject
    sent_at: datetime


def list_claims_to_file(session: Session, client_id: UUID) -> list[ClaimToFile]:
    """List claims that no payer has accepted or decided."""
    statement = _claims(
        client_id, col(Claim.state), col(Claim.form), col(Claim.frequency_code),
        col(Encounter.service_date), col(Claim.file_by),
    ).where(col(Claim.state).in_(UNPROVEN))  # fmt: skip
    return [
        ClaimToFile(
            ClaimSubject(*row[:5]),
            ClaimState(row[5]),
            ClaimForm(row[6]),
            FrequencyCode(row[7]),
            row[8],
            row[9],
        )
        for row in session.execute(statement)
    ]


def claims_with_file_receipt(session: Session, client_id: UUID) -> frozenset[UUID]:
    """List received claims whose file a 999 passed and of which a 277CA spoke well."""
    of_file: Any = aliased(Acknowledgement)
    of_claim: Any = aliased(Acknowledgement)
    statement = (
        select_columns(col(Claim.id))
        .distinct()
        .join(
            ClaimVersion,
            (col(ClaimVersion.client_id) == client_id)
            & (col(ClaimVersion.claim_id) == col(Claim.id)),
        )
        .join(
            of_file,
            (of_file.client_id == client_id)
            & (of_file.outbound_file_id == col(ClaimVersion.outbound_file_id)),
        )
        .join(of_claim, (of_claim.client_id == client_id) & (of_claim.claim_id == col(Claim.id)))
        .where(
            col(Claim.client_id) == client_id,
            col(Claim.state) == ClaimState.RECEIVED,
            of_file.kind == "999",
            of_file.is_accepted.is_(True),
            of_claim.kind == "277CA",
            of_claim.is_accepted.is_(True),
        )
    )
    return frozenset(session.execute(statement).scalars())


def list_sent_subjects(session: Session, client_id: UUID) -> list[SentClaimSubject]:
    """List claims at their payers with the day on which the latest version left."""
    latest = (
        select_columns(func.max(OutboundFile.sent_at))
        .join(
            ClaimVersion,
            (col(ClaimVersion.client_id) == client_id)
            & (col(ClaimVersion.outbound_file_id) == col(OutboundFile.id)),
        )
        .where(
            col(OutboundFile.client_id) == client_id, col(ClaimVersion.claim_id) == col(Claim.id)
        )
        .correlate(Claim)
        .scalar_subquery()
    )
    statement = _claims(client_id, latest).where(col(Claim.state).in_(AT_PAYER))
    return [
        SentClaimSubject(ClaimSubject(*row[:5]), row[5])
        for row in session.execute(statement)
        if row[5] is not None
    ]


def list_denials_to_answer(session: Session, client_id: UUID) -> list[DenialToAnswer]:
    """List open denials with the day of the decision and what became of their appeals."""
    lost = _lost_appeals(client_id)
    prepared: Any = aliased(Appeal)
    statement = (
        _denied(client_id)
        .add_columns(lost.c.count, lost.c.answered_on, prepared.send_by)
        .outerjoin(lost, lost.c.denial_id == col(Denial.id))
        .outerjoin(
            prepared,
            (prepared.client_id == client_id)
            & (prepared.denial_id == col(Denial.id))
            & (prepared.state == AppealState.PREPARED),
        )
    )
    return [_denial(row) for row in session.execute(statement)]


def _denied(client_id: UUID) -> Select[*tuple[Any, ...]]:
    """Choose open denials with the remittance that denies."""
    return (
        _claims(client_id, col(Denial.id), col(Denial.amount), col(Remittance.payment_date))
        .join(
            Denial,
            (col(Denial.client_id) == client_id) & (col(Denial.claim_id) == col(Claim.id)),
        )
        .join(
            RemittanceAdjustment,
            _same(RemittanceAdjustment, client_id, Denial.remittance_adjustment_id),
        )
        .join(
            RemittanceLineRow,
            _same(RemittanceLineRow, client_id, RemittanceAdjustment.remittance_line_id),
        )
        .join(
            RemittanceClaimRow,
            _same(RemittanceClaimRow, client_id, RemittanceLineRow.remittance_claim_id),
        )
        .join(Remittance, _same(Remittance, client_id, RemittanceClaimRow.remittance_id))
        .where(col(Denial.state) == DenialState.OPEN)
    )


def _lost_appeals(client_id: UUID) -> Any:
    return (
        select_columns(
            col(Appeal.denial_id),
            func.count().label("count"),
            func.max(Appeal.decided_on).label("answered_on"),
        )
        .where(col(Appeal.client_id) == client_id, col(Appeal.state) == AppealState.LOST)
        .group_by(col(Appeal.denial_id))
        .subquery()
    )


def _denial(row: Any) -> DenialToAnswer:
    claim_id, patient_id, key, name, _, denial_id, amount, decided_on, lost, answered, send_by = row
    subject = ClaimSubject(claim_id, patient_id, key, name, amount)
    return DenialToAnswer(denial_id, subject, decided_on, lost or 0, answered, send_by)


def list_records_to_send(session: Session, client_id: UUID) -> list[DatedSubject]:
    """List requests of payers for records that nobody has answered."""
    statement = (
        _claims(
            client_id, col(RecordsRequest.asked_on), col(RecordsRequest.send_by), col(Denial.id)
        )
        .join(
            Denial,
            (col(Denial.client_id) == client_id) & (col(Denial.claim_id) == col(Claim.id)),
        )
        .join(
            RecordsRequest,
            (col(RecordsRequest.client_id) == client_id)
            & (col(RecordsRequest.denial_id) == col(Denial.id)),
        )
        .where(col(RecordsRequest.sent_on).is_(None))
        .order_by(col(RecordsRequest.send_by).desc())  # of several, the first to end stays
    )
    return [
        DatedSubject("denial", row[7], ClaimSubject(*row[:5]), row[1], row[4], row[5], row[6])
        for row in session.execute(statement)
    ]


def list_standing_credits(session: Session, client_id: UUID) -> list[DatedSubject]:
    """List money of others that stands with us, with the day on which it was identified."""
    statement = select_columns(CreditBalance).where(
        col(CreditBalance.client_id) == client_id,
        col(CreditBalance.state) == CreditBalanceState.OPEN,
    )
    return [
        DatedSubject(
            "credit_balance",
            row.id,
            None,
            row.patient_id,
            row.amount,
            row.identified_on,
            row.return_by,
        )
        for row in session.execute(statement).scalars()
    ]


def list_forwarded_claims(session: Session, client_id: UUID) -> list[DatedSubject]:
    """List claims that a payer forwarded to one that we have not billed."""
    next_claim: Any = aliased(Claim)
    is_billed = exists(
        select_columns(next_claim.id)
        .where(
            next_claim.client_id == client_id,
            next_claim.encounter_id == col(Claim.encounter_id),
            next_claim.payer_rank > col(Claim.payer_rank),
        )
        .correlate(Claim)
    )
    statement = (
        _claims(client_id, func.max(Remittance.payment_date))
        .join(
            RemittanceClaimRow,
            (col(RemittanceClaimRow.client_id) == client_id)
            & (col(RemittanceClaimRow.claim_id) == col(Claim.id)),
        )
        .join(Remittance, _same(Remittance, client_id, RemittanceClaimRow.remittance_id))
        .where(col(RemittanceClaimRow.status).in_(FORWARDED), ~is_billed)
        .group_by(
            col(Claim.id),
            col(Encounter.patient_id),
            col(Payer.key),
            col(Payer.name),
            col(Claim.charge_total),
        )
    )
    return [
        DatedSubject("claim", row[0], ClaimSubject(*row[:5]), row[1], row[4], row[5], None)
        for row in session.execute(statement)
    ]


def _claims(client_id: UUID, *more: Any) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(
            col(Claim.id),
            col(Encounter.patient_id),
            col(Payer.key),
            col(Payer.name),
            col(Claim.charge_total),
            *more,
        )
        .select_from(Claim)
        .join(Encounter, _same(Encounter, client_id, Claim.encounter_id))
        .join(Payer, _same(Payer, client_id, Claim.payer_id))
        .where(col(Claim.client_id) == client_id)
    )


def _same(table: Any, client_id: UUID, row_id: Any) -> Any:
    """Join the row of the same practice."""
    return (col(table.client_id) == client_id) & (col(table.id) == col(row_id))
