"""Do the records of intake add up?"""

from uuid import UUID

from sqlmodel import Session

from models.documents.invariant import InvariantResult
from revcycle.store import invariants_intake


def check_intake(session: Session, client_id: UUID) -> tuple[InvariantResult, ...]:
    """Evaluate what intake promises (I-C3)."""
    files, unaccounted = invariants_intake.unaccounted_files(session, client_id)
    encounters, strangers = invariants_intake.encounters_without_record(session, client_id)
    return (
        InvariantResult(
            "I-C3",
            "a posted intake file has records, numbered without gaps, each with one outcome",
            files,
            unaccounted,
        ),
        InvariantResult(
            "I-C3b", "every encounter comes from exactly one intake record", encounters, strangers
        ),
    )
