"""Queries that show patients: identity, numbers, coverages with answers, statements."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.party import Person
from models.documents.records import FileRef
from models.errors import NotFoundError
from models.states.eligibility import EligibilityState, EligibilityVerdict
from models.states.statement import MessageState, StatementState
from models.tables import Coverage, EligibilityCheck, Message, Payer, Statement
from models.values.money import Money
from revcycle.store import eligibility, joined_patients, patients
from revcycle.store.people import guarantor_person, patient_person


@dataclass(frozen=True, slots=True, repr=False)
class PatientFacts:
    """Who was treated, and who owes what insurance does not pay.

    Attributes:
        statements_stopped: Why no statement is sent; empty when statements are sent.
        identifiers: The practice's numbers: system and value.
        joined_accounts: Numbers of accounts that were joined with this one; statements name them.
    """

    id: UUID
    account_number: str
    person: Person
    guarantor: Person
    has_guarantor: bool
    statements_stopped: str
    identifiers: tuple[tuple[str, str], ...]
    joined_accounts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name as lists show it."""
        return f"{self.person.last_name}, {self.person.first_name}".strip(", ")


@dataclass(frozen=True, slots=True, repr=False)
class CoverageFacts:
    """A right to one payer's benefits; both days of the period count, None is open."""

    id: UUID
    rank: int
    payer_name: str
    member_id: str
    group_number: str
    plan_name: str
    relationship: str
    subscriber_name: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """One question to a payer and what it answered."""

    id: UUID
    coverage_id: UUID
    service_date: date
    state: EligibilityState
    verdict: EligibilityVerdict | None
    reason: str
    copay: Money | None
    deductible_remaining: Money | None
    visits_remaining: Decimal | None
    other_payer: str
    answered_at: datetime | None
    asked_in: FileRef | None
    answered_in: FileRef | None


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """One statement and the mail that carried it, if any did."""

    id: UUID
    number: str
    statement_date: date
    due_date: date
    balance: Money
    state: StatementState
    mail_state: MessageState | None
    sent_at: datetime | None


def get_patient_facts(session: Session, client_id: UUID, patient_id: UUID) -> PatientFacts:
    """Find one patient.

    Raises:
        NotFoundError: this practice has no such patient.
    """
    row = patients.get_patient(session, client_id, patient_id)
    if row is None:
        msg = f"no patient {patient_id}"
        raise NotFoundError(msg)
    numbers = patients.list_identifiers(session, client_id, [patient_id])
    return PatientFacts(
        id=row.id,
        account_number=row.account_number,
        person=patient_person(row),
        guarantor=guarantor_person(row),
        has_guarantor=bool(row.guarantor_last_name),
        statements_stopped=row.statements_stopped,
        identifiers=tuple(sorted((one.system, one.value) for one in numbers)),
        joined_accounts=joined_patients.list_joined_accounts(session, client_id, patient_id),
    )


def list_coverage_facts(session: Session, client_id: UUID, patient_id: UUID) -> list[CoverageFacts]:
    """List the coverages of a patient, the first payer first."""
    rows = session.execute(
        select_columns(Coverage, col(Payer.name))
        .join(Payer, (col(Payer.client_id) == client_id) & (col(Payer.id) == Coverage.payer_id))
        .where(col(Coverage.client_id) == client_id, col(Coverage.patient_id) == patient_id)
        .order_by(col(Coverage.rank), col(Coverage.id))
    )
    return [
        CoverageFacts(
            id=row.id,
            rank=row.rank,
            payer_name=payer_name,
            member_id=row.member_id,
            group_number=row.group_number,
            plan_name=row.plan_name,
            relationship=row.relationship,
            subscriber_name=_name(row.subscriber_last_name, row.subscriber_first_name),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row, payer_name in rows
    ]


def list_check_facts(
    session: Session, client_id: UUID, coverage_ids: Collection[UUID]
) -> list[CheckFacts]:
    """List what payers were asked about coverages, the latest date of service first."""
    rows = eligibility.find_checks(session, client_id, coverage_ids)
    return [_check(row) for row in sorted(rows, key=lambda row: row.service_date, reverse=True)]


def list_statement_facts(
    session: Session, client_id: UUID, patient_id: UUID, *, limit: int
) -> list[StatementFacts]:
    """List the statements of a patient, the latest first."""
    rows = session.execute(
        select_columns(Statement, col(Message.state), col(Message.sent_at))
        .outerjoin(
            Message,
            (col(Message.client_id) == client_id) & (col(Message.statement_id) == Statement.id),
        )
        .where(col(Statement.client_id) == client_id, col(Statement.patient_id) == patient_id)
        .order_by(col(Statement.statement_date).desc(), col(Statement.id).desc())
        .limit(limit)
    )
    return [
        StatementFacts(
            id=row.id,
            number=row.number,
            statement_date=row.statement_date,
            due_date=row.due_date,
            balance=row.balance,
            state=StatementState(row.state),
            mail_state=MessageState(mail_state) if mail_state else None,
            sent_at=sent_at,
        )
        for row, mail_state, sent_at in rows
    ]


def count_statements(session: Session, client_id: UUID, patient_id: UUID) -> int:
    """Count the statements of a patient."""
    statement = select_columns(func.count()).where(
        col(Statement.client_id) == client_id, col(Statement.patient_id) == patient_id
    )
    count: int = session.execute(statement).scalar_one()
    return count


def find_mail_of_statement(
    session: Session, client_id: UUID, statement_id: UUID
) -> tuple[str, bytes]:
    """Find the number of a statement and the mail that carries it; its PDF is inside.

    Raises:
        NotFoundError: this practice has no such statement, or no mail carries it.
    """
    row = session.exec(
        select(Statement.number, Message.content)
        .join(
            Message,
            (col(Message.client_id) == client_id) & (col(Message.statement_id) == Statement.id),
        )
        .where(Statement.client_id == client_id, Statement.id == statement_id)
        .order_by(col(Message.id).desc())
        .limit(1)
    ).first()
    if row is None:
        msg = f"no mail of statement {statement_id}"
        raise NotFoundError(msg)
    return row


def _check(row: EligibilityCheck) -> CheckFacts:
    return CheckFacts(
        id=row.id,
        coverage_id=row.coverage_id,
        service_date=row.service_date,
        state=EligibilityState(row.state),
        verdict=EligibilityVerdict(row.verdict) if row.verdict else None,
        reason=row.reason,
        copay=row.copay,
        deductible_remaining=row.deductible_remaining,
        visits_remaining=row.visits_remaining,
        other_payer=row.other_payer,
        answered_at=row.answered_at,
        asked_in=_file(row.outbound_file_id, "270"),
        answered_in=_file(row.inbound_file_id, "271"),
    )


def _file(file_id: UUID | None, kind: str) -> FileRef | None:
    return None if file_id is None else FileRef(file_id, is_outbound=kind == "270", kind=kind)


def _name(last_name: Any, first_name: Any) -> str:
    return f"{last_name}, {first_name}".strip(", ")
