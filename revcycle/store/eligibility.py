"""Queries on eligibility checks."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from models.errors import NotFoundError
from models.states.eligibility import EligibilityState
from models.tables import Coverage, EligibilityCheck, Encounter


def find_checks(
    session: Session, client_id: UUID, coverage_ids: Iterable[UUID]
) -> Sequence[EligibilityCheck]:
    """List all checks of these coverages."""
    return session.exec(
        select(EligibilityCheck).where(
            EligibilityCheck.client_id == client_id,
            col(EligibilityCheck.coverage_id).in_(set(coverage_ids)),
        )
    ).all()


def get_check(session: Session, client_id: UUID, check_id: UUID) -> EligibilityCheck:
    """Load and lock one check.

    Raises:
        NotFoundError: this practice has no such check.
    """
    check = session.exec(
        select(EligibilityCheck)
        .where(EligibilityCheck.client_id == client_id, EligibilityCheck.id == check_id)
        .with_for_update()
    ).one_or_none()
    if check is None:
        msg = f"no eligibility check {check_id}"
        raise NotFoundError(msg)
    return check


def list_encounters_of_check(
    session: Session, client_id: UUID, check: EligibilityCheck
) -> Sequence[Encounter]:
    """Lock the encounters of the patient and the day that a check is about."""
    return session.exec(
        select(Encounter)
        .join(
            Coverage,
            (col(Coverage.client_id) == Encounter.client_id)
            & (col(Coverage.patient_id) == Encounter.patient_id),
        )
        .where(
            Encounter.client_id == client_id,
            Encounter.service_date == check.service_date,
            Coverage.id == check.coverage_id,
        )
        .with_for_update()
    ).all()


def list_open_checks(
    session: Session, client_id: UUID, *, limit: int
) -> Sequence[tuple[EligibilityCheck, Coverage]]:
    """Lock checks that are to be asked, with their coverages, oldest first."""
    return session.exec(
        select(EligibilityCheck, Coverage)
        .join(
            Coverage,
            (col(Coverage.client_id) == EligibilityCheck.client_id)
            & (col(Coverage.id) == EligibilityCheck.coverage_id),
        )
        .where(
            EligibilityCheck.client_id == client_id,
            EligibilityCheck.state == EligibilityState.OPEN,
        )
        .order_by(col(EligibilityCheck.id))
        .limit(limit)
        .with_for_update()
    ).all()


def find_checks_by_trace(
    session: Session, client_id: UUID, trace_numbers: Iterable[str]
) -> dict[str, EligibilityCheck]:
    """Map the trace numbers of an answer to the questions."""
    rows = session.exec(
        select(EligibilityCheck)
        .where(
            EligibilityCheck.client_id == client_id,
            col(EligibilityCheck.trace_number).in_(set(trace_numbers)),
        )
        .with_for_update()
    ).all()
    return {row.trace_number: row for row in rows}


def list_asked_checks(
    session: Session, client_id: UUID, outbound_file_id: UUID
) -> Sequence[EligibilityCheck]:
    """Lock the checks that a 270 file carried and nobody answered yet."""
    return session.exec(
        select(EligibilityCheck)
        .where(
            EligibilityCheck.client_id == client_id,
            EligibilityCheck.outbound_file_id == outbound_file_id,
            EligibilityCheck.state == EligibilityState.ASKED,
        )
        .with_for_update()
    ).all()


def list_encounters_waiting_for(
    session: Session, client_id: UUID, coverages: Iterable[Coverage]
) -> Sequence[Encounter]:
    """Lock encounters without a verdict whose patients hold these coverages."""
    return session.exec(
        select(Encounter)
        .where(
            Encounter.client_id == client_id,
            col(Encounter.verdict).is_(None),
            col(Encounter.patient_id).in_({coverage.patient_id for coverage in coverages}),
        )
        .with_for_update()
    ).all()


def list_coverages_by_id(
    session: Session, client_id: UUID, coverage_ids: Iterable[UUID]
) -> Sequence[Coverage]:
    """Load these coverages."""
    return session.exec(
        select(Coverage).where(
            Coverage.client_id == client_id, col(Coverage.id).in_(set(coverage_ids))
        )
    ).all()
