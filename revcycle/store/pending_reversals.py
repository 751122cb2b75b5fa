"""Queries on reversals that came before what they take back."""

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import exists, update
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.documents.posting import PendingReversal, PostingOutcome, UnownedDecision
from models.tables import (
    Remittance,
    RemittanceAdjustment,
    RemittanceClaimRow,
    RemittanceLineRow,
)
from models.values.money import Money
from revcycle.store.ledger import in_chunks

REVERSAL = "22"


def list_pending_reversals(
    session: Session, client_id: UUID, claim_ids: Collection[UUID]
) -> list[PendingReversal]:
    """List the reversals of claims that took nothing back yet, oldest first."""
    return [
        PendingReversal(
            row.id,
            row.remittance_id,
            row.ordinal,
            claim_id,
            row.charge,
            row.paid,
            remittance.payment_date,
        )
        for ids in in_chunks(claim_ids)
        for row, remittance in session.exec(
            select(RemittanceClaimRow, Remittance)
            .join(
                Remittance,
                (col(Remittance.client_id) == client_id)
                & (col(Remittance.id) == RemittanceClaimRow.remittance_id),
            )
            .where(
                RemittanceClaimRow.client_id == client_id,
                RemittanceClaimRow.status == REVERSAL,
                RemittanceClaimRow.outcome == PostingOutcome.UNAPPLIED,
                col(RemittanceClaimRow.claim_id).in_(ids),
            )
            .order_by(col(RemittanceClaimRow.id))
        )
        if (claim_id := row.claim_id) is not None
    ]


def list_unowned(
    session: Session, client_id: UUID, *, payer_trace_id: str, numbers: Collection[str]
) -> list[UnownedDecision]:
    """List what a payer said of claims that are none of ours, oldest first, by their numbers.

    What was taken back, or takes something back, is left out.
    """
    reversing = aliased(RemittanceClaimRow)
    taken_back = exists().where(
        col(reversing.client_id) == client_id,
        col(reversing.reverses_id) == col(RemittanceClaimRow.id),
    )
    return [
        _unowned(row, remittance)
        for chunk in in_chunks(numbers)
        for row, remittance in session.exec(
            select(RemittanceClaimRow, Remittance)
            .join(
                Remittance,
                (col(Remittance.client_id) == client_id)
                & (col(Remittance.id) == RemittanceClaimRow.remittance_id),
            )
            .where(
                RemittanceClaimRow.client_id == client_id,
                Remittance.payer_trace_id == payer_trace_id,
                col(RemittanceClaimRow.claim_control_number).in_(chunk),
                col(RemittanceClaimRow.claim_id).is_(None),
                RemittanceClaimRow.outcome == PostingOutcome.UNAPPLIED,
                ~taken_back,
            )
            .order_by(col(RemittanceClaimRow.id))
        )
    ]


def find_reversal_of(
    session: Session, client_id: UUID, remittance_claim_id: UUID
) -> UnownedDecision | None:
    """Find what took a decision back; None while it stands."""
    found = session.exec(
        select(RemittanceClaimRow, Remittance)
        .join(
            Remittance,
            (col(Remittance.client_id) == client_id)
            & (col(Remittance.id) == RemittanceClaimRow.remittance_id),
        )
        .where(
            RemittanceClaimRow.client_id == client_id,
            RemittanceClaimRow.reverses_id == remittance_claim_id,
        )
    ).one_or_none()
    return None if found is None else _unowned(*found)


def _unowned(row: RemittanceClaimRow, remittance: Remittance) -> UnownedDecision:
    return UnownedDecision(
        row.id,
        row.remittance_id,
        row.ordinal,
        row.claim_control_number,
        row.status == REVERSAL,
        row.charge,
        row.paid,
        remittance.payment_date,
    )


def adjustments_of_decisions(
    session: Session, client_id: UUID, remittance_claim_ids: Collection[UUID]
) -> dict[UUID, Counter[tuple[str, str, Money]]]:
    """Count group, reason and amount of every adjustment of claims of remittances."""
    found: dict[UUID, Counter[tuple[str, str, Money]]] = {}
    for ids in in_chunks(remittance_claim_ids):
        statement = (
            select_columns(
                col(RemittanceLineRow.remittance_claim_id),
                col(RemittanceAdjustment.group),
                col(RemittanceAdjustment.reason),
                col(RemittanceAdjustment.amount),
            )
            .join(
                RemittanceAdjustment,
                (col(RemittanceAdjustment.client_id) == client_id)
                & (col(RemittanceAdjustment.remittance_line_id) == RemittanceLineRow.id),
            )
            .where(
                col(RemittanceLineRow.client_id) == client_id,
                col(RemittanceLineRow.remittance_claim_id).in_(ids),
            )
        )
        for decision_id, group, reason, amount in session.execute(statement):
            found.setdefault(decision_id, Counter())[group, reason, amount] += 1
    return found


def settle_pending_reversal(
    session: Session, client_id: UUID, reversal_id: UUID, original_id: UUID
) -> None:
    """Write down which decision a reversal that waited takes back."""
    session.execute(
        update(RemittanceClaimRow)
        .where(
            col(RemittanceClaimRow.client_id) == client_id,
            col(RemittanceClaimRow.id) == reversal_id,
        )
        .values(outcome=PostingOutcome.REVERSED, reverses_id=original_id)
    )
