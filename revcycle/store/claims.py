"""Queries on claims, their versions, lines and findings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.claim import ClaimForm
from models.documents.finding import Finding
from models.errors import NotFoundError
from models.states.claim import ClaimState
from models.tables import (
    Claim,
    ClaimFinding,
    ClaimLine,
    ClaimVersion,
    Encounter,
    Payer,
    Provider,
)

MESSAGE_LENGTH_MAX = 400


def get_claim(session: Session, client_id: UUID, claim_id: UUID) -> Claim:
    """Load and lock one claim.

    Raises:
        NotFoundError: this practice has no such claim.
    """
    claim = session.exec(
        select(Claim).where(Claim.client_id == client_id, Claim.id == claim_id).with_for_update()
    ).one_or_none()
    if claim is None:
        msg = f"no claim {claim_id}"
        raise NotFoundError(msg)
    return claim


def find_claim_id(session: Session, client_id: UUID, number: str) -> UUID | None:
    """Find a claim by its own number, or by that of one of its versions."""
    claim_id = session.exec(
        select(Claim.id).where(Claim.client_id == client_id, Claim.control_number == number)
    ).one_or_none()
    if claim_id is not None:
        return claim_id
    version = find_versions(session, client_id, [number]).get(number)
    return version.claim_id if version else None


def find_claim_of_recoding(session: Session, client_id: UUID, encounter_id: UUID) -> UUID | None:
    """Find the claim that waits for the new codes of a visit; nothing is locked."""
    return session.exec(
        select(Claim.id).where(
            Claim.client_id == client_id,
            Claim.encounter_id == encounter_id,
            Claim.state == ClaimState.RECODING,
        )
    ).first()


def list_claims(
    session: Session,
    client_id: UUID,
    claim_ids: Iterable[UUID],
    *,
    state: ClaimState | None = None,
) -> Sequence[Claim]:
    """Lock these claims, only those in ``state`` where one is given, oldest first."""
    statement = select(Claim).where(Claim.client_id == client_id, col(Claim.id).in_(set(claim_ids)))
    if state is not None:
        statement = statement.where(Claim.state == state)
    return session.exec(statement.order_by(col(Claim.id)).with_for_update()).all()


def list_claim_ids(
    session: Session, client_id: UUID, state: ClaimState, limit: int | None = None
) -> Sequence[UUID]:
    """List the ids of claims in a state, oldest first."""
    return session.exec(
        select(Claim.id)
        .where(Claim.client_id == client_id, Claim.state == state)
        .order_by(col(Claim.id))
        .limit(limit)
    ).all()


def list_claims_of_encounters(
    session: Session, client_id: UUID, encounter_ids: Iterable[UUID]
) -> Sequence[Claim]:
    """Lock all claims of these encounters, primary payers first."""
    return session.exec(
        select(Claim)
        .where(Claim.client_id == client_id, col(Claim.encounter_id).in_(set(encounter_ids)))
        .order_by(col(Claim.payer_rank), col(Claim.id))
        .with_for_update()
    ).all()


def list_claims_ready_for(
    session: Session, client_id: UUID, *, connection_id: UUID, form: ClaimForm, limit: int
) -> Sequence[Claim]:
    """Lock claims that may leave over one connection on one form.

    Claims of one payer stand together, then those of one policy.
    """
    return session.exec(
        select(Claim)
        .join(
            Payer,
            (col(Payer.client_id) == Claim.client_id) & (col(Payer.id) == Claim.payer_id),
        )
        .where(
            Claim.client_id == client_id,
            Claim.state == ClaimState.READY,
            Claim.form == form,
            Payer.connection_id == connection_id,
        )
        .order_by(col(Claim.payer_id), col(Claim.coverage_id), col(Claim.id))
        .limit(limit)
        .with_for_update(of=Claim)
    ).all()


def count_by_state(session: Session, client_id: UUID) -> dict[ClaimState, int]:
    """Count claims by state."""
    rows = session.exec(
        select(Claim.state, func.count())
        .where(Claim.client_id == client_id)
        .group_by(col(Claim.state))
    ).all()
    return {ClaimState(state): count for state, count in rows}


def list_lines(session: Session, client_id: UUID, claim_ids: Iterable[UUID]) -> Sequence[ClaimLine]:
    """List the lines of claims in their order."""
    return session.exec(
        select(ClaimLine)
        .where(ClaimLine.client_id == client_id, col(ClaimLine.claim_id).in_(set(claim_ids)))
        .order_by(col(ClaimLine.claim_id), col(ClaimLine.number))
    ).all()


def latest_versions(
    session: Session, client_id: UUID, claim_ids: Iterable[UUID]
) -> dict[UUID, int]:
    """Map claims that were ever sent to the number of their latest version."""
    rows = session.exec(
        select(ClaimVersion.claim_id, func.max(ClaimVersion.number))
        .where(ClaimVersion.client_id == client_id, col(ClaimVersion.claim_id).in_(set(claim_ids)))
        .group_by(col(ClaimVersion.claim_id))
    ).all()
    return dict(rows)


def find_versions(
    session: Session, client_id: UUID, control_numbers: Iterable[str]
) -> dict[str, ClaimVersion]:
    """Map CLM01 as sent to the versions they name."""
    rows = session.exec(
        select(ClaimVersion).where(
            ClaimVersion.client_id == client_id,
            col(ClaimVersion.control_number).in_(set(control_numbers)),
        )
    ).all()
    return {row.control_number: row for row in rows}


def list_versions_of_files(
    session: Session, client_id: UUID, outbound_file_ids: Iterable[UUID]
) -> Sequence[ClaimVersion]:
    """List the versions that files carry."""
    return session.exec(
        select(ClaimVersion).where(
            ClaimVersion.client_id == client_id,
            col(ClaimVersion.outbound_file_id).in_(set(outbound_file_ids)),
        )
    ).all()


def replace_findings(
    session: Session, client_id: UUID, findings: Mapping[UUID, Sequence[Finding]]
) -> None:
    """Put what the scrubber says now in the place of what it said before, claim by claim."""
    session.execute(
        delete(ClaimFinding).where(
            col(ClaimFinding.client_id) == client_id, col(ClaimFinding.claim_id).in_(findings)
        )
    )
    session.add_all(
        ClaimFinding(
            client_id=client_id,
            claim_id=claim_id,
            rule_id=finding.rule_id,
            severity=finding.severity,
            field=finding.field,
            message=finding.message[:MESSAGE_LENGTH_MAX],
        )
        for claim_id, of_claim in findings.items()
        for finding in of_claim
    )


def list_findings(
    session: Session, client_id: UUID, claim_ids: Iterable[UUID]
) -> Sequence[ClaimFinding]:
    """List what the scrubber last said of these claims."""
    return session.exec(
        select(ClaimFinding)
        .where(ClaimFinding.client_id == client_id, col(ClaimFinding.claim_id).in_(set(claim_ids)))
        .order_by(col(ClaimFinding.id))
    ).all()


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line of any claim of a patient, as duplicates are looked for."""

    patient_id: UUID
    payer_id: UUID
    claim_id: UUID
    service_date: date
    procedure_code: str
    modifiers: str
    revenue_code: str
    provider_npi: str


