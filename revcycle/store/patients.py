"""Queries on patients, their identifiers and coverages."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, or_, select

from models.tables import Coverage, Patient, PatientIdentifier
from revcycle.store.joined_patients import stands_alone


def find_patients_by_identifiers(
    session: Session, client_id: UUID, identifiers: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], UUID]:
    """Map each known ``(system, value)`` to its patient."""
    wanted = set(identifiers)
    rows = session.exec(
        select(PatientIdentifier).where(
            PatientIdentifier.client_id == client_id,
            col(PatientIdentifier.value).in_({value for _, value in wanted}),
        )
    ).all()
    known = {(row.system, row.value): row.patient_id for row in rows}
    return {key: patient_id for key, patient_id in known.items() if key in wanted}


def list_patients_like(
    session: Session,
    client_id: UUID,
    *,
    patient_ids: Iterable[UUID],
    birth_dates: Iterable[date],
    last_names: Iterable[str],
) -> Sequence[Patient]:
    """List patients who share an id, a birth date or a last name: candidates for a match.

    An account that was joined with another is nobody to match with.
    """
    return session.exec(
        select(Patient).where(
            Patient.client_id == client_id,
            stands_alone(Patient),
            or_(
                col(Patient.id).in_(set(patient_ids)),
                col(Patient.birth_date).in_(set(birth_dates)),
                col(Patient.last_name).in_(set(last_names)),
            ),
        )
    ).all()


def list_identifiers(
    session: Session, client_id: UUID, patient_ids: Iterable[UUID]
) -> Sequence[PatientIdentifier]:
    """List the identifiers of these patients."""
    return session.exec(
        select(PatientIdentifier).where(
            PatientIdentifier.client_id == client_id,
            col(PatientIdentifier.patient_id).in_(set(patient_ids)),
        )
    ).all()


def list_coverages(
    session: Session, client_id: UUID, patient_ids: Iterable[UUID]
) -> Sequence[Coverage]:
    """List the coverages of these patients, primary first."""
    return session.exec(
        select(Coverage)
        .where(Coverage.client_id == client_id, col(Coverage.patient_id).in_(set(patient_ids)))
        .order_by(col(Coverage.rank), col(Coverage.id))
    ).all()


def get_patient(session: Session, client_id: UUID, patient_id: UUID) -> Patient | None:
    """Find one patient of this practice."""
    return session.exec(
        select(Patient).where(Patient.client_id == client_id, Patient.id == patient_id)
    ).one_or_none()


def find_patient_by_account(
    session: Session, client_id: UUID, account_number: str
) -> Patient | None:
    """Find a patient by the number that statements show."""
    return session.exec(
        select(Patient)
        .where(Patient.client_id == client_id, Patient.account_number == account_number)
        .limit(1)
    ).first()


def find_patients(
    session: Session, client_id: UUID, patient_ids: Iterable[UUID]
) -> dict[UUID, Patient]:
    """Map these ids to the patients of this practice."""
    rows = session.exec(
        select(Patient).where(Patient.client_id == client_id, col(Patient.id).in_(set(patient_ids)))
    ).all()
    return {row.id: row for row in rows}


def hold_patients(session: Session, client_id: UUID, patient_ids: Iterable[UUID]) -> None:
    """Keep these patients from being joined with others until the transaction ends."""
    session.exec(
        select(Patient.id)
        .where(Patient.client_id == client_id, col(Patient.id).in_(set(patient_ids)))
        .order_by(col(Patient.id))
        .with_for_update(read=True)
    ).all()
