"""Stored encounters as the documents that intake rules judge."""

from uuid import UUID

from sqlmodel import Session, col, select

from models.documents.encounter import EncounterDocument, SourceCoverage
from models.documents.party import Provider as ProviderDocument
from models.tables import Encounter, Payer, Provider
from revcycle.store import patients
from revcycle.store.people import patient_person, subscriber_of


def picture_encounter(session: Session, client_id: UUID, encounter: Encounter) -> EncounterDocument:
    """Picture what stands of an encounter now: identity, coverages, provider, date."""
    people = patients.find_patients(
        session, client_id, [encounter.patient_id] if encounter.patient_id else []
    )
    patient = people[encounter.patient_id] if encounter.patient_id else None
    if patient is None:
        msg = "an encounter has a patient from the moment it is made"
        raise AssertionError(msg)
    payers = {
        row.id: row for row in session.exec(select(Payer).where(Payer.client_id == client_id))
    }
    coverages = tuple(
        SourceCoverage(
            rank=row.rank,
            payer_name=payers[row.payer_id].name,
            payer_id=payers[row.payer_id].payer_id,
            member_id=row.member_id,
            relationship=row.relationship,
            subscriber=None if row.relationship == "18" else subscriber_of(row, patient).person,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in patients.list_coverages(session, client_id, [patient.id])
    )
    return EncounterDocument(
        source_key=encounter.source_key,
        patient=patient_person(patient),
        identifiers=(),
        service_date=encounter.service_date,
        service_end_date=encounter.service_end_date,
        coverages=coverages,
        rendering_provider=find_rendering_provider(session, client_id, encounter),
        place_of_service=encounter.place_of_service,
    )


def find_rendering_provider(
    session: Session, client_id: UUID, encounter: Encounter
) -> ProviderDocument | None:
    """Find who rendered an encounter, if the practice named anybody."""
    row = session.exec(
        select(Provider).where(
            Provider.client_id == client_id, col(Provider.id) == encounter.rendering_provider_id
        )
    ).one_or_none()
    return ProviderDocument(row.npi, row.last_name, row.first_name, row.taxonomy) if row else None
