"""Queries that count what must always hold of money whose owner is not known."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import exists
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.documents.ledger import EntryKind
from models.documents.posting import PostingOutcome
from models.states.refund import RefundState
from models.tables import LedgerEntry, Posting, Refund, RemittanceClaimRow
from models.values.accounts import Account
from models.values.money import ZERO, Money

Violations = tuple[int, tuple[str, ...]]
Place = tuple[str, str]  # a remittance and the ordinal of its claim, as source keys write them
WHOLE_CLAIM = "0"


def unapplied_unlike_books(session: Session, client_id: UUID) -> Violations:
    """Claims of remittances whose unapplied money in the books is not what waits for an owner.

    What was refunded to the payer waits for nobody, and must have left the books as unapplied.
    """
    kept = _kept(session, client_id)
    refunded = _refunded(session, client_id)
    rows = session.exec(
        select(RemittanceClaimRow).where(RemittanceClaimRow.client_id == client_id)
    ).all()
    taken_back = {row.reverses_id for row in rows}
    wrong = []
    for row in rows:
        waits = row.outcome == PostingOutcome.UNAPPLIED and row.id not in taken_back
        paid_back, booked = refunded.get(row.id, (ZERO, ZERO))
        expected = row.paid - paid_back if waits else ZERO
        if kept.get((str(row.remittance_id), str(row.ordinal)), ZERO) - booked != expected:
            wrong.append(str(row.id))
    return len(rows), tuple(sorted(wrong))


def _refunded(session: Session, client_id: UUID) -> dict[UUID, tuple[Money, Money]]:
    """Map claims of remittances to what was paid back of them, and what the books say of it."""
    statement = (
        select_columns(col(Refund.id), col(Refund.remittance_claim_id), col(Refund.amount))
        .where(col(Refund.client_id) == client_id, col(Refund.remittance_claim_id).is_not(None))
        .where(col(Refund.state).in_([RefundState.PAID, RefundState.CLEARED]))
    )
    rows = session.execute(statement).all()
    booked_statement = (
        select_columns(col(LedgerEntry.source_key), col(Posting.amount))
        .join(
            Posting,
            (col(Posting.client_id) == client_id)
            & (col(Posting.ledger_entry_id) == col(LedgerEntry.id)),
        )
        .where(
            col(LedgerEntry.client_id) == client_id,
            col(LedgerEntry.kind) == EntryKind.REFUND,
            col(Posting.account) == Account.UNAPPLIED,
        )
    )
    booked = dict(session.execute(booked_statement).all())
    return {
        remittance_claim_id: (amount, booked.get(f"refund:{refund_id}", ZERO))
        for refund_id, remittance_claim_id, amount in rows
    }


def _kept(session: Session, client_id: UUID) -> dict[Place, Money]:
    """Add up what stands in the books for whole claims, by the keys of their entries."""
    reversing = aliased(LedgerEntry)
    taken_back = exists().where(
        col(reversing.client_id) == client_id, col(reversing.reverses_id) == col(LedgerEntry.id)
    )
    statement = (
        select_columns(col(LedgerEntry.source_key), col(Posting.amount))
        .join(
            Posting,
            (col(Posting.client_id) == client_id)
            & (col(Posting.ledger_entry_id) == col(LedgerEntry.id)),
        )
        .where(
            col(LedgerEntry.client_id) == client_id,
            col(LedgerEntry.kind) == EntryKind.UNAPPLIED,
            col(Posting.account) == Account.UNAPPLIED,
            ~taken_back,
        )
    )
    kept: dict[Place, Money] = defaultdict(lambda: ZERO)
    for source_key, amount in session.execute(statement):
        _, remittance_id, ordinal, line = source_key.split(":")[:4]
        if line == WHOLE_CLAIM:
            kept[remittance_id, ordinal] -= amount
    return kept
