"""Turn the records of an intake file into encounters, or say what is wrong with them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.encounter import EncounterDocument, IntakeRecord
from models.states.file import IntakeOutcome
from models.tables import Encounter
from models.values.identifiers import new_id
from revcycle.operations.intake.encounter_parts import complete_encounter, source_key_of
from revcycle.operations.intake.intake_outcomes import (
    duplicate_outcome,
    quarantine_outcome,
    registration_outcome,
)
from revcycle.operations.intake.place_coverages import place_coverages
from revcycle.operations.intake.place_patients import place_patients
from revcycle.operations.intake.place_providers import place_providers
from revcycle.operations.intake.register_encounter import Registration, register_encounter
from revcycle.rules.intake import check_encounter
from revcycle.rules.intake.match_payer import KnownPayer
from revcycle.store import encounters, work_items
from revcycle.store.work_items import NewWorkItem


@dataclass(frozen=True, slots=True)
class IntakePolicy:
    """What the practice's client file says about intake."""

    payers: tuple[KnownPayer, ...]
    place_of_service: str
    service_hours: int = 24


@dataclass(frozen=True, slots=True)
class IntakeCount:
    """What became of records; the four always add up to what was given."""

    accepted: int = 0
    needs_fix: int = 0
    duplicate: int = 0
    quarantined: int = 0

    def __add__(self, other: "IntakeCount") -> "IntakeCount":
        """Add up chunks."""
        return IntakeCount(
            self.accepted + other.accepted,
            self.needs_fix + other.needs_fix,
            self.duplicate + other.duplicate,
            self.quarantined + other.quarantined,
        )


def record_encounters(
    session: Session,
    act: Act,
    inbound_file_id: UUID,
    records: Sequence[IntakeRecord],
    *,
    policy: IntakePolicy,
) -> IntakeCount:
    """Give each record of a chunk exactly one outcome.

    ``accepted`` makes a registered encounter; ``needs_fix`` makes one that waits for a person with
    the reason and the field; ``duplicate`` is linked to the encounter it repeats, which takes from
    it what it lacked; ``quarantined`` could not be read. Records that already have an outcome are
    left out, so repeating it changes nothing.
    """
    done = encounters.find_recorded_ordinals(session, act.client_id, inbound_file_id)
    records = [record for record in records if record.ordinal not in done]
    known = _known_encounters(session, act.client_id, records)
    registrations = _register_new(session, act, inbound_file_id, records, known, policy)
    outcomes: Counter[IntakeOutcome] = Counter()
    items: list[NewWorkItem] = []
    for record in records:
        document = record.encounter
        if document is None:
            row, item = quarantine_outcome(act, inbound_file_id, record, policy.service_hours)
        elif record.ordinal in registrations:
            row, item = registration_outcome(
                act, inbound_file_id, record, registrations[record.ordinal], policy.service_hours
            )
        else:
            original = known[source_key_of(document)]
            is_completed = complete_encounter(session, act.client_id, original, document)
            row, item = duplicate_outcome(
                act, inbound_file_id, record, original, is_completed=is_completed
            )
        session.add(row)
        outcomes[IntakeOutcome(row.outcome)] += 1
        items.extend(item)
    work_items.open_work_items(session, act.client_id, act, items)
    return IntakeCount(**{outcome.value: outcomes[outcome] for outcome in IntakeOutcome})


def _known_encounters(
    session: Session, client_id: UUID, records: Sequence[IntakeRecord]
) -> dict[str, Encounter]:
    keys = {source_key_of(one.encounter) for one in records if one.encounter is not None}
    return encounters.find_encounters_by_source_key(session, client_id, keys)


def _register_new(
    session: Session,
    act: Act,
    inbound_file_id: UUID,
    records: Sequence[IntakeRecord],
    known: dict[str, Encounter],
    policy: IntakePolicy,
) -> dict[int, Registration]:
    """Make encounters of records nobody sent before; ``known`` learns of them."""
    first: dict[str, tuple[IntakeRecord, EncounterDocument]] = {}
    for record in records:
        if record.encounter is not None and source_key_of(record.encounter) not in known:
            first.setdefault(source_key_of(record.encounter), (record, record.encounter))
    documents = [document for _, document in first.values()]
    placed = place_patients(session, act, documents)
    providers = place_providers(session, act, documents)
    pairs = [(document, one.patient_id) for document, one in zip(documents, placed, strict=True)]
    place_coverages(session, act, pairs, payers=policy.payers)
    registrations = {}
    for (key, (record, document)), patient in zip(first.items(), placed, strict=True):
        findings = (
            *record.findings,
            *check_encounter(document, today=act.today, payers=policy.payers),
        )
        npi = document.rendering_provider.npi if document.rendering_provider else ""
        registration = Registration(
            encounter_id=new_id(),
            source_key=key,
            inbound_file_id=inbound_file_id,
            patient=patient,
            provider_id=providers.get(npi),
            place_of_service=document.place_of_service or policy.place_of_service,
            findings=findings,
        )
        known[key] = register_encounter(session, act, document, registration)
        registrations[record.ordinal] = registration
    return registrations
