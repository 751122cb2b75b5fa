"""Queries on statements and on the accounts they are made of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.statement import EncounterAccount
from models.states.claim import ClaimState
from models.states.denial import UNRESOLVED_DENIAL_STATES
from models.states.encounter import EncounterState
from models.states.statement import StatementState
from models.tables import (
    Charge,
    Claim,
    Denial,
    Encounter,
    Patient,
    PatientJoin,
    Posting,
    Provider,
    Statement,
    StatementLineRow,
)
from models.values.accounts import INSURANCE_RECEIVABLES, Account
from models.values.money import ZERO, Money
from revcycle.store.joined_patients import PATIENT_NOW, find_kept, of_duplicate, with_joined

PAID_BY_INSURANCE: Final = (
    Account.REMITTANCE_CLEARING,
    Account.INSURANCE_CREDIT,  # a credit: what the payer paid beyond what it owed
    Account.RECOUPMENT_DUE,
)
PAID_BY_PATIENT: Final = (Account.BANK, Account.PATIENT_CREDIT)
OWED_BY_INSURANCE: Final = (*INSURANCE_RECEIVABLES, Account.AR_DENIED)


@dataclass(frozen=True, slots=True)
class StatementHistory:
    """The statements of one account that were not cancelled."""

    last_statement_date: date
    periods: frozenset[str]


@dataclass(frozen=True, slots=True, repr=False)
class VisitFacts:
    """What a statement line says of an encounter beside its money."""

    service_date: date | None
    provider_name: str


def list_patients_owing(session: Session, client_id: UUID) -> list[UUID]:
    """List the accounts whose patient's receivable holds anything to ask for."""
    statement = (
        select(Encounter.patient_id)
        .select_from(Posting)
        .join(Charge, _same(Charge, Posting.charge_id))
        .join(Encounter, _same(Encounter, Charge.encounter_id))
        .where(
            Posting.client_id == client_id,
            Posting.account == Account.AR_PATIENT,
            col(Encounter.patient_id).is_not(None),
        )
        .group_by(col(Encounter.patient_id))
        .having(func.sum(Posting.amount) > ZERO)
        .order_by(col(Encounter.patient_id))
    )
    return [patient_id for patient_id in session.exec(statement) if patient_id is not None]


def lock_patients(session: Session, client_id: UUID, patient_ids: Sequence[UUID]) -> list[Patient]:
    """Load accounts and keep a second run from drafting for them at the same time.

    An account that was joined with another is left out: nothing is done with it any more.
    """
    statement = (
        select(Patient)
        .where(Patient.client_id == client_id, col(Patient.id).in_(patient_ids))
        .order_by(col(Patient.id))
        .with_for_update()
    )
    rows = session.exec(statement).all()
    # Asked for once they are locked: whoever held them may have been joining them.
    joined = find_kept(session, client_id, patient_ids)
    return [row for row in rows if row.id not in joined]


def list_encounter_accounts(
    session: Session, client_id: UUID, patient_ids: Sequence[UUID]
) -> list[EncounterAccount]:
    """Add up the books per encounter of these patients, oldest service first."""
    statement = (
        select_columns(
            col(Encounter.id),
            col(Encounter.patient_id),
            col(Encounter.state),
            _booked(Account.CHARGES),
            _booked(*PAID_BY_INSURANCE),
            _booked(*PAID_BY_PATIENT),
            _booked(*OWED_BY_INSURANCE),
            _booked(Account.AR_PATIENT),
        )
        .select_from(Posting)
        .join(Charge, _same(Charge, Posting.charge_id))
        .join(Encounter, _same(Encounter, Charge.encounter_id))
        .where(col(Posting.client_id) == client_id, col(Encounter.patient_id).in_(patient_ids))
        .group_by(col(Encounter.id), col(Encounter.patient_id), col(Encounter.state))
        .order_by(func.min(Charge.service_date), col(Encounter.id))
    )
    accounts = [_account(tuple(row)) for row in session.execute(statement)]
    states = _claim_states(session, client_id, patient_ids)
    denied = _denied_encounters(session, client_id, patient_ids)
    return [
        replace(
            account,
            claim_states=frozenset(states[account.encounter_id]),
            has_open_denial=account.encounter_id in denied,
        )
        for account in accounts
    ]


def find_credits(
    session: Session, client_id: UUID, patient_ids: Sequence[UUID]
) -> dict[UUID, Money]:
    """Map patients to money of theirs that is applied to no charge; zero is left out."""
    statement = (
        select(PATIENT_NOW, func.sum(Posting.amount))
        .select_from(Posting)
        .outerjoin(PatientJoin, of_duplicate(client_id))
        .where(
            Posting.client_id == client_id,
            Posting.account == Account.PATIENT_CREDIT,
            col(Posting.patient_id).in_(with_joined(session, client_id, patient_ids)),
        )
        .group_by(PATIENT_NOW)
    )
    sums = session.exec(statement).all()
    return {patient_id: -amount for patient_id, amount in sums if patient_id and amount}


