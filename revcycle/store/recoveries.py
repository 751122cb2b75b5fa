"""Queries on what payers take back: the sub-ledgers, and what they paid for a claim."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.posting import PaidCharge
from models.tables import Claim, ClaimVersion, LedgerEntry, Posting, Remittance
from models.values.accounts import INSURANCE_RECEIVABLES, Account
from models.values.money import ZERO, Money

LETTERS: Final = ("recoup:", "reversal:recoup:")  # how keys of entries about letters begin


@dataclass(frozen=True, slots=True)
class RecoveryBalance:
    """One sub-ledger of recovered or forwarded money that is not level.

    Attributes:
        payer_trace_id: Who; the first part of the sub-ledger's name.
        reference: The payer's number.
        balance: Below zero the payer has still to take it; above, it took what nobody announced.
        since: The first day on which anything was booked there.
        remittance_id: The latest payment that moved it, if one did.
        posting_id: The latest posting; it names the sub-ledger in addresses, where no number of a
            payer may stand.
    """

    account: Account
    payer_trace_id: str
    reference: str
    balance: Money
    since: date
    remittance_id: UUID | None
    posting_id: UUID


def list_recovery_balances(
    session: Session, client_id: UUID, *, after: UUID | None, limit: int
) -> list[RecoveryBalance]:
    """List the open sub-ledgers of what is taken back and what is forwarded, by name.

    Args:
        session: The open transaction.
        client_id: The practice.
        after: A posting of the last one seen; None at first.
        limit: How many at most.
    """
    key = col(Posting.account) + "|" + col(Posting.reference)
    statement = (
        select_columns(
            col(Posting.account),
            col(Posting.reference),
            func.sum(Posting.amount),
            func.min(LedgerEntry.effective_date),
        )
        .join(
            LedgerEntry,
            (col(LedgerEntry.client_id) == client_id)
            & (col(LedgerEntry.id) == Posting.ledger_entry_id),
        )
        .where(
            col(Posting.client_id) == client_id,
            col(Posting.account).in_([Account.RECOUPMENT_DUE, Account.FORWARD_BALANCE]),
        )
        .group_by(col(Posting.account), col(Posting.reference))
        .having(func.sum(Posting.amount) != ZERO)
        .order_by(key)
        .limit(limit)
    )
    if after is not None:
        last = select_columns(key).where(
            col(Posting.client_id) == client_id, col(Posting.id) == after
        )
        statement = statement.where(key > session.execute(last).scalar_one_or_none())
    rows = session.execute(statement).all()
    latest = _latest_moves(session, client_id, [reference for _, reference, _, _ in rows])
    return [
        RecoveryBalance(
            Account(account),
            *_parted(reference),
            balance,
            since,
            *latest[account, reference],
        )
        for account, reference, balance, since in rows
    ]


def find_claim_by_number(session: Session, client_id: UUID, number: str) -> UUID | None:
    """Find a claim of ours by a number that we sent, of any version."""
    of_version = session.exec(
        select(ClaimVersion.claim_id).where(
            ClaimVersion.client_id == client_id, ClaimVersion.control_number == number
        )
    ).first()
    if of_version is not None:
        return of_version
    return session.exec(
        select(Claim.id).where(Claim.client_id == client_id, Claim.control_number == number)
    ).first()


def payer_trace_of(session: Session, client_id: UUID, remittance_id: UUID) -> str:
    """Return who made a payment, as TRN03 names it."""
    return session.exec(
        select(Remittance.payer_trace_id).where(
            Remittance.client_id == client_id, Remittance.id == remittance_id
        )
    ).one()


def paid_by_charge(session: Session, client_id: UUID, claim_id: UUID) -> list[PaidCharge]:
    """Add up per charge what payers paid for a claim, less what is announced to be taken back."""
    by_letter = or_(*(col(LedgerEntry.source_key).startswith(key) for key in LETTERS))
    taken = col(Posting.account).in_(INSURANCE_RECEIVABLES) & by_letter
    paid = col(Posting.account) == Account.REMITTANCE_CLEARING
    statement = (
        select_columns(
            col(Posting.charge_id),
            func.sum(Posting.amount).filter(paid),
            func.sum(Posting.amount).filter(taken),
        )
        .join(
            LedgerEntry,
            (col(LedgerEntry.client_id) == client_id)
            & (col(LedgerEntry.id) == Posting.ledger_entry_id),
        )
        .where(
            col(Posting.client_id) == client_id,
            col(Posting.claim_id) == claim_id,
            col(Posting.charge_id).is_not(None),
        )
        .group_by(col(Posting.charge_id))
        .order_by(col(Posting.charge_id))
    )
    return [
        PaidCharge(charge_id, (received or ZERO) - (announced or ZERO))
        for charge_id, received, announced in session.execute(statement)
        if charge_id is not None
    ]


def _latest_moves(
    session: Session, client_id: UUID, references: Sequence[str]
) -> dict[tuple[str, str], tuple[UUID | None, UUID]]:
    """Find the payment that moved each sub-ledger last, and its last posting; ids grow."""
    statement = (
        select_columns(
            col(Posting.account),
            col(Posting.reference),
            col(Posting.remittance_id),
            col(Posting.id),
        )
        .where(
            col(Posting.client_id) == client_id,
            col(Posting.account).in_([Account.RECOUPMENT_DUE, Account.FORWARD_BALANCE]),
            col(Posting.reference).in_(references),
        )
        .order_by(col(Posting.id))
    )
    found: dict[tuple[str, str], tuple[UUID | None, UUID]] = {}
    for account, reference, remittance_id, posting_id in session.execute(statement):
        payment, _ = found.get((account, reference), (None, posting_id))
        found[account, reference] = (remittance_id or payment, posting_id)
    return found


def _parted(reference: str) -> tuple[str, str]:
    payer_trace_id, _, number = reference.partition(":")
    return payer_trace_id, number
