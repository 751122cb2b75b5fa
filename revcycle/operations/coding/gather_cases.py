"""Gather what rules of coding judge an encounter by, for many encounters at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.claim import ClaimForm
from models.documents.coding import CodingDocument
from models.documents.coding_case import (
    ChartFacts,
    CodingCase,
    NoteFacts,
    PastService,
    PatientFacts,
)
from models.tables import Encounter
from revcycle.operations.coding.gather_authorizations import gather_authorizations
from revcycle.operations.coding.gather_diagnosis_notes import gather_diagnosis_notes
from revcycle.operations.coding.gather_minutes import gather_timed_minutes
from revcycle.operations.coding.gather_past import gather_past, gather_payers
from revcycle.operations.coding.gather_procedures import AskedCodes, gather_code_facts
from revcycle.store import codings, patients
from revcycle.store.note_facts import list_note_facts

PACKAGE: Final = timedelta(days=92)  # the longest global package of an operation


def gather_stored_cases(
    session: Session, client_id: UUID, rows: Sequence[Encounter], form: ClaimForm
) -> dict[UUID, CodingCase]:
    """Picture encounters with the codes that are stored; those without a date are left out."""
    stored = codings.list_codings(session, client_id, rows)
    return gather_cases(session, client_id, rows, stored, form)


def gather_cases(
    session: Session,
    client_id: UUID,
    rows: Collection[Encounter],
    wanted: Mapping[UUID, CodingDocument],
    form: ClaimForm,
) -> dict[UUID, CodingCase]:
    """Picture encounters with these codes, by the encounter's id; those without codes are left out.

    Args:
        session: The database.
        client_id: The practice.
        rows: Its encounters.
        wanted: The codes to be judged; they need not be stored.
        form: What the practice bills on; hospitals have edits of their own.
    """
    kept = [row for row in rows if row.id in wanted]
    coded = {row.id: wanted[row.id] for row in kept}
    people = _patients(session, client_id, kept)
    charts = list_note_facts(session, client_id, [row.id for row in kept])
    notes = gather_diagnosis_notes(session, coded)
    past = gather_past(session, client_id, kept, wanted)
    payers = gather_payers(session, client_id, kept, wanted)
    minutes = gather_timed_minutes(session, client_id, coded)
    authorized = gather_authorizations(session, client_id, kept, wanted)
    asked = {row.id: _asked(wanted[row.id], past[row.id], payers[row.id]) for row in kept}
    facts = gather_code_facts(session, asked, form)
    return {
        row.id: CodingCase(
            wanted[row.id],
            patient=people.get(row.patient_id, PatientFacts())
            if row.patient_id
            else PatientFacts(),
            chart=replace(
                _chart(row, charts[row.id], payers[row.id]),
                timed_minutes=minutes[row.id],
                authorizations=authorized.get(row.id, ()),
            ),
            past=past[row.id],
            facts=replace(facts[row.id], notes=notes[row.id]),
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


def _asked(coding: CodingDocument, past: Collection[PastService], payer: str) -> AskedCodes:
    """Ask for the procedures of the coding, and for those before that may still matter to it."""
    near = [one for one in past if coding.service_date - one.service_date <= PACKAGE]
    return AskedCodes(
        coding.service_date,
        payer,
        frozenset(one.procedure_code for one in (*coding.services, *(one.service for one in near))),
        frozenset(modifier for one in coding.services for modifier in one.modifiers),
    )


def _chart(row: Encounter, notes: tuple[NoteFacts, ...], payer: str) -> ChartFacts:
    return ChartFacts(
        place_of_service=row.place_of_service,
        last_day=row.service_end_date,
        provider_id=row.rendering_provider_id,
        payer=payer,
        prior_authorization=row.prior_authorization,
        notes=notes,
    )
