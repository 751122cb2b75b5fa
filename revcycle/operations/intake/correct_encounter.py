"""Fix what intake found wrong with an encounter, and let it go on."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.finding import Finding, is_blocking
from models.errors import NotFoundError, RejectedError
from models.states.encounter import ENCOUNTER_TRANSITIONS, EncounterEvent, EncounterState
from models.states.transition import IllegalTransitionError
from models.states.work_item import WorkItemEvent
from models.tables import Coverage, Encounter, Patient
from revcycle.operations.intake.intake_outcomes import (
    coverage_cause,
    intake_cause,
    match_cause,
)
from revcycle.operations.intake.join_patients import join_patients
from revcycle.rules.intake import check_encounter
from revcycle.store import clients, encounters, patients, work_items
from revcycle.store.audit import record_act
from revcycle.store.encounter_documents import picture_encounter
from revcycle.store.state_changes import move


@dataclass(frozen=True, slots=True, repr=False)
class PatientCorrection:
    """What a person found out about the patient; None leaves a field as it is."""

    last_name: str | None = None
    first_name: str | None = None
    birth_date: date | None = None
    sex: str | None = None
    line1: str | None = None
    city: str | None = None
    state: str | None = None
    zip_code: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class CoverageCorrection:
    """A coverage that the record named wrongly or not completely."""

    rank: int
    payer_key: str
    member_id: str


@dataclass(frozen=True, slots=True, repr=False)
class EncounterCorrection:
    """Everything that can be set right on an encounter before it goes on.

    Attributes:
        is_uninsured: The coverage that could not be written down is none: the patient pays.
    """

    patient: PatientCorrection = PatientCorrection()
    coverages: tuple[CoverageCorrection, ...] = ()
    rendering_provider_npi: str | None = None
    service_date: date | None = None
    service_end_date: date | None = None
    place_of_service: str | None = None
    is_uninsured: bool = False


def correct_encounter(
    session: Session, act: Act, encounter_id: UUID, correction: EncounterCorrection
) -> tuple[Finding, ...]:
    """Write a correction down; register the encounter if no rule forbids it any more.

    A coverage that intake could not write down waits for a person's word about it: a corrected
    one, or that there is none.

    What was corrected is kept even if something else is still wrong; the work item then stays
    open and names what is wrong now. Returns what the rules say now.

    Raises:
        NotFoundError: this practice has no such encounter, payer or provider.
        IllegalTransitionError: the encounter does not wait for a fix.
    """
    encounter = encounters.get_encounter(session, act.client_id, encounter_id)
    if encounter.state != EncounterState.NEEDS_FIX:
        raise IllegalTransitionError(EncounterState(encounter.state), EncounterEvent.FIX)
    _write(session, act, encounter, correction)
    session.flush()
    findings = check_encounter(
        picture_encounter(session, act.client_id, encounter), today=act.today
    )
    record_act(session, act.client_id, act, "correct_encounter", "encounter", encounter_id)
    done = [coverage_cause(encounter_id)] if correction.coverages or correction.is_uninsured else []
    if is_blocking(findings):
        _restate(session, act, encounter, findings)
    else:
        done.append(intake_cause(encounter_id))
    _close(session, act, done)
    if not is_blocking(findings):
        _register(session, act, encounter)
    return findings


def settle_patient_match(
    session: Session, act: Act, encounter_id: UUID, *, same_as: UUID | None
) -> None:
    """Decide whether the encounter's patient is somebody the practice knows.

    Args:
        session: The open transaction.
        act: Who decides, and when.
        encounter_id: The encounter whose patient was in doubt.
        same_as: The patient it is; everything of the new record goes to them, and whatever else
            asks about the same two is answered. None keeps both.

    Raises:
        NotFoundError: this practice has no such encounter or patient.
        RejectedError: a request to give a balance up waits for each of the two.
        IllegalTransitionError: the encounter does not wait for a fix.
    """
    encounter = encounters.get_encounter(session, act.client_id, encounter_id)
    settled = [encounter]
    if same_as is not None and encounter.patient_id is not None:
        settled += _join(session, act, encounter, same_as)
    outcome = "same" if same_as else "different"
    for one in settled:
        record_act(
            session,
            act.client_id,
            act,
            "settle_patient_match",
            "encounter",
            one.id,
            outcome=outcome,
        )
        work_items.close_work_items(
            session,
            act.client_id,
            act,
            [match_cause(one.id)],
            resolution=outcome,
            event=WorkItemEvent.COMPLETE,
        )
        _register(session, act, one)


def _join(session: Session, act: Act, encounter: Encounter, same_as: UUID) -> list[Encounter]:
    """Join the two; return the other visits that wait for an answer about the same two."""
    new = encounter.patient_id or same_as
    numbers = {
        row.account_number
        for row in patients.find_patients(session, act.client_id, [new, same_as]).values()
    }
    kept = join_patients(session, act, duplicate=new, keep=same_as)
    session.refresh(encounter)
    waiting = encounters.list_encounters_of_patient(
        session, act.client_id, kept, [EncounterState.NEEDS_FIX]
    )
    return [
        row
        for row in waiting
        if row.id != encounter.id and _asked_about(session, act, row.id) in numbers
    ]


def _asked_about(session: Session, act: Act, encounter_id: UUID) -> str:
    """Read whom an open item asks about; nobody if none is open."""
    item_id = work_items.find_open_cause(session, act.client_id, match_cause(encounter_id))
    item = work_items.get_work_item(session, act.client_id, item_id) if item_id else None
    return item.detail.rpartition(" ")[2] if item else ""


def _register(session: Session, act: Act, encounter: Encounter) -> None:
    """Register the encounter unless another of its items is still open."""
    causes = [cause(encounter.id) for cause in (intake_cause, coverage_cause, match_cause)]
    if not work_items.has_open_cause(session, act.client_id, causes):
        move(session, act.client_id, act, encounter, ENCOUNTER_TRANSITIONS, EncounterEvent.FIX)


def _close(session: Session, act: Act, causes: Sequence[str]) -> None:
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        causes,
        resolution="corrected",
        event=WorkItemEvent.COMPLETE,
    )


def _restate(session: Session, act: Act, encounter: Encounter, findings: Sequence[Finding]) -> None:
    first = next(one for one in findings if is_blocking([one]))
    work_items.restate_work_item(
        session,
        act.client_id,
        intake_cause(encounter.id),
        reason=first.rule_id,
        field=first.field,
        detail=first.message,
    )


def _write(
    session: Session, act: Act, encounter: Encounter, correction: EncounterCorrection
) -> None:
    encounter.service_date = correction.service_date or encounter.service_date
    encounter.service_end_date = correction.service_end_date or encounter.service_end_date
    if correction.place_of_service is not None:
        encounter.place_of_service = correction.place_of_service
    if correction.rendering_provider_npi is not None:
        npi = correction.rendering_provider_npi
        provider = encounters.find_providers(session, act.client_id, [npi]).get(npi)
        if provider is None:
            msg = "the practice has no provider with this NPI"
            raise NotFoundError(msg)
        encounter.rendering_provider_id = provider.id
    if encounter.patient_id is None:
        msg = f"encounter {encounter.id} has no patient"
        raise RejectedError(msg)
    patient = patients.find_patients(session, act.client_id, [encounter.patient_id])[
        encounter.patient_id
    ]
    _write_patient(patient, correction.patient)
    for coverage in correction.coverages:
        _write_coverage(session, act, patient, coverage)


def _write_patient(patient: Patient, correction: PatientCorrection) -> None:
    for field in fields(correction):
        value = getattr(correction, field.name)
        if value is not None:
            setattr(patient, field.name, value)


def _write_coverage(
    session: Session, act: Act, patient: Patient, correction: CoverageCorrection
) -> None:
    payer = clients.find_payers(session, act.client_id).get(correction.payer_key)
    if payer is None:
        msg = f"the practice has no payer {correction.payer_key}"
        raise NotFoundError(msg)
    held = patients.list_coverages(session, act.client_id, [patient.id])
    row = next((one for one in held if one.rank == correction.rank), None)
    if row is None:
        row = Coverage(
            client_id=act.client_id,
            patient_id=patient.id,
            payer_id=payer.id,
            rank=correction.rank,
            member_id=correction.member_id,
        )
    row.payer_id, row.member_id = payer.id, correction.member_id
    session.add(row)
