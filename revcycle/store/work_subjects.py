"""What work items are about: the patient, the money and the payer of a record of any kind."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, literal, null, type_coerce
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.tables import (
    AuditedCase,
    BalanceWriteOff,
    BankLine,
    Charge,
    Claim,
    Coverage,
    CoverageCorrection,
    Denial,
    EligibilityCheck,
    Encounter,
    Message,
    Patient,
    Payer,
    Refund,
    Remittance,
    RemittanceClaimRow,
    Statement,
    Variance,
)
from models.tables.columns import MoneyColumn
from models.values.money import Money

IDS_OF_QUERY: Final = 500  # SQLite takes a limited number of values in one statement


@dataclass(frozen=True, slots=True)
class WorkSubject:
    """What a list shows of the record that an item is about."""

    patient_id: UUID | None = None
    amount: Money | None = None
    payer_name: str = ""


NOTHING: Final = WorkSubject()
NO_AMOUNT: Final = null()
NO_PAYER: Final = literal("")


def describe_subjects(
    session: Session, client_id: UUID, subjects: Iterable[tuple[str, UUID]]
) -> dict[tuple[str, UUID], WorkSubject]:
    """Map records, named by kind and id, to what a list shows of them; one query for each kind.

    A kind that is about no patient and no money, such as a file, maps to nothing.
    """
    ids_of_kinds: dict[str, list[UUID]] = defaultdict(list)
    for kind, subject_id in subjects:
        if kind in QUERY_OF_KINDS:
            ids_of_kinds[kind].append(subject_id)
    found = {}
    for kind, ids in ids_of_kinds.items():
        for start in range(0, len(ids), IDS_OF_QUERY):
            statement = QUERY_OF_KINDS[kind](client_id, ids[start : start + IDS_OF_QUERY])
            for row in session.execute(statement):
                found[kind, row[0]] = WorkSubject(row[1], row[2], row[3] or "")
    return found


Query = Callable[[UUID, Collection[UUID]], Select[*tuple[Any, ...]]]


def _of_encounters(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return select_columns(col(Encounter.id), col(Encounter.patient_id), NO_AMOUNT, NO_PAYER).where(
        col(Encounter.client_id) == client_id, col(Encounter.id).in_(ids)
    )


def _of_audited_cases(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    row = AuditedCase
    return (
        select_columns(col(row.id), col(Encounter.patient_id), NO_AMOUNT, NO_PAYER)
        .join(Encounter, _same(Encounter, row.client_id, row.encounter_id))
        .where(col(row.client_id) == client_id, col(row.id).in_(ids))
    )


def _of_patients(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return select_columns(col(Patient.id), col(Patient.id), NO_AMOUNT, NO_PAYER).where(
        col(Patient.client_id) == client_id, col(Patient.id).in_(ids)
    )


def _of_charges(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(col(Charge.id), col(Encounter.patient_id), col(Charge.amount), NO_PAYER)
        .join(Encounter, _same(Encounter, Charge.client_id, Charge.encounter_id))
        .where(col(Charge.client_id) == client_id, col(Charge.id).in_(ids))
    )


def _of_claims(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(
            col(Claim.id), col(Encounter.patient_id), col(Claim.charge_total), col(Payer.name)
        )
        .join(Encounter, _same(Encounter, Claim.client_id, Claim.encounter_id))
        .join(Payer, _same(Payer, Claim.client_id, Claim.payer_id))
        .where(col(Claim.client_id) == client_id, col(Claim.id).in_(ids))
    )


def _of_denials(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(
            col(Denial.id), col(Encounter.patient_id), col(Denial.amount), col(Payer.name)
        )
        .join(Claim, _same(Claim, Denial.client_id, Denial.claim_id))
        .join(Encounter, _same(Encounter, Claim.client_id, Claim.encounter_id))
        .join(Payer, _same(Payer, Claim.client_id, Claim.payer_id))
        .where(col(Denial.client_id) == client_id, col(Denial.id).in_(ids))
    )


def _of_checks(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(
            col(EligibilityCheck.id), col(Coverage.patient_id), NO_AMOUNT, col(Payer.name)
        )
        .join(Coverage, _same(Coverage, EligibilityCheck.client_id, EligibilityCheck.coverage_id))
        .join(Payer, _same(Payer, Coverage.client_id, Coverage.payer_id))
        .where(col(EligibilityCheck.client_id) == client_id, col(EligibilityCheck.id).in_(ids))
    )


def _of_coverage_corrections(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(
            col(CoverageCorrection.id), col(Coverage.patient_id), NO_AMOUNT, col(Payer.name)
        )
        .join(
            Coverage, _same(Coverage, CoverageCorrection.client_id, CoverageCorrection.coverage_id)
        )
        .join(Payer, _same(Payer, Coverage.client_id, Coverage.payer_id))
        .where(col(CoverageCorrection.client_id) == client_id, col(CoverageCorrection.id).in_(ids))
    )


def _of_remittances(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return select_columns(
        col(Remittance.id), null(), col(Remittance.amount), col(Remittance.payer_name)
    ).where(col(Remittance.client_id) == client_id, col(Remittance.id).in_(ids))


def _of_bank_lines(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return select_columns(col(BankLine.id), null(), col(BankLine.amount), NO_PAYER).where(
        col(BankLine.client_id) == client_id, col(BankLine.id).in_(ids)
    )


def _of_remittance_claims(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    row = RemittanceClaimRow
    return (
        select_columns(
            col(row.id), col(Encounter.patient_id), col(row.paid), col(Remittance.payer_name)
        )
        .join(Remittance, _same(Remittance, row.client_id, row.remittance_id))
        .outerjoin(Claim, _same(Claim, row.client_id, row.claim_id))
        .outerjoin(Encounter, _same(Encounter, Claim.client_id, Claim.encounter_id))
        .where(col(row.client_id) == client_id, col(row.id).in_(ids))
    )


def _of_statements(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return select_columns(
        col(Statement.id), col(Statement.patient_id), col(Statement.balance), NO_PAYER
    ).where(col(Statement.client_id) == client_id, col(Statement.id).in_(ids))


def _of_messages(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(col(Message.id), col(Statement.patient_id), col(Statement.balance), NO_PAYER)
        .outerjoin(Statement, _same(Statement, Message.client_id, Message.statement_id))
        .where(col(Message.client_id) == client_id, col(Message.id).in_(ids))
    )


def _of_variances(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    missing = type_coerce(col(Variance.expected) - col(Variance.allowed), MoneyColumn)
    return (
        select_columns(
            col(Variance.id), col(Encounter.patient_id), missing.label("amount"), col(Payer.name)
        )
        .join(Claim, _same(Claim, Variance.client_id, Variance.claim_id))
        .join(Encounter, _same(Encounter, Claim.client_id, Claim.encounter_id))
        .join(Payer, _same(Payer, Claim.client_id, Claim.payer_id))
        .where(col(Variance.client_id) == client_id, col(Variance.id).in_(ids))
    )


def _of_refunds(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return select_columns(
        col(Refund.id), col(Refund.patient_id), col(Refund.amount), NO_PAYER
    ).where(col(Refund.client_id) == client_id, col(Refund.id).in_(ids))


def _of_balance_write_offs(client_id: UUID, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    row = BalanceWriteOff
    return select_columns(col(row.id), col(row.patient_id), col(row.amount), NO_PAYER).where(
        col(row.client_id) == client_id, col(row.id).in_(ids)
    )


def _same(table: Any, client_id: Any, row_id: Any) -> Any:
    """Join the row of the same practice."""
    return (col(table.client_id) == client_id) & (col(table.id) == row_id)


QUERY_OF_KINDS: Final[Mapping[str, Query]] = MappingProxyType(
    {
        "encounter": _of_encounters,
        "audited_case": _of_audited_cases,
        "patient": _of_patients,
        "charge": _of_charges,
        "claim": _of_claims,
        "denial": _of_denials,
        "eligibility_check": _of_checks,
        "coverage_correction": _of_coverage_corrections,
        "bank_line": _of_bank_lines,
        "remittance": _of_remittances,
        "remittance_claim": _of_remittance_claims,
        "statement": _of_statements,
        "variance": _of_variances,
        "message": _of_messages,
        "refund": _of_refunds,
        "balance_write_off": _of_balance_write_offs,
    }
)
