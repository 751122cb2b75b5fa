"""The rows that say what became of a record, and the work it makes."""

from collections.abc import Callable
from uuid import UUID

from models.documents.act import Act
from models.documents.encounter import IntakeRecord
from models.documents.finding import Finding, Severity
from models.states.file import IntakeOutcome
from models.states.work_item import Queue
from models.tables import Encounter, IntakeRecordRow
from models.values.identifiers import new_id
from revcycle.operations.intake.place_patients import account_number_of
from revcycle.operations.intake.register_encounter import Registration
from revcycle.store.work_items import NewWorkItem

Outcome = tuple[IntakeRecordRow, tuple[NewWorkItem, ...]]
UNREADABLE = Finding("intake.unreadable", Severity.ERROR, "record", "it could not be read")


def intake_cause(encounter_id: UUID) -> str:
    """Name the cause of the item of an encounter that needs a fix."""
    return f"intake:{encounter_id}"


def coverage_cause(encounter_id: UUID) -> str:
    """Name the cause of the item of an encounter whose insurance could not be written down.

    It is an item of its own: the books hold no trace of such a coverage, so that nothing else
    would stop the visit from being billed to the patient after its other faults are corrected.
    """
    return f"intake_coverage:{encounter_id}"


def match_cause(encounter_id: UUID) -> str:
    """Name the cause of the item of an encounter whose patient is in doubt."""
    return f"patient_match:{encounter_id}"


def quarantine_outcome(
    act: Act, inbound_file_id: UUID, record: IntakeRecord, service_hours: int
) -> Outcome:
    """Set aside a record that could not be read."""
    finding = record.findings[0] if record.findings else UNREADABLE
    row = _row(act, inbound_file_id, record, IntakeOutcome.QUARANTINED, finding)
    item = NewWorkItem(
        queue=Queue.INTAKE,
        cause_key=f"intake_record:{row.id}",
        subject_kind="intake_record",
        subject_id=row.id,
        reason=finding.rule_id,
        field=finding.field,
        detail=f"{record.position}: {finding.message}",
        service_hours=service_hours,
    )
    return row, (item,)


def duplicate_outcome(
    act: Act,
    inbound_file_id: UUID,
    record: IntakeRecord,
    original: Encounter,
    *,
    is_completed: bool,
) -> Outcome:
    """Link a record to the encounter it repeats."""
    rule_id = "intake.completes" if is_completed else "intake.repeats"
    finding = Finding(rule_id, Severity.INFO, "source_key", "the encounter was sent before")
    row = _row(act, inbound_file_id, record, IntakeOutcome.DUPLICATE, finding, original.id)
    return row, ()


def registration_outcome(
    act: Act,
    inbound_file_id: UUID,
    record: IntakeRecord,
    registration: Registration,
    service_hours: int,
) -> Outcome:
    """Accept a record, or send what is wrong with it to a person."""
    outcome = IntakeOutcome.ACCEPTED if registration.is_fine else IntakeOutcome.NEEDS_FIX
    encounter_id = registration.encounter_id
    items = [
        _problem_item(record, cause(encounter_id), encounter_id, problem, service_hours)
        for cause, problem in _first_problems(registration).items()
    ]
    if registration.patient.doubtful_id is not None:
        items.append(
            NewWorkItem(
                queue=Queue.PATIENT_MATCH,
                cause_key=match_cause(encounter_id),
                subject_kind="encounter",
                subject_id=encounter_id,
                reason=f"intake.patient_match.{registration.patient.reason}",
                field="patient",
                detail=f"may be patient {account_number_of(registration.patient.doubtful_id)}",
                service_hours=service_hours,
            )
        )
    finding = registration.problem or _first(registration)
    return _row(act, inbound_file_id, record, outcome, finding, encounter_id), tuple(items)


def _first_problems(registration: Registration) -> dict[Callable[[UUID], str], Finding]:
    """Choose what each item names: the first fault of a coverage, and the first of the rest."""
    errors = [one for one in registration.findings if one.severity is Severity.ERROR]
    chosen: dict[Callable[[UUID], str], Finding] = {}
    for finding in errors:
        is_coverage = finding.field.startswith("coverages")
        chosen.setdefault(coverage_cause if is_coverage else intake_cause, finding)
    return chosen


def _problem_item(
    record: IntakeRecord, cause: str, encounter_id: UUID, problem: Finding, service_hours: int
) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.INTAKE,
        cause_key=cause,
        subject_kind="encounter",
        subject_id=encounter_id,
        reason=problem.rule_id,
        field=problem.field,
        detail=f"{record.position}: {problem.message}",
        service_hours=service_hours,
    )


def _first(registration: Registration) -> Finding | None:
    if registration.patient.doubtful_id is not None:
        return Finding("intake.patient_match", Severity.ERROR, "patient", "a person must compare")
    return next(iter(registration.findings), None)


def _row(
    act: Act,
    inbound_file_id: UUID,
    record: IntakeRecord,
    outcome: IntakeOutcome,
    finding: Finding | None,
    encounter_id: UUID | None = None,
) -> IntakeRecordRow:
    return IntakeRecordRow(
        client_id=act.client_id,
        id=new_id(),
        inbound_file_id=inbound_file_id,
        ordinal=record.ordinal,
        position=record.position[:40],
        outcome=outcome,
        encounter_id=encounter_id,
        rule_id=finding.rule_id if finding else "",
        field=finding.field[:60] if finding else "",
        reason=finding.message[:400] if finding else "",
    )
