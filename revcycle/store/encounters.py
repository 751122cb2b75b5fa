"""Queries on encounters and on what was sent and coded of them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.errors import NotFoundError
from models.states.encounter import EncounterState
from models.tables import (
    Charge,
    ClinicalNote,
    Diagnosis,
    Encounter,
    IntakeRecordRow,
    Provider,
    SourceCodeRow,
)


def get_encounter(session: Session, client_id: UUID, encounter_id: UUID) -> Encounter:
    """Load and lock one encounter.

    Raises:
        NotFoundError: this practice has no such encounter.
    """
    encounter = session.exec(
        select(Encounter)
        .where(Encounter.client_id == client_id, Encounter.id == encounter_id)
        .with_for_update()
    ).one_or_none()
    if encounter is None:
        msg = f"no encounter {encounter_id}"
        raise NotFoundError(msg)
    return encounter


def see_encounter(session: Session, client_id: UUID, encounter_id: UUID) -> Encounter:
    """Load one encounter to look at; nothing is locked.

    Raises:
        NotFoundError: this practice has no such encounter.
    """
    encounter = session.exec(
        select(Encounter).where(Encounter.client_id == client_id, Encounter.id == encounter_id)
    ).one_or_none()
    if encounter is None:
        msg = f"no encounter {encounter_id}"
        raise NotFoundError(msg)
    return encounter


def list_encounters(
    session: Session, client_id: UUID, encounter_ids: Iterable[UUID]
) -> Sequence[Encounter]:
    """Load and lock these encounters; ids of nobody here are left out."""
    return session.exec(
        select(Encounter)
        .where(Encounter.client_id == client_id, col(Encounter.id).in_(list(encounter_ids)))
        .order_by(col(Encounter.id))
        .with_for_update()
    ).all()


def list_encounter_ids(session: Session, client_id: UUID, state: EncounterState) -> Sequence[UUID]:
    """List the ids of all encounters in a state, oldest first."""
    return session.exec(
        select(Encounter.id)
        .where(Encounter.client_id == client_id, Encounter.state == state)
        .order_by(col(Encounter.id))
    ).all()


def list_unverified_encounter_ids(session: Session, client_id: UUID) -> Sequence[UUID]:
    """List encounters with a patient and a date that no verdict stands on yet."""
    return session.exec(
        select(Encounter.id)
        .where(
            Encounter.client_id == client_id,
            col(Encounter.verdict).is_(None),
            col(Encounter.patient_id).is_not(None),
            col(Encounter.service_date).is_not(None),
            col(Encounter.state).in_(
                [EncounterState.REGISTERED, EncounterState.CODING, EncounterState.CODED]
            ),
        )
        .order_by(col(Encounter.id))
    ).all()


def list_encounters_of_patient(
    session: Session, client_id: UUID, patient_id: UUID, states: Iterable[EncounterState]
) -> Sequence[Encounter]:
    """Lock the visits of a patient that are in one of these states."""
    return session.exec(
        select(Encounter)
        .where(
            Encounter.client_id == client_id,
            Encounter.patient_id == patient_id,
            col(Encounter.state).in_(list(states)),
        )
        .with_for_update()
    ).all()


def count_encounters_of_patients(
    session: Session, client_id: UUID, patient_ids: Iterable[UUID]
) -> dict[UUID, int]:
    """Count the visits of these patients, whatever became of them; none is left out."""
    rows = session.exec(
        select(Encounter.patient_id, func.count())
        .where(Encounter.client_id == client_id, col(Encounter.patient_id).in_(set(patient_ids)))
        .group_by(col(Encounter.patient_id))
    ).all()
    return {patient_id: count for patient_id, count in rows if patient_id is not None}


def find_encounters_by_source_key(
    session: Session, client_id: UUID, source_keys: Iterable[str]
) -> dict[str, Encounter]:
    """Map the practice's own numbers to the encounters we have already."""
    rows = session.exec(
        select(Encounter).where(
            Encounter.client_id == client_id, col(Encounter.source_key).in_(set(source_keys))
        )
    ).all()
    return {row.source_key: row for row in rows}


def list_diagnoses(
    session: Session, client_id: UUID, encounter_ids: Iterable[UUID]
) -> Sequence[Diagnosis]:
    """List coded diagnoses in their order."""
    return session.exec(
        select(Diagnosis)
        .where(
            Diagnosis.client_id == client_id, col(Diagnosis.encounter_id).in_(set(encounter_ids))
        )
        .order_by(col(Diagnosis.encounter_id), col(Diagnosis.ordinal))
    ).all()


def list_charges(
    session: Session, client_id: UUID, encounter_ids: Iterable[UUID]
) -> Sequence[Charge]:
    """List charges in their order; those that were withdrawn are left out."""
    rows = list_charges_ever(session, client_id, encounter_ids)
    return [row for row in rows if not row.is_withdrawn]


