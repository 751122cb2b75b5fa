"""Claims as documents: a chunk of them in a fixed number of queries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from models.documents.claim import (
    ClaimDocument,
    ClaimDocumentLine,
    ClaimForm,
    ClaimPayer,
    FrequencyCode,
    InstitutionalDetail,
    OtherPayer,
    Subscriber,
)
from models.documents.party import Person
from models.documents.party import Provider as ProviderDocument
from models.documents.practice import PracticeFacts
from models.errors import RejectedError
from models.tables import (
    Claim,
    ClaimLine,
    Coverage,
    Diagnosis,
    Encounter,
    Patient,
    Payer,
    Provider,
)
from models.values.identifiers import version_control_number
from models.values.periods import coverages_on
from revcycle.store.claims import latest_versions, list_lines
from revcycle.store.coordination import FIRST_IN_LINE, EarlierPayers, find_earlier_payers
from revcycle.store.encounters import list_diagnoses
from revcycle.store.patients import list_coverages
from revcycle.store.people import patient_person, subscriber_of

RESPONSIBILITIES = ("P", "S", "T")  # SBR01 by rank

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, repr=False)
class ClaimParts:
    """Every row that a chunk of claims needs, by the id it is looked up with."""

    encounters: Mapping[UUID, Encounter]
    patients: Mapping[UUID, Patient]
    payers: Mapping[UUID, Payer]
    providers: Mapping[UUID, Provider]
    coverages: Mapping[UUID, Sequence[Coverage]]  # by patient, primary first
    lines: Mapping[UUID, Sequence[ClaimLine]]  # by claim
    diagnoses: Mapping[UUID, Sequence[Diagnosis]]  # by encounter
    versions: Mapping[UUID, int]
    earlier: Mapping[UUID, EarlierPayers]  # by claim of a later payer

    def line_before(self, claim: Claim) -> EarlierPayers:
        """Tell who is named before the payer of a claim; one that stands alone asks as a first."""
        return self.earlier.get(claim.id, FIRST_IN_LINE)


def claim_documents(
    session: Session, client_id: UUID, claim_ids: Iterable[UUID], *, practice: PracticeFacts
) -> dict[UUID, ClaimDocument]:
    """Picture claims as their next version would be sent.

    What is missing is left empty, so that the scrubber can report it; ids of nobody here are
    left out.
    """
    rows = session.exec(
        select(Claim)
        .where(Claim.client_id == client_id, col(Claim.id).in_(set(claim_ids)))
        .order_by(col(Claim.id))
    ).all()
    parts = _load(session, client_id, rows)
    return {row.id: _document(row, parts, practice) for row in rows}


def _load(session: Session, client_id: UUID, claims: Sequence[Claim]) -> ClaimParts:
    claim_ids = [claim.id for claim in claims]
    encounter_ids = {claim.encounter_id for claim in claims}
    encounters = _by_id(session, client_id, Encounter, encounter_ids)
    patient_ids = {row.patient_id for row in encounters.values() if row.patient_id}
    provider_ids = {
        row.rendering_provider_id for row in encounters.values() if row.rendering_provider_id
    }
    coverages = list_coverages(session, client_id, patient_ids)
    payer_ids = {row.payer_id for row in claims} | {row.payer_id for row in coverages}
    return ClaimParts(
        encounters=encounters,
        patients=_by_id(session, client_id, Patient, patient_ids),
        payers=_by_id(session, client_id, Payer, payer_ids),
        providers=_by_id(session, client_id, Provider, provider_ids),
        coverages=_grouped(coverages, lambda row: row.patient_id),
        lines=_grouped(list_lines(session, client_id, claim_ids), lambda row: row.claim_id),
        diagnoses=_grouped(
            list_diagnoses(session, client_id, encounter_ids), lambda row: row.encounter_id
        ),
        versions=latest_versions(session, client_id, claim_ids),
        earlier=find_earlier_payers(session, client_id, claims),
    )


def _by_id(
    session: Session, client_id: UUID, table: type[Row], ids: Iterable[UUID]
) -> dict[UUID, Row]:
    owned: Any = table
    rows = session.exec(
        select(owned).where(owned.client_id == client_id, owned.id.in_(set(ids)))
    ).all()
    return {row.id: row for row in rows}


def _grouped(rows: Iterable[Row], key: Callable[[Row], UUID]) -> dict[UUID, list[Row]]:
    groups: dict[UUID, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _document(claim: Claim, parts: ClaimParts, practice: PracticeFacts) -> ClaimDocument:
    encounter = parts.encounters[claim.encounter_id]
    patient = _patient(encounter, parts)
    coverages = parts.coverages[patient.id]
    coverage = next(row for row in coverages if row.id == claim.coverage_id)
    form = ClaimForm(claim.form)
    provider = _provider(parts.providers.get(encounter.rendering_provider_id or claim.id))
    is_professional = form is ClaimForm.PROFESSIONAL
    return ClaimDocument(
        control_number=version_control_number(
            claim.control_number, parts.versions.get(claim.id, 0) + 1
        ),
        form=form,
        billing_provider=practice.billing_provider,
        patient=patient_person(patient),
        subscriber=_subscriber(coverage, patient),
        payer=_payer(parts.payers[claim.payer_id], parts.line_before(claim).place, practice),
        diagnoses=tuple(row.code for row in parts.diagnoses.get(encounter.id, ())),
        lines=_lines(claim, parts),
        frequency_code=FrequencyCode(claim.frequency_code),
        original_reference=claim.original_reference,
        place_of_service=encounter.place_of_service or practice.place_of_service,
        rendering_provider=provider if is_professional else None,
        prior_authorization=encounter.prior_authorization,
        other_payers=_other_payers(claim, encounter, patient, parts, practice),
        institutional=None if is_professional else _institutional(claim, provider, practice),
    )


def _patient(encounter: Encounter, parts: ClaimParts) -> Patient:
    """Return who was treated; an encounter without a patient was never billed."""
    if encounter.patient_id is None:
        msg = f"encounter {encounter.id} has a claim and no patient"
        raise RejectedError(msg)
    return parts.patients[encounter.patient_id]


def _subscriber(coverage: Coverage, patient: Patient) -> Subscriber:
    """Name who holds the policy; one whose name we do not know stays without, to be reported."""
    subscriber = subscriber_of(coverage, patient)
    if subscriber.is_patient or coverage.subscriber_last_name:
        return subscriber
    return replace(subscriber, person=Person("", ""))


def _provider(row: Provider | None) -> ProviderDocument | None:
    if row is None:
        return None
    return ProviderDocument(row.npi, row.last_name, row.first_name, row.taxonomy)


def _payer(row: Payer, rank: int, practice: PracticeFacts) -> ClaimPayer:
    return ClaimPayer(
        name=row.name,
        payer_id=row.payer_id,
        responsibility=RESPONSIBILITIES[rank - 1],
        filing_indicator=practice.filing_indicators.get(row.key, "CI"),
    )


def _institutional(
    claim: Claim, attending: ProviderDocument | None, practice: PracticeFacts
) -> InstitutionalDetail:
    frequency = FrequencyCode(claim.frequency_code).value
    return InstitutionalDetail(
        bill_type=practice.bill_type[:3] + frequency, attending_provider=attending
    )


def _lines(claim: Claim, parts: ClaimParts) -> tuple[ClaimDocumentLine, ...]:
    ordinals = [row.ordinal for row in parts.diagnoses.get(claim.encounter_id, ())]
    decisions = parts.line_before(claim).decisions
    return tuple(
        ClaimDocumentLine(
            number=row.number,
            procedure_code=row.procedure_code,
            service_date=row.service_date,
            charge=row.charge,
            modifiers=_split(row.modifiers),
            units=row.units,
            diagnosis_pointers=tuple(
                _place_of(int(text), ordinals) for text in _split(row.diagnosis_pointers)
            ),
            revenue_code=row.revenue_code,
            line_control_number=str(row.number),
            adjudications=tuple(
                decision.lines[row.charge_id]
                for decision in decisions
                if row.charge_id in decision.lines
            ),
        )
        for row in parts.lines.get(claim.id, ())
    )


def _split(joined: str) -> tuple[str, ...]:
    return tuple(filter(None, joined.split(":")))


def _place_of(ordinal: int, ordinals: Sequence[int]) -> int:
    """Find a diagnosis's place on the claim; 0, which no rule lets pass, when it is not there."""
    return ordinals.index(ordinal) + 1 if ordinal in ordinals else 0


def _other_payers(
    claim: Claim,
    encounter: Encounter,
    patient: Patient,
    parts: ClaimParts,
    practice: PracticeFacts,
) -> tuple[OtherPayer, ...]:
    """Name the payers who decided before with what they decided, and those who come after."""
    line = parts.line_before(claim)
    held = parts.coverages[patient.id]
    by_id = {row.id: row for row in held}
    decided = [
        decision.to_other_payer(
            _payer(parts.payers[by_id[decision.coverage_id].payer_id], decision.rank, practice),
            _subscriber(by_id[decision.coverage_id], patient),
        )
        for decision in line.decisions
        if decision.coverage_id in by_id
    ]
    in_force = coverages_on(held, encounter.service_date) if encounter.service_date else held
    by_rank = {row.rank: row for row in reversed(in_force)}  # the first of each rank
    moved_up = claim.payer_rank - line.place
    waiting = [
        OtherPayer(
            _payer(parts.payers[row.payer_id], rank - moved_up, practice), _subscriber(row, patient)
        )
        for rank, row in sorted(by_rank.items())
        if rank > claim.payer_rank and row.id != claim.coverage_id
    ]
    return (*decided, *waiting)
