"""Queries that show encounters: who, when, where, what was sent, coded, charged and asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.documents.records import FileRef
from models.errors import NotFoundError
from models.states.eligibility import EligibilityVerdict
from models.states.encounter import EncounterState
from models.tables import Encounter, InboundFile, Patient, Provider, StateChange
from models.values.money import Money
from revcycle.store import encounters


@dataclass(frozen=True, slots=True, repr=False)
class EncounterFacts:
    """An encounter at a glance.

    Attributes:
        source_key: The practice's own number.
        since: When it came into its state.
    """

    id: UUID
    patient_id: UUID | None
    patient_name: str
    service_date: date | None
    service_end_date: date | None
    state: EncounterState
    since: datetime | None
    place_of_service: str
    provider_name: str
    provider_npi: str
    source_key: str
    prior_authorization: str
    verdict: EligibilityVerdict | None
    verdict_reason: str
    file: FileRef


@dataclass(frozen=True, slots=True, repr=False)
class NoteFacts:
    """What the provider wrote."""

    text: str
    written_on: date | None
    author: str
    is_signed: bool


@dataclass(frozen=True, slots=True, repr=False)
class SentCode:
    """A code as the practice sent it."""

    kind: str
    system: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class ChargeFacts:
    """One service before any claim; ``amount`` is None until it is priced."""

    id: UUID
    ordinal: int
    procedure_code: str
    modifiers: tuple[str, ...]
    units: Decimal
    diagnosis_pointers: tuple[str, ...]
    service_date: date
    revenue_code: str
    amount: Money | None


@dataclass(frozen=True, slots=True, repr=False)
class CodedEncounter:
    """Everything a page shows of what was documented and coded; diagnosis codes have no dot."""

    notes: tuple[NoteFacts, ...]
    sent_codes: tuple[SentCode, ...]
    diagnoses: tuple[str, ...]
    charges: tuple[ChargeFacts, ...]


def get_encounter_facts(session: Session, client_id: UUID, encounter_id: UUID) -> EncounterFacts:
    """Find one encounter.

    Raises:
        NotFoundError: this practice has no such encounter.
    """
    row = session.execute(
        _encounters(client_id).where(col(Encounter.id) == encounter_id)
    ).one_or_none()
    if row is None:
        msg = f"no encounter {encounter_id}"
        raise NotFoundError(msg)
    return _encounter(row)


def list_encounter_facts(
    session: Session, client_id: UUID, patient_id: UUID, *, offset: int, limit: int
) -> list[EncounterFacts]:
    """List the encounters of a patient, the latest service first, a page of them."""
    statement = (
        _encounters(client_id)
        .where(col(Encounter.patient_id) == patient_id)
        .order_by(col(Encounter.service_date).desc(), col(Encounter.id).desc())
        .offset(offset)
        .limit(limit)
    )
    return [_encounter(row) for row in session.execute(statement)]


def count_encounters_of_patient(session: Session, client_id: UUID, patient_id: UUID) -> int:
    """Count the encounters of a patient."""
    statement = select_columns(func.count()).where(
        col(Encounter.client_id) == client_id, col(Encounter.patient_id) == patient_id
    )
    count: int = session.execute(statement).scalar_one()
    return count


def get_coded_encounter(
    session: Session, client_id: UUID, encounter_id: UUID, *, with_notes: bool = True
) -> CodedEncounter:
    """Load notes, codes as sent, diagnoses and charges; notes only for those who may see them."""
    ids = [encounter_id]
    notes = encounters.list_notes(session, client_id, ids) if with_notes else ()
    sent = encounters.list_source_codes(session, client_id, ids)
    return CodedEncounter(
        notes=tuple(
            NoteFacts(one.text, one.written_on, one.author, one.is_signed) for one in notes
        ),
        sent_codes=tuple(SentCode(one.kind, one.system, one.code, one.text) for one in sent),
        diagnoses=tuple(one.code for one in encounters.list_diagnoses(session, client_id, ids)),
        charges=list_charge_facts(session, client_id, ids),
    )


def list_charge_facts(
    session: Session, client_id: UUID, encounter_ids: Collection[UUID]
) -> tuple[ChargeFacts, ...]:
    """List the services of encounters in their order."""
    return tuple(
        ChargeFacts(
            id=row.id,
            ordinal=row.ordinal,
            procedure_code=row.procedure_code,
            modifiers=_split(row.modifiers),
            units=row.units,
            diagnosis_pointers=_split(row.diagnosis_pointers),
            service_date=row.service_date,
            revenue_code=row.revenue_code,
            amount=row.amount,
        )
        for row in encounters.list_charges(session, client_id, encounter_ids)
    )


def _encounters(client_id: UUID) -> Select[*tuple[Any, ...]]:
    since = (
        select_columns(func.max(StateChange.at))
        .where(
            col(StateChange.client_id) == client_id,
            col(StateChange.noun) == "encounter",
            col(StateChange.subject_id) == col(Encounter.id),
        )
        .scalar_subquery()
    )
    return (
        select_columns(Encounter, Patient, Provider, col(InboundFile.kind), since)
        .join(InboundFile, _same(InboundFile, client_id, Encounter.inbound_file_id))
        .outerjoin(Patient, _same(Patient, client_id, Encounter.patient_id))
        .outerjoin(Provider, _same(Provider, client_id, Encounter.rendering_provider_id))
        .where(col(Encounter.client_id) == client_id)
    )


def _encounter(row: Any) -> EncounterFacts:
    encounter, patient, provider, kind, since = row
    return EncounterFacts(
        id=encounter.id,
        patient_id=encounter.patient_id,
        patient_name=f"{patient.last_name}, {patient.first_name}" if patient else "",
        service_date=encounter.service_date,
        service_end_date=encounter.service_end_date,
        state=EncounterState(encounter.state),
        since=since,
        place_of_service=encounter.place_of_service,
        provider_name=_provider_name(provider) if provider else "",
        provider_npi=provider.npi if provider else "",
        source_key=encounter.source_key,
        prior_authorization=encounter.prior_authorization,
        verdict=EligibilityVerdict(encounter.verdict) if encounter.verdict else None,
        verdict_reason=encounter.verdict_reason,
        file=FileRef(encounter.inbound_file_id, is_outbound=False, kind=kind),
    )


def _provider_name(provider: Provider) -> str:
    return ", ".join(filter(None, (provider.last_name, provider.first_name)))


def _same(table: Any, client_id: UUID, column: Any) -> Any:
    return (col(table.client_id) == client_id) & (col(table.id) == col(column))


def _split(joined: str) -> tuple[str, ...]:
    return tuple(filter(None, joined.split(":")))
