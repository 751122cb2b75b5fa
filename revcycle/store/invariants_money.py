"""Queries that count what must always hold of the books. They return ids, never people."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final
from uuid import UUID

from sqlalchemy import Select, func, or_
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.documents.ledger import EntryKind
from models.states.denial import UNRESOLVED_DENIAL_STATES
from models.states.work_item import WorkItemState
from models.tables import (
    Charge,
    Denial,
    LedgerEntry,
    Posting,
    ProviderAdjustmentRow,
    Remittance,
    RemittanceClaimRow,
    WorkItem,
)
from models.values.accounts import RECEIVABLES, Account
from models.values.money import ZERO, Money

Violations = tuple[int, tuple[str, ...]]
"""How many records were checked, and which of them are wrong."""
Fact = tuple[str, str, str, int]
# The books of a practice are checked again and again; building what to ask took longer than asking.
PRACTICES_KEPT: Final = 32


def unbalanced_entries(session: Session, client_id: UUID) -> Violations:
    """Entries whose postings do not sum to zero, that have none, or one of zero."""
    checked = session.exec(
        select(func.count()).select_from(LedgerEntry).where(LedgerEntry.client_id == client_id)
    ).one()
    return checked, _ids(session, _unbalanced(client_id))


@lru_cache(PRACTICES_KEPT)
def _unbalanced(client_id: UUID) -> Select[UUID]:
    return (
        select_columns(col(LedgerEntry.id))
        .outerjoin(
            Posting,
            (col(Posting.client_id) == client_id)
            & (col(Posting.ledger_entry_id) == LedgerEntry.id),
        )
        .where(col(LedgerEntry.client_id) == client_id)
        .group_by(col(LedgerEntry.id))
        .having(
            or_(
                func.sum(Posting.amount) != ZERO,
                func.count(col(Posting.id)) == 0,
                func.count(col(Posting.id)).filter(col(Posting.amount) == ZERO) > 0,
            )
        )
    )


def open_sums_of_charges(session: Session, client_id: UUID) -> Violations:
    """Charges whose postings, receipts and receivables included, do not sum to zero."""
    return _count_charges(session, client_id), _ids(session, _open_charges(client_id))


def charges_unlike_books(session: Session, client_id: UUID) -> Violations:
    """Charges booked with another amount than they have."""
    return _count_charges(session, client_id), _ids(session, _misbooked(client_id))


@lru_cache(PRACTICES_KEPT)
def _misbooked(client_id: UUID) -> Select[UUID]:
    booked = (
        select_columns(col(Posting.charge_id), func.sum(Posting.amount).label("booked"))
        .where(col(Posting.client_id) == client_id, col(Posting.account) == Account.CHARGES)
        .group_by(col(Posting.charge_id))
        .subquery()
    )
    return (
        select_columns(col(Charge.id))
        .join(booked, booked.c.charge_id == col(Charge.id))
        .where(col(Charge.client_id) == client_id, booked.c.booked != -col(Charge.amount))
    )


def negative_receivables(session: Session, client_id: UUID) -> Violations:
    """Receivables of a charge that stand below zero."""
    wrong = session.execute(_negative(client_id)).all()
    checked = len(session.execute(_receivables(client_id)).all())
    return checked, tuple(f"{charge_id}:{account}" for charge_id, account in wrong)


@lru_cache(PRACTICES_KEPT)
def _negative(client_id: UUID) -> Select[UUID | None, Account]:
    return _receivables(client_id).having(func.sum(Posting.amount) < ZERO)


@lru_cache(PRACTICES_KEPT)
def _receivables(client_id: UUID) -> Select[UUID | None, Account]:
    return (
        select_columns(col(Posting.charge_id), col(Posting.account))
        .where(
            col(Posting.client_id) == client_id,
            col(Posting.charge_id).is_not(None),
            col(Posting.account).in_(RECEIVABLES),
        )
        .group_by(col(Posting.charge_id), col(Posting.account))
    )


def unworked_denied_money(session: Session, client_id: UUID) -> Violations:
    """Charges whose denied receivable is not what their unresolved denials say."""
    booked = _sums(session, _denied_books(client_id))
    unresolved = _sums(session, _unresolved(client_id))
    charge_ids = booked.keys() | unresolved.keys()
    return len(charge_ids), tuple(
        sorted(
            str(charge_id)
            for charge_id in charge_ids
            if booked.get(charge_id, ZERO) != unresolved.get(charge_id, ZERO)
        )
    )


def remittances_unlike_payment(session: Session, client_id: UUID) -> Violations:
    """Remittances whose claims less provider adjustments are not the payment."""
    return _compare_payments(session, client_id, _explained)


def remittances_unlike_books(session: Session, client_id: UUID) -> Violations:
    """Remittances whose postings to the clearing account are not the payment."""
    return _compare_payments(session, client_id, _cleared)


def repeated_traces(session: Session, client_id: UUID) -> Violations:
    """Traces that were posted more than once."""
    keys = (col(Remittance.payer_trace_id), col(Remittance.trace_number))
    statement = (
        select_columns(*keys, func.count())
        .where(col(Remittance.client_id) == client_id)
        .group_by(*keys)
    )
    counts = session.execute(statement).all()
    repeated = tuple(f"{payer}:{number}" for payer, number, count in counts if count > 1)
    return sum(count for _, _, count in counts), repeated


def reversals(session: Session, client_id: UUID) -> dict[UUID, UUID]:
    """Map reversing entries to what they reverse."""
    rows = session.exec(
        select(LedgerEntry.id, LedgerEntry.reverses_id).where(
            LedgerEntry.client_id == client_id, col(LedgerEntry.reverses_id).is_not(None)
        )
    ).all()
    return {entry_id: reversed_id for entry_id, reversed_id in rows if reversed_id}


def inexact_reversals(session: Session, client_id: UUID) -> Violations:
    """Reversals that are not the negation of one entry, posting by posting, or not the only one."""
    pairs = reversals(session, client_id)
    facts = _facts(session, client_id)
    seen: set[UUID] = set()
    wrong = []
    for entry_id, reversed_id in pairs.items():
        negated = sorted((*fact[:3], -fact[3]) for fact in facts.get(entry_id, []))
        if reversed_id in seen or negated != sorted(facts.get(reversed_id, [])):
            wrong.append(str(entry_id))
        seen.add(reversed_id)
    return len(pairs), tuple(sorted(wrong))


def repeated_causes(session: Session, client_id: UUID) -> Violations:
    """Causes with more than one open work item."""
    statement = (
        select_columns(col(WorkItem.cause_key), func.count())
        .where(col(WorkItem.client_id) == client_id, col(WorkItem.state) == WorkItemState.OPEN)
        .group_by(col(WorkItem.cause_key))
    )
    counts = session.execute(statement).all()
    return len(counts), tuple(cause for cause, count in counts if count > 1)


def _ids(session: Session, statement: Select[UUID] | Select[UUID | None]) -> tuple[str, ...]:
    return tuple(sorted(str(found) for found in session.execute(statement).scalars()))


@lru_cache(PRACTICES_KEPT)
def _open_charges(client_id: UUID) -> Select[UUID | None]:
    return _by_charge(client_id).having(func.sum(Posting.amount) != ZERO)


@lru_cache(PRACTICES_KEPT)
def _by_charge(client_id: UUID) -> Select[UUID | None]:
    return (
        select_columns(col(Posting.charge_id))
        .where(col(Posting.client_id) == client_id, col(Posting.charge_id).is_not(None))
        .group_by(col(Posting.charge_id))
    )


def _count_charges(session: Session, client_id: UUID) -> int:
    return len(session.execute(_by_charge(client_id)).all())


def _sums(session: Session, statement: Select[UUID | None, Money]) -> dict[UUID, Money]:
    return {key: amount for key, amount in session.execute(statement) if key and amount}


@lru_cache(PRACTICES_KEPT)
def _denied_books(client_id: UUID) -> Select[UUID | None, Money]:
    return (
        select_columns(col(Posting.charge_id), func.sum(Posting.amount))
        .where(col(Posting.client_id) == client_id, col(Posting.account) == Account.AR_DENIED)
        .group_by(col(Posting.charge_id))
    )


@lru_cache(PRACTICES_KEPT)
def _unresolved(client_id: UUID) -> Select[UUID, Money]:
    return (
        select_columns(col(Denial.charge_id), func.sum(Denial.amount))
        .where(col(Denial.client_id) == client_id, col(Denial.state).in_(UNRESOLVED_DENIAL_STATES))
        .group_by(col(Denial.charge_id))
    )


def _compare_payments(
    session: Session, client_id: UUID, figure: Callable[[Session, UUID], dict[UUID, Money]]
) -> Violations:
    figures = figure(session, client_id)
    payments = session.exec(select(Remittance).where(Remittance.client_id == client_id)).all()
    wrong = [str(row.id) for row in payments if figures.get(row.id, ZERO) != row.amount]
    return len(payments), tuple(sorted(wrong))


def _explained(session: Session, client_id: UUID) -> dict[UUID, Money]:
    claims = _sums(session, _paid_on_claims(client_id))
    outside = _sums(session, _outside_claims(client_id))
    return {
        remittance_id: claims.get(remittance_id, ZERO) - outside.get(remittance_id, ZERO)
        for remittance_id in claims.keys() | outside.keys()
    }


@lru_cache(PRACTICES_KEPT)
def _paid_on_claims(client_id: UUID) -> Select[UUID, Money]:
    return (
        select_columns(col(RemittanceClaimRow.remittance_id), func.sum(RemittanceClaimRow.paid))
        .where(col(RemittanceClaimRow.client_id) == client_id)
        .group_by(col(RemittanceClaimRow.remittance_id))
    )


@lru_cache(PRACTICES_KEPT)
def _outside_claims(client_id: UUID) -> Select[UUID, Money]:
    return (
        select_columns(
            col(ProviderAdjustmentRow.remittance_id), func.sum(ProviderAdjustmentRow.amount)
        )
        .where(col(ProviderAdjustmentRow.client_id) == client_id)
        .group_by(col(ProviderAdjustmentRow.remittance_id))
    )


def _cleared(session: Session, client_id: UUID) -> dict[UUID, Money]:
    """Add up what remittances explain; deposits, and what took them back, are left out."""
    return _sums(session, _on_clearing(client_id))


@lru_cache(PRACTICES_KEPT)
def _on_clearing(client_id: UUID) -> Select[UUID | None, Money]:
    reversed_entry = aliased(LedgerEntry)
    return (
        select_columns(col(Posting.remittance_id), func.sum(Posting.amount))
        .join(
            LedgerEntry,
            (col(LedgerEntry.client_id) == client_id)
            & (col(LedgerEntry.id) == Posting.ledger_entry_id),
        )
        .outerjoin(
            reversed_entry,
            (col(reversed_entry.client_id) == client_id)
            & (col(reversed_entry.id) == LedgerEntry.reverses_id),
        )
        .where(
            col(Posting.client_id) == client_id,
            col(Posting.account) == Account.REMITTANCE_CLEARING,
            col(LedgerEntry.kind) != EntryKind.BANK_DEPOSIT,
            or_(
                col(reversed_entry.kind).is_(None),
                col(reversed_entry.kind) != EntryKind.BANK_DEPOSIT,
            ),
        )
        .group_by(col(Posting.remittance_id))
    )


def _facts(session: Session, client_id: UUID) -> dict[UUID, list[Fact]]:
    """Picture the postings of reversing and reversed entries, but not their remittances."""
    facts: dict[UUID, set[tuple[UUID, Fact]]] = {}
    for posting in session.exec(_of_reversals(client_id)):
        subject = f"{posting.patient_id}:{posting.charge_id}:{posting.claim_id}"
        reason = f"{posting.group}:{posting.reason}:{posting.reference}"
        fact = (str(posting.account), subject, reason, posting.amount.cents)
        facts.setdefault(posting.ledger_entry_id, set()).add((posting.id, fact))
    return {entry_id: [fact for _, fact in found] for entry_id, found in facts.items()}


@lru_cache(PRACTICES_KEPT)
def _of_reversals(client_id: UUID) -> SelectOfScalar[Posting]:
    reversing = aliased(LedgerEntry)
    return (
        select(Posting)
        .join(
            reversing,
            (col(reversing.client_id) == client_id)
            & or_(
                col(reversing.id) == Posting.ledger_entry_id,
                col(reversing.reverses_id) == Posting.ledger_entry_id,
            ),
        )
        .where(Posting.client_id == client_id, col(reversing.reverses_id).is_not(None))
    )