def list_billed_lines(
    session: Session, client_id: UUID, patient_ids: Iterable[UUID], *, since: date, until: date
) -> list[BilledLine]:
    """List lines of all claims of these patients in a period."""
    statement = (
        select_columns(
            col(Encounter.patient_id),
            col(Claim.payer_id),
            col(Claim.id),
            col(ClaimLine.service_date),
            col(ClaimLine.procedure_code),
            col(ClaimLine.modifiers),
            col(ClaimLine.revenue_code),
            func.coalesce(col(Provider.npi), ""),
        )
        .select_from(Encounter)
        .join(
            Claim,
            (col(Claim.client_id) == col(Encounter.client_id))
            & (col(Claim.encounter_id) == col(Encounter.id)),
        )
        .join(
            ClaimLine,
            (col(ClaimLine.client_id) == col(Claim.client_id))
            & (col(ClaimLine.claim_id) == col(Claim.id)),
        )
        .outerjoin(
            Provider,
            (col(Provider.client_id) == col(Encounter.client_id))
            & (col(Provider.id) == col(Encounter.rendering_provider_id)),
        )
        .where(
            col(Encounter.client_id) == client_id,
            col(Encounter.patient_id).in_(set(patient_ids)),
            col(ClaimLine.service_date).between(since, until),
        )
    )
    return [BilledLine(*row) for row in session.execute(statement).all()]


def list_version_control_numbers(session: Session, client_id: UUID) -> set[str]:
    """List the CLM01 of every version that was ever put into a file."""
    return set(
        session.exec(
            select(ClaimVersion.control_number).where(ClaimVersion.client_id == client_id)
        ).all()
    )
