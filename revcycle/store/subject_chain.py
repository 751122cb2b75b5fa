"""From the record that work is about to the patient, encounter, claim and file it belongs to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.documents.records import FileRef
from models.tables import (
    Appeal,
    AuditedCase,
    Charge,
    Claim,
    Coverage,
    Denial,
    EligibilityCheck,
    Encounter,
    InboundFile,
    IntakeRecordRow,
    Message,
    OutboundFile,
    Patient,
    Remittance,
    RemittanceClaimRow,
    Statement,
    Variance,
)


@dataclass(frozen=True, slots=True)
class SubjectChain:
    """What a record belongs to, as far as it is known.

    Attributes:
        day: The date of service that a question to a payer is about.
        file: The file that the record is, or stands in.
    """

    patient_id: UUID | None = None
    encounter_id: UUID | None = None
    claim_id: UUID | None = None
    denial_id: UUID | None = None
    decision_id: UUID | None = None
    remittance_id: UUID | None = None
    coverage_id: UUID | None = None
    statement_id: UUID | None = None
    day: date | None = None
    file: FileRef | None = None


NOTHING: Final = SubjectChain()


def find_chain(session: Session, client_id: UUID, kind: str, subject_id: UUID) -> SubjectChain:
    """Find what a record belongs to, in one query; a record that is gone belongs to nothing."""
    statement = STATEMENT_OF_KINDS.get(kind)
    if statement is None:
        return NOTHING
    row = session.execute(statement(client_id, subject_id)).first()
    if row is None:
        return NOTHING
    facts = dict(row._mapping)  # noqa: SLF001 - the documented name of a row's columns
    file_id, file_kind = facts.pop("file_id", None), facts.pop("file_kind", "")
    is_outbound = bool(facts.pop("is_outbound", False))
    file = FileRef(file_id, is_outbound=is_outbound, kind=file_kind) if file_id else None
    return SubjectChain(**facts, file=file)


Question = Select[*tuple[Any, ...]]


def _encounter(client_id: UUID, subject_id: UUID) -> Question:
    return select_columns(
        col(Encounter.id).label("encounter_id"), col(Encounter.patient_id).label("patient_id")
    ).where(col(Encounter.client_id) == client_id, col(Encounter.id) == subject_id)


def _audited_case(client_id: UUID, subject_id: UUID) -> Question:
    """Name the patient only: whoever codes a second time must not see what was coded."""
    return (
        select_columns(col(Encounter.patient_id).label("patient_id"))
        .join(AuditedCase, _same(AuditedCase, Encounter.client_id, "encounter_id", Encounter.id))
        .where(col(Encounter.client_id) == client_id, col(AuditedCase.id) == subject_id)
    )


def _patient(client_id: UUID, subject_id: UUID) -> Question:
    return select_columns(col(Patient.id).label("patient_id")).where(
        col(Patient.client_id) == client_id, col(Patient.id) == subject_id
    )


def _charge(client_id: UUID, subject_id: UUID) -> Question:
    return (
        select_columns(
            col(Encounter.id).label("encounter_id"), col(Encounter.patient_id).label("patient_id")
        )
        .join(Charge, _same(Charge, Encounter.client_id, "encounter_id", Encounter.id))
        .where(col(Encounter.client_id) == client_id, col(Charge.id) == subject_id)
    )


def _claim_columns() -> tuple[Any, ...]:
    return (
        col(Claim.id).label("claim_id"),
        col(Claim.encounter_id).label("encounter_id"),
        col(Encounter.patient_id).label("patient_id"),
    )


def _claim(client_id: UUID, subject_id: UUID) -> Question:
    return (
        select_columns(*_claim_columns())
        .join(Encounter, _same(Encounter, Claim.client_id, "id", Claim.encounter_id))
        .where(col(Claim.client_id) == client_id, col(Claim.id) == subject_id)
    )


def _denials(client_id: UUID) -> Question:
    return (
        select_columns(*_claim_columns(), col(Denial.id).label("denial_id"))
        .join(Encounter, _same(Encounter, Claim.client_id, "id", Claim.encounter_id))
        .join(Denial, _same(Denial, Claim.client_id, "claim_id", Claim.id))
        .where(col(Claim.client_id) == client_id)
    )


def _denial(client_id: UUID, subject_id: UUID) -> Question:
    return _denials(client_id).where(col(Denial.id) == subject_id)


def _appeal(client_id: UUID, subject_id: UUID) -> Question:
    return (
        _denials(client_id)
        .join(Appeal, _same(Appeal, Denial.client_id, "denial_id", Denial.id))
        .where(col(Appeal.id) == subject_id)
    )


def _variance(client_id: UUID, subject_id: UUID) -> Question:
    return (
        select_columns(
            *_claim_columns(),
            col(Variance.remittance_claim_id).label("decision_id"),
            col(RemittanceClaimRow.remittance_id).label("remittance_id"),
        )
        .join(Variance, _same(Variance, Claim.client_id, "claim_id", Claim.id))
        .join(Encounter, _same(Encounter, Claim.client_id, "id", Claim.encounter_id))
        .join(
            RemittanceClaimRow,
            _same(RemittanceClaimRow, Variance.client_id, "id", Variance.remittance_claim_id),
        )
        .where(col(Claim.client_id) == client_id, col(Variance.id) == subject_id)
    )


def _check(client_id: UUID, subject_id: UUID) -> Question:
    check = EligibilityCheck
    is_visit = (
        (col(Encounter.client_id) == col(check.client_id))
        & (col(Encounter.patient_id) == col(Coverage.patient_id))
        & (col(Encounter.service_date) == col(check.service_date))
    )
    return (
        select_columns(
            col(Coverage.patient_id).label("patient_id"),
            col(check.coverage_id).label("coverage_id"),
            col(check.service_date).label("day"),
            col(Encounter.id).label("encounter_id"),
        )
        .join(Coverage, _same(Coverage, check.client_id, "id", check.coverage_id))
        .outerjoin(Encounter, is_visit)
        .where(col(check.client_id) == client_id, col(check.id) == subject_id)
        .order_by(col(Encounter.id))
    )


def _remittance(client_id: UUID, subject_id: UUID) -> Question:
    return select_columns(col(Remittance.id).label("remittance_id")).where(
        col(Remittance.client_id) == client_id, col(Remittance.id) == subject_id
    )


def _decision(client_id: UUID, subject_id: UUID) -> Question:
    row = RemittanceClaimRow
    return (
        select_columns(
            col(row.id).label("decision_id"),
            col(row.remittance_id).label("remittance_id"),
            *_claim_columns(),
        )
        .outerjoin(Claim, _same(Claim, row.client_id, "id", row.claim_id))
        .outerjoin(Encounter, _same(Encounter, Claim.client_id, "id", Claim.encounter_id))
        .where(col(row.client_id) == client_id, col(row.id) == subject_id)
    )


def _statement(client_id: UUID, subject_id: UUID) -> Question:
    return select_columns(
        col(Statement.id).label("statement_id"), col(Statement.patient_id).label("patient_id")
    ).where(col(Statement.client_id) == client_id, col(Statement.id) == subject_id)


def _message(client_id: UUID, subject_id: UUID) -> Question:
    return (
        select_columns(
            col(Statement.id).label("statement_id"), col(Statement.patient_id).label("patient_id")
        )
        .select_from(Message)
        .outerjoin(Statement, _same(Statement, Message.client_id, "id", Message.statement_id))
        .where(col(Message.client_id) == client_id, col(Message.id) == subject_id)
    )


def _inbound(client_id: UUID, subject_id: UUID) -> Question:
    return select_columns(
        col(InboundFile.id).label("file_id"), col(InboundFile.kind).label("file_kind")
    ).where(col(InboundFile.client_id) == client_id, col(InboundFile.id) == subject_id)


def _outbound(client_id: UUID, subject_id: UUID) -> Question:
    return select_columns(
        col(OutboundFile.id).label("file_id"),
        col(OutboundFile.kind).label("file_kind"),
        (col(OutboundFile.id).is_not(None)).label("is_outbound"),
    ).where(col(OutboundFile.client_id) == client_id, col(OutboundFile.id) == subject_id)


def _intake_record(client_id: UUID, subject_id: UUID) -> Question:
    row = IntakeRecordRow
    return (
        select_columns(
            col(row.encounter_id).label("encounter_id"),
            col(Encounter.patient_id).label("patient_id"),
            col(InboundFile.id).label("file_id"),
            col(InboundFile.kind).label("file_kind"),
        )
        .join(InboundFile, _same(InboundFile, row.client_id, "id", row.inbound_file_id))
        .outerjoin(Encounter, _same(Encounter, row.client_id, "id", row.encounter_id))
        .where(col(row.client_id) == client_id, col(row.id) == subject_id)
    )


def _same(table: Any, client_id: Any, column: str, value: Any) -> Any:
    """Join rows of the same practice."""
    return (col(table.client_id) == col(client_id)) & (col(getattr(table, column)) == col(value))


STATEMENT_OF_KINDS: Final[Mapping[str, Callable[[UUID, UUID], Question]]] = MappingProxyType(
    {
        "encounter": _encounter,
        "audited_case": _audited_case,
        "patient": _patient,
        "charge": _charge,
        "claim": _claim,
        "denial": _denial,
        "appeal": _appeal,
        "eligibility_check": _check,
        "remittance": _remittance,
        "remittance_claim": _decision,
        "statement": _statement,
        "variance": _variance,
        "message": _message,
        "inbound_file": _inbound,
        "outbound_file": _outbound,
        "intake_record": _intake_record,
    }
)
