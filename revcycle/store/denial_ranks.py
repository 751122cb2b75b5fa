"""Queries by which denials are put in order: what is open, what became of others, what was set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import CursorResult, exists, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.states.denial import DenialState
from models.states.work_item import WorkItemState
from models.tables import (
    Charge,
    Claim,
    Denial,
    LedgerEntry,
    Payer,
    Posting,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaimRow,
    RemittanceLineRow,
    StateChange,
    WorkItem,
)
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.store.ledger import in_chunks

OUTCOMES_READ: Final = 5_000  # the newest; a practice's payers change their habits
RESOLVED: Final = (DenialState.REVERSED, DenialState.CLOSED, DenialState.WRITTEN_OFF)


@dataclass(frozen=True, slots=True)
class OpenDenial:
    """What an open denial is ranked by."""

    id: UUID
    group: str
    reason: str
    remarks: tuple[str, ...]
    amount: Money
    category: str
    procedure_code: str
    payer_key: str
    due_on: date
    decided_on: date
    ranked_priority: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one denial.

    Attributes:
        age_days: From the payer's decision until it was resolved.
    """

    payer_key: str
    category: str
    age_days: int
    is_recovered: bool


@dataclass(frozen=True, slots=True)
class RankToKeep:
    """What the ranking found of one denial."""

    denial_id: UUID
    chance_permille: int
    expected_value: Money
    priority: int
    ranked_before: int | None


def list_open_denials(session: Session, client_id: UUID) -> list[OpenDenial]:
    """List what is open, with what it is ranked by."""
    statement = (
        _with_decision(
            select_columns(
                Denial,
                col(Charge.procedure_code),
                col(Payer.key),
                col(Remittance.payment_date),
            ).select_from(Denial),
            client_id,
        )
        .join(Charge, _own(Charge, client_id, Denial.charge_id))
        .where(col(Denial.client_id) == client_id, col(Denial.state) == DenialState.OPEN)
        .order_by(col(Denial.id))
    )
    return [
        OpenDenial(
            row.id,
            row.group,
            row.reason,
            tuple(one for one in row.remarks.split(":") if one),
            row.amount,
            row.category,
            code,
            key,
            row.due_on,
            paid_on,
            row.ranked_priority,
        )
        for row, code, key, paid_on in session.execute(statement)
    ]


def find_worth(
    session: Session, client_id: UUID, denial_id: UUID
) -> tuple[Money, int, Money] | None:
    """Find balance, chance and expected value of an open denial as last ranked."""
    row = session.execute(
        select_columns(
            col(Denial.amount), col(Denial.chance_permille), col(Denial.expected_value)
        ).where(
            col(Denial.client_id) == client_id,
            col(Denial.id) == denial_id,
            col(Denial.state) == DenialState.OPEN,
            col(Denial.chance_permille).is_not(None),
            col(Denial.expected_value).is_not(None),
        )
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def list_outcomes(session: Session, client_id: UUID) -> list[Outcome]:
    """List what became of the practice's newest resolved denials.

    Recovered is what the payer took back, or a closed denial whose charge was paid by a payer
    after the day of the denial. What was billed to a patient says nothing and is left out.
    """
    paid_later = (
        exists()
        .where(
            col(Posting.client_id) == client_id,
            col(Posting.charge_id) == Denial.charge_id,
            col(Posting.account) == Account.REMITTANCE_CLEARING,
            col(Posting.amount) > ZERO,
            col(LedgerEntry.client_id) == client_id,
            col(LedgerEntry.id) == Posting.ledger_entry_id,
            col(LedgerEntry.effective_date) > Remittance.payment_date,
        )
        .correlate(Denial, Remittance)
    )
    statement = (
        _with_decision(
            select_columns(
                col(Payer.key),
                col(Denial.category),
                col(Denial.state),
                col(Remittance.payment_date),
                col(StateChange.at),
                paid_later,
            ).select_from(Denial),
            client_id,
        )
        .join(
            StateChange,
            (col(StateChange.client_id) == client_id)
            & (col(StateChange.noun) == "denial")
            & (col(StateChange.subject_id) == Denial.id)
            & (col(StateChange.to_state) == Denial.state),
        )
        .where(col(Denial.client_id) == client_id, col(Denial.state).in_(RESOLVED))
        .order_by(col(StateChange.at).desc(), col(Denial.id))
        .limit(OUTCOMES_READ)
    )
    return [
        Outcome(
            key,
            category,
            (at.date() - paid_on).days,
            state == DenialState.REVERSED or (state == DenialState.CLOSED and bool(is_paid)),
        )
        for key, category, state, paid_on, at, is_paid in session.execute(statement)
    ]


def keep_ranks(session: Session, client_id: UUID, ranks: Sequence[RankToKeep]) -> None:
    """Keep what each denial is worth, and what the ranking set."""
    for chunk in in_chunks(ranks):
        session.execute(
            update(Denial),
            [
                {
                    "client_id": client_id,
                    "id": one.denial_id,
                    "chance_permille": one.chance_permille,
                    "expected_value": one.expected_value,
                    "ranked_priority": one.priority,
                }
                for one in chunk
            ],
        )


def set_priorities(
    session: Session, client_id: UUID, ranks: Sequence[RankToKeep], *, unranked: int
) -> int:
    """Give the open items of denials their priority, unless a person chose another.

    Args:
        session: The open transaction.
        client_id: The practice.
        ranks: What was found.
        unranked: The priority of an item that nobody ranked yet.

    Returns:
        How many items moved.
    """
    groups: dict[tuple[int, int], list[str]] = {}
    for one in ranks:
        before = unranked if one.ranked_before is None else one.ranked_before
        if before != one.priority:
            groups.setdefault((before, one.priority), []).append(f"denial:{one.denial_id}")
    moved = 0
    for (before, priority), causes in sorted(groups.items()):
        for chunk in in_chunks(causes):
            moved += _set(session, client_id, chunk, before=before, priority=priority)
    return moved


def _set(
    session: Session, client_id: UUID, causes: Sequence[str], *, before: int, priority: int
) -> int:
    statement = (
        update(WorkItem)
        .where(
            col(WorkItem.client_id) == client_id,
            col(WorkItem.state) == WorkItemState.OPEN,
            col(WorkItem.cause_key).in_(causes),
            col(WorkItem.priority) == before,
        )
        .values(priority=priority)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def _with_decision(statement: Any, client_id: UUID) -> Any:
    """Join the payer and the payment that carried each denial."""
    return (
        statement.join(Claim, _own(Claim, client_id, Denial.claim_id))
        .join(Payer, _own(Payer, client_id, Claim.payer_id))
        .join(
            RemittanceAdjustment,
            _own(RemittanceAdjustment, client_id, Denial.remittance_adjustment_id),
        )
        .join(
            RemittanceLineRow,
            _own(RemittanceLineRow, client_id, RemittanceAdjustment.remittance_line_id),
        )
        .join(
            RemittanceClaimRow,
            _own(RemittanceClaimRow, client_id, RemittanceLineRow.remittance_claim_id),
        )
        .join(Remittance, _own(Remittance, client_id, RemittanceClaimRow.remittance_id))
    )


def _own(table: Any, client_id: UUID, row_id: Any) -> Any:
    """Join the row of the same practice."""
    return (col(table.client_id) == client_id) & (col(table.id) == row_id)
