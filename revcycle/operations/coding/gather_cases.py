"""Gather what rules of coding judge an encounter by, for many encounters at once."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.coding import CodingDocument
from models.documents.coding_case import (
    ChartFacts,
    CodeFacts,
    CodingCase,
    NoteFacts,
    PatientFacts,
)
from models.tables import Encounter
from revcycle.operations.coding.gather_diagnosis_notes import gather_diagnosis_notes
from revcycle.store import codings, patients
from revcycle.store.note_facts import list_note_facts


def gather_stored_cases(
    session: Session, client_id: UUID, rows: Sequence[Encounter]
) -> dict[UUID, CodingCase]:
    """Picture encounters with the codes that are stored; those without a date are left out."""
    return gather_cases(session, client_id, rows, codings.list_codings(session, client_id, rows))


def gather_cases(
    session: Session,
    client_id: UUID,
    rows: Collection[Encounter],
    wanted: Mapping[UUID, CodingDocument],
) -> dict[UUID, CodingCase]:
    """Picture encounters with these codes, by the encounter's id; those without codes are left out.

    Args:
        session: The database.
        client_id: The practice.
        rows: Its encounters.
        wanted: The codes to be judged; they need not be stored.
    """
    kept = [row for row in rows if row.id in wanted]
    people = _patients(session, client_id, kept)
    charts = list_note_facts(session, client_id, [row.id for row in kept])
    notes = gather_diagnosis_notes(session, {row.id: wanted[row.id] for row in kept})
    return {
        row.id: CodingCase(
            wanted[row.id],
            patient=people.get(row.patient_id, PatientFacts())
            if row.patient_id
            else PatientFacts(),
            chart=_chart(row, charts[row.id]),
            facts=CodeFacts(notes=notes[row.id]),
        )
        for row in kept
    }


def _patients(
    session: Session, client_id: UUID, rows: Collection[Encounter]
) -> dict[UUID, PatientFacts]:
    ids = {row.patient_id for row in rows if row.patient_id is not None}
    return {
        patient_id: PatientFacts(one.birth_date, one.sex)
        for patient_id, one in patients.find_patients(session, client_id, ids).items()
    }


def _chart(row: Encounter, notes: tuple[NoteFacts, ...]) -> ChartFacts:
    return ChartFacts(
        place_of_service=row.place_of_service,
        provider_id=row.rendering_provider_id,
        prior_authorization=row.prior_authorization,
        notes=notes,
    )