def find_histories(
    session: Session, client_id: UUID, patient_ids: Sequence[UUID]
) -> dict[UUID, StatementHistory]:
    """Map patients to the statements they had, drafted ones included."""
    statement = select(
        col(Statement.patient_id), col(Statement.period), col(Statement.statement_date)
    ).where(
        Statement.client_id == client_id,
        col(Statement.patient_id).in_(patient_ids),
        Statement.state != StatementState.CANCELLED,
    )
    found: dict[UUID, list[tuple[str, date]]] = defaultdict(list)
    for patient_id, period, day in session.exec(statement):
        found[patient_id].append((period, day))
    return {
        patient_id: StatementHistory(max(day for _, day in had), frozenset(p for p, _ in had))
        for patient_id, had in found.items()
    }


def find_visits(
    session: Session, client_id: UUID, encounter_ids: Sequence[UUID]
) -> dict[UUID, VisitFacts]:
    """Map encounters to their date and to the name of who rendered them, if known."""
    statement = (
        select_columns(
            col(Encounter.id),
            col(Encounter.service_date),
            col(Provider.first_name),
            col(Provider.last_name),
        )
        .select_from(Encounter)
        .outerjoin(Provider, _same(Provider, Encounter.rendering_provider_id))
        .where(col(Encounter.client_id) == client_id, col(Encounter.id).in_(encounter_ids))
    )
    return {
        encounter_id: VisitFacts(day, " ".join(part for part in names if part))
        for encounter_id, day, *names in session.execute(statement)
    }


def list_drafted_ids(session: Session, client_id: UUID) -> list[UUID]:
    """List the statements that wait for their release."""
    statement = (
        select(Statement.id)
        .where(Statement.client_id == client_id, Statement.state == StatementState.DRAFTED)
        .order_by(col(Statement.id))
    )
    return list(session.exec(statement).all())


def lock_drafted(
    session: Session, client_id: UUID, statement_ids: Sequence[UUID]
) -> list[Statement]:
    """Load drafted statements for release; those already decided are left out."""
    statement = (
        select(Statement)
        .where(
            Statement.client_id == client_id,
            col(Statement.id).in_(statement_ids),
            Statement.state == StatementState.DRAFTED,
        )
        .order_by(col(Statement.id))
        .with_for_update()
    )
    return list(session.exec(statement).all())


def lock_drafted_of(session: Session, client_id: UUID, patient_id: UUID) -> list[Statement]:
    """Load the drafted statements of one account."""
    statement = (
        select(Statement)
        .where(
            Statement.client_id == client_id,
            Statement.patient_id == patient_id,
            Statement.state == StatementState.DRAFTED,
        )
        .with_for_update()
    )
    return list(session.exec(statement).all())


def find_lines(
    session: Session, client_id: UUID, statement_ids: Sequence[UUID]
) -> dict[UUID, list[StatementLineRow]]:
    """Map statements to their lines in order."""
    statement = (
        select(StatementLineRow)
        .where(
            StatementLineRow.client_id == client_id,
            col(StatementLineRow.statement_id).in_(statement_ids),
        )
        .order_by(col(StatementLineRow.ordinal))
    )
    lines: dict[UUID, list[StatementLineRow]] = defaultdict(list)
    for line in session.exec(statement):
        lines[line.statement_id].append(line)
    return lines


def _claim_states(
    session: Session, client_id: UUID, patient_ids: Sequence[UUID]
) -> dict[UUID, set[ClaimState]]:
    statement = (
        select(col(Claim.encounter_id), col(Claim.state))
        .join(Encounter, _same(Encounter, Claim.encounter_id))
        .where(Claim.client_id == client_id, col(Encounter.patient_id).in_(patient_ids))
        .distinct()
    )
    states: dict[UUID, set[ClaimState]] = defaultdict(set)
    for encounter_id, state in session.exec(statement):
        states[encounter_id].add(ClaimState(state))
    return states


def _denied_encounters(session: Session, client_id: UUID, patient_ids: Sequence[UUID]) -> set[UUID]:
    statement = (
        select(Claim.encounter_id)
        .select_from(Denial)
        .join(Claim, _same(Claim, Denial.claim_id))
        .join(Encounter, _same(Encounter, Claim.encounter_id))
        .where(
            Denial.client_id == client_id,
            col(Denial.state).in_(UNRESOLVED_DENIAL_STATES),
            col(Encounter.patient_id).in_(patient_ids),
        )
    )
    return set(session.exec(statement).all())


def _booked(*accounts: Account) -> Any:
    return func.sum(Posting.amount).filter(col(Posting.account).in_(accounts))


def _account(row: tuple[Any, ...]) -> EncounterAccount:
    encounter_id, patient_id, state, *sums = row
    charges, insurance, patient, receivable, balance = (one or ZERO for one in sums)
    return EncounterAccount(
        encounter_id,
        patient_id,
        EncounterState(state),
        -charges,
        insurance,
        patient,
        receivable,
        balance,
    )


def _same(table: Any, column: Any) -> Any:
    """Join on the id within the practice."""
    return (col(table.client_id) == column.class_.client_id) & (col(table.id) == column)
