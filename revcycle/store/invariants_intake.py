"""Queries that look for violations of what intake promises."""

from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.states.file import InboundFileState, IntakeOutcome
from models.tables import Encounter, InboundFile, IntakeRecordRow

Violations = tuple[int, tuple[str, ...]]
INTAKE_KINDS = ("FHIR", "HL7V2", "CSV")
MAKING_OUTCOMES = (IntakeOutcome.ACCEPTED, IntakeOutcome.NEEDS_FIX)


def unaccounted_files(session: Session, client_id: UUID) -> Violations:
    """Find posted intake files whose records are not numbered 1 to n."""
    rows = session.execute(
        select_columns(
            col(InboundFile.id),
            func.count(col(IntakeRecordRow.id)),
            func.max(IntakeRecordRow.ordinal),
        )
        .outerjoin(
            IntakeRecordRow,
            (col(IntakeRecordRow.client_id) == col(InboundFile.client_id))
            & (col(IntakeRecordRow.inbound_file_id) == col(InboundFile.id)),
        )
        .where(
            col(InboundFile.client_id) == client_id,
            col(InboundFile.kind).in_(INTAKE_KINDS),
            col(InboundFile.state) == InboundFileState.POSTED,
        )
        .group_by(col(InboundFile.id))
    ).all()
    bad = tuple(str(file_id) for file_id, count, last in rows if count == 0 or count != last)
    return len(rows), bad


def encounters_without_record(session: Session, client_id: UUID) -> Violations:
    """Find encounters that no record, or more than one, claims to have made."""
    rows = session.execute(
        select_columns(col(Encounter.id), func.count(col(IntakeRecordRow.id)))
        .outerjoin(
            IntakeRecordRow,
            (col(IntakeRecordRow.client_id) == col(Encounter.client_id))
            & (col(IntakeRecordRow.encounter_id) == col(Encounter.id))
            & col(IntakeRecordRow.outcome).in_(MAKING_OUTCOMES),
        )
        .where(col(Encounter.client_id) == client_id)
        .group_by(col(Encounter.id))
    ).all()
    return len(rows), tuple(str(encounter_id) for encounter_id, count in rows if count != 1)
