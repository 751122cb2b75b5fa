"""Queries of the checks on statements and messages: what breaks a promise, by id."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.states.statement import MessageEvent, MessageState, StatementState
from models.tables import Charge, Message, Posting, StateChange, Statement, StatementLineRow
from models.values.accounts import Account
from models.values.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class LineBalance:
    """A line as it was drafted, and the books of that moment."""

    line_id: UUID
    statement_id: UUID
    drafted: Money
    booked: Money


def count_statements(session: Session, client_id: UUID) -> int:
    """Count all statements."""
    return session.exec(
        select(func.count()).select_from(Statement).where(Statement.client_id == client_id)
    ).one()


def list_repeated_periods(session: Session, client_id: UUID) -> list[str]:
    """List account and period of statements that were made twice and not cancelled.

    Statements of an account that was joined with another since were made for that account.
    """
    account = func.coalesce(col(Statement.joined_from_id), col(Statement.patient_id))
    statement = (
        select_columns(account, col(Statement.period))
        .where(
            col(Statement.client_id) == client_id,
            col(Statement.state) != StatementState.CANCELLED,
        )
        .group_by(account, col(Statement.period))
        .having(func.count() > 1)
    )
    return [f"{patient_id}/{period}" for patient_id, period in session.execute(statement)]


def list_totals(session: Session, client_id: UUID) -> list[tuple[UUID, Money, Money]]:
    """List every statement with its balance and the sum of its lines."""
    statement = (
        select_columns(
            col(Statement.id), col(Statement.balance), func.sum(StatementLineRow.balance)
        )
        .select_from(Statement)
        .outerjoin(
            StatementLineRow,
            (col(StatementLineRow.client_id) == col(Statement.client_id))
            & (col(StatementLineRow.statement_id) == col(Statement.id)),
        )
        .where(col(Statement.client_id) == client_id)
        .group_by(col(Statement.id), col(Statement.balance))
    )
    return [(row[0], row[1], row[2] or ZERO) for row in session.execute(statement)]


def list_line_balances(session: Session, client_id: UUID) -> list[LineBalance]:
    """List every line beside the patient's receivable of its encounter at the draft.

    Ids rise with time, so the postings with a lower id than the statement are those the draft saw.
    """
    booked = func.sum(Posting.amount).filter(
        col(Posting.account) == Account.AR_PATIENT,
        col(Posting.id) < col(StatementLineRow.statement_id),
    )
    statement = (
        select_columns(
            col(StatementLineRow.id),
            col(StatementLineRow.statement_id),
            col(StatementLineRow.balance),
            booked,
        )
        .select_from(StatementLineRow)
        .outerjoin(
            Charge,
            (col(Charge.client_id) == col(StatementLineRow.client_id))
            & (col(Charge.encounter_id) == col(StatementLineRow.encounter_id)),
        )
        .outerjoin(
            Posting,
            (col(Posting.client_id) == col(Charge.client_id))
            & (col(Posting.charge_id) == col(Charge.id)),
        )
        .where(col(StatementLineRow.client_id) == client_id)
        .group_by(
            col(StatementLineRow.id),
            col(StatementLineRow.statement_id),
            col(StatementLineRow.balance),
        )
    )
    return [
        LineBalance(row[0], row[1], row[2], row[3] or ZERO) for row in session.execute(statement)
    ]


def count_messages(session: Session, client_id: UUID) -> int:
    """Count all mails."""
    return session.exec(
        select(func.count()).select_from(Message).where(Message.client_id == client_id)
    ).one()


def list_taken_after_receipt(session: Session, client_id: UUID) -> list[UUID]:
    """List the mails that were taken, or confirmed, again after the server took them over."""
    earlier = aliased(StateChange)
    receipt = (
        select_columns(col(earlier.id))
        .where(
            col(earlier.client_id) == client_id,
            col(earlier.noun) == "message",
            col(earlier.event) == MessageEvent.CONFIRM,
            col(earlier.subject_id) == col(StateChange.subject_id),
            col(earlier.id) < col(StateChange.id),
        )
        .exists()
    )
    statement = select(StateChange.subject_id).where(
        StateChange.client_id == client_id,
        StateChange.noun == "message",
        col(StateChange.event).in_((MessageEvent.TAKE, MessageEvent.CONFIRM)),
        receipt,
    )
    return list(session.exec(statement.distinct()).all())


def list_sent_without_receipt(session: Session, client_id: UUID) -> list[UUID]:
    """List the mails whose state and time of sending contradict each other."""
    is_sent = col(Message.state) == MessageState.SENT
    statement = select(Message.id).where(
        Message.client_id == client_id, is_sent != col(Message.sent_at).is_not(None)
    )
    return list(session.exec(statement).all())


def list_released_without_message(session: Session, client_id: UUID) -> list[UUID]:
    """List released statements without exactly one mail, and others that have any."""
    statement = (
        select_columns(col(Statement.id), col(Statement.state), func.count(col(Message.id)))
        .select_from(Statement)
        .outerjoin(
            Message,
            (col(Message.client_id) == col(Statement.client_id))
            & (col(Message.statement_id) == col(Statement.id)),
        )
        .where(col(Statement.client_id) == client_id)
        .group_by(col(Statement.id), col(Statement.state))
    )
    return [
        statement_id
        for statement_id, state, messages in session.execute(statement)
        if messages != (1 if state == StatementState.RELEASED else 0)
    ]
