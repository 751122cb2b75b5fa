"""Queries on the coverage that denials were about, and what payers said of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.states.denial import DenialState
from models.states.eligibility import EligibilityState, EligibilityVerdict
from models.tables import (
    Claim,
    Coverage,
    Denial,
    EligibilityCheck,
    Encounter,
    Payer,
    StateChange,
)


@dataclass(frozen=True, slots=True)
class CoverageCheck:
    """What a payer said of a coverage on the day of a visit.

    Attributes:
        check_id: None where nobody asked yet; the other answers are empty then.
    """

    coverage_id: UUID
    payer_key: str
    payer_name: str
    rank: int
    check_id: UUID | None
    state: EligibilityState | None
    verdict: EligibilityVerdict | None
    reason: str
    other_payer: str
    answered_at: datetime | None


def list_coverage_checks(
    session: Session, client_id: UUID, encounter_id: UUID
) -> list[CoverageCheck]:
    """List every coverage of the patient of a visit with the answer for its day."""
    columns = (
        Coverage.id,
        Payer.key,
        Payer.name,
        Coverage.rank,
        EligibilityCheck.id,
        EligibilityCheck.state,
        EligibilityCheck.verdict,
        EligibilityCheck.reason,
        EligibilityCheck.other_payer,
        EligibilityCheck.answered_at,
    )
    rows = session.execute(
        select_columns(*(_column(one) for one in columns))
        .join(Payer, (col(Payer.client_id) == client_id) & (col(Payer.id) == Coverage.payer_id))
        .join(
            Encounter,
            (col(Encounter.client_id) == client_id)
            & (col(Encounter.patient_id) == Coverage.patient_id),
        )
        .outerjoin(
            EligibilityCheck,
            (col(EligibilityCheck.client_id) == client_id)
            & (col(EligibilityCheck.coverage_id) == Coverage.id)
            & (col(EligibilityCheck.service_date) == Encounter.service_date),
        )
        .where(col(Coverage.client_id) == client_id, col(Encounter.id) == encounter_id)
        .order_by(col(Coverage.rank), col(Coverage.id))
    ).all()
    return [_check(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class UnverifiedDenial:
    """An open coverage denial whose coverage nobody asked about since it came.

    Attributes:
        check_id: The answer from before; None where the payer was never asked for the day.
    """

    denial_id: UUID
    coverage_id: UUID
    service_date: date
    check_id: UUID | None


def list_unverified_denials(
    session: Session, client_id: UUID, reasons: Collection[str], payer_keys: Collection[str]
) -> list[UnverifiedDenial]:
    """List open denials with these reasons of payers that answer a 270, oldest first."""
    is_old = (col(EligibilityCheck.state) == EligibilityState.ANSWERED) & (
        col(EligibilityCheck.answered_at) < StateChange.at
    )
    rows = session.execute(
        select_columns(
            _column(Denial.id),
            _column(Claim.coverage_id),
            _column(Encounter.service_date),
            _column(EligibilityCheck.id),
        )
        .join(
            StateChange,
            (col(StateChange.client_id) == client_id)
            & (col(StateChange.noun) == "denial")
            & (col(StateChange.subject_id) == Denial.id)
            & (col(StateChange.event) == "create"),
        )
        .join(Claim, (col(Claim.client_id) == client_id) & (col(Claim.id) == Denial.claim_id))
        .join(Payer, (col(Payer.client_id) == client_id) & (col(Payer.id) == Claim.payer_id))
        .join(
            Encounter,
            (col(Encounter.client_id) == client_id) & (col(Encounter.id) == Claim.encounter_id),
        )
        .outerjoin(
            EligibilityCheck,
            (col(EligibilityCheck.client_id) == client_id)
            & (col(EligibilityCheck.coverage_id) == Claim.coverage_id)
            & (col(EligibilityCheck.service_date) == Encounter.service_date),
        )
        .where(
            col(Denial.client_id) == client_id,
            col(Denial.state) == DenialState.OPEN,
            col(Denial.reason).in_(reasons),
            col(Payer.key).in_(payer_keys),
            col(Encounter.service_date).is_not(None),
            is_old | col(EligibilityCheck.id).is_(None),
        )
        .order_by(col(Denial.id))
    ).all()
    return [UnverifiedDenial(*row) for row in rows]


def _column(attribute: Any) -> Any:
    return col(attribute)


def _check(*columns: Any) -> CoverageCheck:
    coverage_id, key, name, rank, check_id, state, verdict, reason, other, answered_at = columns
    return CoverageCheck(
        coverage_id,
        key,
        name,
        rank,
        check_id,
        EligibilityState(state) if state else None,
        EligibilityVerdict(verdict) if verdict else None,
        reason or "",
        other or "",
        answered_at,
    )