def list_charges_ever(
    session: Session, client_id: UUID, encounter_ids: Iterable[UUID]
) -> Sequence[Charge]:
    """List charges in their order, with those that are not coded any more."""
    return session.exec(
        select(Charge)
        .where(Charge.client_id == client_id, col(Charge.encounter_id).in_(set(encounter_ids)))
        .order_by(col(Charge.encounter_id), col(Charge.ordinal))
    ).all()


def list_notes(
    session: Session, client_id: UUID, encounter_ids: Iterable[UUID]
) -> Sequence[ClinicalNote]:
    """List notes in their order."""
    return session.exec(
        select(ClinicalNote)
        .where(
            ClinicalNote.client_id == client_id,
            col(ClinicalNote.encounter_id).in_(set(encounter_ids)),
        )
        .order_by(col(ClinicalNote.encounter_id), col(ClinicalNote.ordinal))
    ).all()


def list_source_codes(
    session: Session, client_id: UUID, encounter_ids: Iterable[UUID]
) -> Sequence[SourceCodeRow]:
    """List codes as they were sent."""
    return session.exec(
        select(SourceCodeRow)
        .where(
            SourceCodeRow.client_id == client_id,
            col(SourceCodeRow.encounter_id).in_(set(encounter_ids)),
        )
        .order_by(col(SourceCodeRow.encounter_id), col(SourceCodeRow.ordinal))
    ).all()


def find_providers(session: Session, client_id: UUID, npis: Iterable[str]) -> dict[str, Provider]:
    """Map NPIs to the providers of this practice."""
    rows = session.exec(
        select(Provider).where(Provider.client_id == client_id, col(Provider.npi).in_(set(npis)))
    ).all()
    return {row.npi: row for row in rows}


def list_providers(session: Session, client_id: UUID) -> Sequence[Provider]:
    """List the providers of this practice by name."""
    return session.exec(
        select(Provider)
        .where(Provider.client_id == client_id)
        .order_by(col(Provider.last_name), col(Provider.first_name), col(Provider.npi))
    ).all()


def find_record_of_encounter(
    session: Session, client_id: UUID, encounter_id: UUID
) -> IntakeRecordRow | None:
    """Find the record that made an encounter; the first that speaks of it."""
    return session.exec(
        select(IntakeRecordRow)
        .where(IntakeRecordRow.client_id == client_id, IntakeRecordRow.encounter_id == encounter_id)
        .order_by(col(IntakeRecordRow.id))
        .limit(1)
    ).first()


def get_intake_record(session: Session, client_id: UUID, record_id: UUID) -> IntakeRecordRow:
    """Find what became of one record.

    Raises:
        NotFoundError: this practice has no such record.
    """
    record = session.exec(
        select(IntakeRecordRow).where(
            IntakeRecordRow.client_id == client_id, IntakeRecordRow.id == record_id
        )
    ).one_or_none()
    if record is None:
        msg = f"no intake record {record_id}"
        raise NotFoundError(msg)
    return record


def count_by_state(session: Session, client_id: UUID) -> dict[str, int]:
    """Count encounters by state."""
    rows = session.exec(
        select(Encounter.state, func.count())
        .where(Encounter.client_id == client_id)
        .group_by(col(Encounter.state))
    ).all()
    return {str(state): count for state, count in rows}


def count_records_by_outcome(session: Session, client_id: UUID) -> dict[str, int]:
    """Count intake records by what became of them."""
    rows = session.exec(
        select(IntakeRecordRow.outcome, func.count())
        .where(IntakeRecordRow.client_id == client_id)
        .group_by(col(IntakeRecordRow.outcome))
    ).all()
    return {str(outcome): count for outcome, count in rows}


def list_intake_records(
    session: Session, client_id: UUID, inbound_file_id: UUID
) -> Sequence[IntakeRecordRow]:
    """List what became of the records of a file, in their order."""
    return session.exec(
        select(IntakeRecordRow)
        .where(
            IntakeRecordRow.client_id == client_id,
            IntakeRecordRow.inbound_file_id == inbound_file_id,
        )
        .order_by(col(IntakeRecordRow.ordinal))
    ).all()


def find_recorded_ordinals(session: Session, client_id: UUID, inbound_file_id: UUID) -> set[int]:
    """Find which records of a file have an outcome already."""
    return set(
        session.exec(
            select(IntakeRecordRow.ordinal).where(
                IntakeRecordRow.client_id == client_id,
                IntakeRecordRow.inbound_file_id == inbound_file_id,
            )
        ).all()
    )


def list_codes_in_use(session: Session, client_id: UUID) -> set[str]:
    """List the procedure codes of every charge of this practice."""
    return set(
        session.exec(
            select(Charge.procedure_code).where(Charge.client_id == client_id).distinct()
        ).all()
    )
