"""Make one encounter of one intake record."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.encounter import EncounterDocument
from models.documents.finding import Finding, Severity
from models.states.encounter import EncounterState
from models.tables import Encounter
from revcycle.operations.intake.encounter_parts import code_rows, note_rows
from revcycle.operations.intake.place_patients import PlacedPatient
from revcycle.store.state_changes import record_creation


@dataclass(frozen=True, slots=True)
class Registration:
    """What was decided about a record before its encounter is made."""

    encounter_id: UUID
    source_key: str
    inbound_file_id: UUID
    patient: PlacedPatient
    provider_id: UUID | None
    place_of_service: str
    findings: tuple[Finding, ...]

    @property
    def problem(self) -> Finding | None:
        """The first finding that a person must deal with; None if the encounter is fine."""
        return next((one for one in self.findings if one.severity is Severity.ERROR), None)

    @property
    def is_fine(self) -> bool:
        """Tell whether the encounter may go on without a person."""
        return self.problem is None and self.patient.doubtful_id is None


def register_encounter(
    session: Session, act: Act, document: EncounterDocument, registration: Registration
) -> Encounter:
    """Add the encounter with its notes and codes, registered or waiting for a fix."""
    encounter = Encounter(
        client_id=act.client_id,
        id=registration.encounter_id,
        source_key=registration.source_key,
        inbound_file_id=registration.inbound_file_id,
        patient_id=registration.patient.patient_id,
        rendering_provider_id=registration.provider_id,
        service_date=document.service_date,
        service_end_date=document.service_end_date,
        place_of_service=registration.place_of_service,
        prior_authorization=document.prior_authorization,
        state=EncounterState.REGISTERED if registration.is_fine else EncounterState.NEEDS_FIX,
    )
    record_creation(session, act.client_id, act, encounter)
    session.add_all(note_rows(act.client_id, encounter.id, document))
    session.add_all(code_rows(act.client_id, encounter.id, document))
    return encounter
