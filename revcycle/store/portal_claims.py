"""Queries that show a practice its own claims, files, statements and reports."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.errors import NotFoundError
from models.states.claim import ClaimState
from models.states.denial import DenialState
from models.states.statement import MessageState, StatementState
from models.states.work_item import WorkItemState
from models.tables import Claim, Denial, Encounter, Message, Patient, Payer, Statement, WorkItem
from models.values.money import Money

REPORT: str = "client_report"
AWAITING = (
    DenialState.OPEN,
    DenialState.RECORDS_REQUESTED,
    DenialState.WRITE_OFF_REQUESTED,
)


@dataclass(frozen=True, slots=True, repr=False)
class OwnClaim:
    """A claim as a practice knows it."""

    id: UUID
    encounter_id: UUID
    service_date: date | None
    patient_name: str
    payer_name: str
    control_number: str
    state: ClaimState
    charge: Money
    file_by: date


@dataclass(frozen=True, slots=True)
class StateSum:
    """How many claims are in a state, and what was charged on them."""

    state: ClaimState
    count: int
    charge: Money


@dataclass(frozen=True, slots=True, repr=False)
class OwnStatement:
    """A statement to a patient of the practice."""

    id: UUID
    number: str
    statement_date: date
    patient_name: str
    balance: Money
    state: StatementState


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report that was mailed to the practice."""

    id: UUID
    created_at: datetime
    sent_at: datetime | None
    state: MessageState


def count_claims_by_state(session: Session, client_id: UUID) -> list[StateSum]:
    """Count the claims of a practice by state, and add up their charges."""
    statement = (
        select_columns(col(Claim.state), func.count(), func.sum(Claim.charge_total))
        .where(col(Claim.client_id) == client_id)
        .group_by(col(Claim.state))
    )
    found = {
        ClaimState(state): StateSum(ClaimState(state), count, charge)
        for state, count, charge in session.execute(statement)
    }
    return [found[state] for state in ClaimState if state in found]


def list_own_claims(
    session: Session,
    client_id: UUID,
    *,
    state: ClaimState | None,
    after: UUID | None = None,
    limit: int,
) -> list[OwnClaim]:
    """List claims, the newest first, from the one after ``after`` on; ids grow with time."""
    statement = (
        select_columns(
            col(Claim.id),
            col(Claim.encounter_id),
            col(Encounter.service_date),
            col(Patient.last_name),
            col(Patient.first_name),
            col(Payer.name),
            col(Claim.control_number),
            col(Claim.state),
            col(Claim.charge_total),
            col(Claim.file_by),
        )
        .join(
            Encounter,
            (col(Encounter.client_id) == client_id) & (col(Encounter.id) == Claim.encounter_id),
        )
        .join(Payer, (col(Payer.client_id) == client_id) & (col(Payer.id) == Claim.payer_id))
        .outerjoin(
            Patient,
            (col(Patient.client_id) == client_id) & (col(Patient.id) == Encounter.patient_id),
        )
        .where(col(Claim.client_id) == client_id)
        .order_by(col(Claim.id).desc())
        .limit(limit)
    )
    if state is not None:
        statement = statement.where(col(Claim.state) == state)
    if after is not None:
        statement = statement.where(col(Claim.id) < after)
    return [
        OwnClaim(
            id=row[0],
            encounter_id=row[1],
            service_date=row[2],
            patient_name=f"{row[3]}, {row[4]}" if row[3] else "",
            payer_name=row[5],
            control_number=row[6],
            state=ClaimState(row[7]),
            charge=row[8],
            file_by=row[9],
        )
        for row in session.execute(statement)
    ]


def find_work_due(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> dict[UUID, datetime]:
    """Map claims to when the open work about them is due, the earliest."""
    statement = (
        select_columns(col(WorkItem.subject_id), func.min(WorkItem.due_at))
        .where(
            col(WorkItem.client_id) == client_id,
            col(WorkItem.state) == WorkItemState.OPEN,
            col(WorkItem.subject_kind) == "claim",
            col(WorkItem.subject_id).in_(claim_ids),
        )
        .group_by(col(WorkItem.subject_id))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def find_denials_due(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> dict[UUID, date]:
    """Map claims to when their denials that somebody must work are due, the earliest."""
    statement = (
        select_columns(col(Denial.claim_id), func.min(Denial.due_on))
        .where(
            col(Denial.client_id) == client_id,
            col(Denial.state).in_(AWAITING),
            col(Denial.claim_id).in_(claim_ids),
        )
        .group_by(col(Denial.claim_id))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def list_own_statements(
    session: Session, client_id: UUID, *, after: UUID | None = None, limit: int
) -> list[OwnStatement]:
    """List the statements to patients, the newest first; drafts that never left are left out."""
    statement = (
        select(Statement, Patient.last_name, Patient.first_name)
        .join(
            Patient,
            (col(Patient.client_id) == client_id) & (col(Patient.id) == Statement.patient_id),
        )
        .where(Statement.client_id == client_id, Statement.state != StatementState.DRAFTED)
        .order_by(col(Statement.id).desc())
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(col(Statement.id) < after)
    return [
        OwnStatement(
            id=row.id,
            number=row.number,
            statement_date=row.statement_date,
            patient_name=f"{last_name}, {first_name}",
            balance=row.balance,
            state=StatementState(row.state),
        )
        for row, last_name, first_name in session.exec(statement)
    ]


def list_own_reports(session: Session, client_id: UUID, *, limit: int) -> list[OwnReport]:
    """List the reports that were made for the practice, the newest first."""
    rows = session.exec(
        select(Message.id, Message.created_at, Message.sent_at, Message.state)
        .where(Message.client_id == client_id, Message.kind == REPORT)
        .order_by(col(Message.id).desc())
        .limit(limit)
    )
    return [OwnReport(row[0], row[1], row[2], MessageState(row[3])) for row in rows]


def get_report_mail(session: Session, client_id: UUID, message_id: UUID) -> bytes:
    """Load the mail of a report; its PDF is inside.

    Raises:
        NotFoundError: this practice has no such report.
    """
    content = session.exec(
        select(Message.content).where(
            Message.client_id == client_id, Message.id == message_id, Message.kind == REPORT
        )
    ).one_or_none()
    if content is None:
        msg = f"no report {message_id}"
        raise NotFoundError(msg)
    return content
