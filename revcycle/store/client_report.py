"""Counts of what happened at a practice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.client_report import StateCount
from models.states.claim import ClaimEvent
from models.states.statement import MessageState
from models.tables import Claim, Client, Encounter, LedgerEntry, Message, Posting, StateChange
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.store.state_changes import CREATED


@dataclass(frozen=True, slots=True)
class Window:
    """From an instant, that instant included, to another, that one excluded; None is open."""

    start: datetime | None
    end: datetime | None


def get_time_zone(session: Session, client_id: UUID) -> str:
    """Return the name of the practice's time zone."""
    return session.exec(select(Client.time_zone).where(Client.id == client_id)).one()


def count_encounters_received(session: Session, client_id: UUID, window: Window) -> int:
    """Count encounters made from intake in the window."""
    return _count_subjects(session, client_id, "encounter", window).get(CREATED, 0)


def count_claims_by_event(
    session: Session, client_id: UUID, window: Window
) -> dict[ClaimEvent, int]:
    """Count claims to which each event happened at least once in the window."""
    counts = _count_subjects(session, client_id, "claim", window)
    return {event: counts.get(event, 0) for event in ClaimEvent}


def count_messages_sent(session: Session, client_id: UUID, window: Window) -> dict[str, int]:
    """Count mails that the server took over in the window, by kind."""
    statement = select(Message.kind, func.count()).where(
        Message.client_id == client_id,
        Message.state == MessageState.SENT,
        *_within(col(Message.sent_at), window),
    )
    return dict(session.exec(statement.group_by(col(Message.kind))).all())


def sum_of_charges(session: Session, client_id: UUID, window: Window) -> dict[Account, Money]:
    """Add up what was posted in the window about charges; every account has its sum.

    Deposits, prepayments and a payer's take-backs, which are about no charge, are left out.
    """
    statement = (
        select(Posting.account, func.sum(Posting.amount))
        .join(
            LedgerEntry,
            (col(LedgerEntry.client_id) == col(Posting.client_id))
            & (col(LedgerEntry.id) == col(Posting.ledger_entry_id)),
        )
        .where(
            Posting.client_id == client_id,
            col(Posting.charge_id).is_not(None),
            *_within(col(LedgerEntry.posted_at), window),
        )
    )
    return _sums(session, statement)


def sum_by_account(session: Session, client_id: UUID) -> dict[Account, Money]:
    """Add up everything ever posted; every account has its sum."""
    statement = select(Posting.account, func.sum(Posting.amount))
    return _sums(session, statement.where(Posting.client_id == client_id))


def count_encounters_by_state(session: Session, client_id: UUID) -> tuple[StateCount, ...]:
    """Count encounters by their present state; states with none are left out."""
    return _count_states(session, client_id, Encounter)


def count_claims_by_state(session: Session, client_id: UUID) -> tuple[StateCount, ...]:
    """Count claims by their present state; states with none are left out."""
    return _count_states(session, client_id, Claim)


def _sums(session: Session, statement: Any) -> dict[Account, Money]:
    rows = session.execute(statement.group_by(col(Posting.account)))
    sums = {Account(account): amount for account, amount in rows}
    return {account: sums.get(account, ZERO) for account in Account}


def _count_states(
    session: Session, client_id: UUID, table: type[Encounter | Claim]
) -> tuple[StateCount, ...]:
    statement = (
        select_columns(col(table.state), func.count())
        .where(col(table.client_id) == client_id)
        .group_by(col(table.state))
        .order_by(col(table.state))
    )
    return tuple(StateCount(str(state), count) for state, count in session.execute(statement))


def _count_subjects(session: Session, client_id: UUID, noun: str, window: Window) -> dict[str, int]:
    statement = (
        select(StateChange.event, func.count(func.distinct(StateChange.subject_id)))
        .where(
            StateChange.client_id == client_id,
            StateChange.noun == noun,
            *_within(col(StateChange.at), window),
        )
        .group_by(col(StateChange.event))
    )
    return dict(session.exec(statement).all())


def _within(column: Any, window: Window) -> list[Any]:
    conditions = []
    if window.start is not None:
        conditions.append(column >= window.start)
    if window.end is not None:
        conditions.append(column < window.end)
    return conditions
