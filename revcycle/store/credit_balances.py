"""Queries on money of others that stands with us, and since when we know of it."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, true
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlmodel import Session, col, select

from models.documents.patient_money import CreditClock, StandingCredit
from models.states.refund import CreditBalanceState
from models.tables import CreditBalance, LedgerEntry, PatientJoin, Posting
from models.values.accounts import Account
from models.values.money import ZERO
from revcycle.store.joined_patients import PATIENT_NOW, of_duplicate, with_joined
from revcycle.store.ledger import CREDITS, in_chunks

Violations = tuple[int, tuple[str, ...]]


def list_standing_credits(
    session: Session, client_id: UUID, *, patient_id: UUID | None = None
) -> list[StandingCredit]:
    """List what is owed back, of one patient or of the practice; used credits are left out."""
    if patient_id is None:
        return _standing(session, client_id, true())
    accounts = with_joined(session, client_id, [patient_id])
    return _standing(session, client_id, col(Posting.patient_id).in_(accounts))


def find_credits_of_charge(
    session: Session, client_id: UUID, charge_id: UUID
) -> list[StandingCredit]:
    """List what is owed back for one charge."""
    return _standing(session, client_id, col(Posting.charge_id) == charge_id)


def list_clocks(
    session: Session, client_id: UUID, subject_ids: Collection[UUID] | None = None
) -> list[CreditClock]:
    """List the open credits with their clock, the first to be returned first."""
    statement = (
        select(CreditBalance)
        .where(CreditBalance.client_id == client_id, CreditBalance.state == CreditBalanceState.OPEN)
        .order_by(col(CreditBalance.return_by), col(CreditBalance.id))
    )
    if subject_ids is not None:
        statement = statement.where(col(CreditBalance.subject_id).in_(subject_ids))
    return [_clock(row) for row in session.exec(statement)]


def lock_credit_balances(
    session: Session, client_id: UUID, ids: Collection[UUID]
) -> list[CreditBalance]:
    """Load credits whose end is to be written down."""
    return [
        row
        for chunk in in_chunks(ids)
        for row in session.exec(
            select(CreditBalance)
            .where(CreditBalance.client_id == client_id, col(CreditBalance.id).in_(chunk))
            .with_for_update()
        )
    ]


def credits_in_debit(session: Session, client_id: UUID) -> Violations:
    """Credits of a charge, or of a patient and no charge, of which more went out than came in."""
    statement = (
        select_columns(col(Posting.account), col(Posting.charge_id), PATIENT_NOW, _sum())
        .select_from(Posting)
        .outerjoin(PatientJoin, of_duplicate(client_id))
        .where(col(Posting.client_id) == client_id, col(Posting.account).in_(CREDITS))
        .group_by(col(Posting.account), col(Posting.charge_id), PATIENT_NOW)
    )
    rows = session.execute(statement).all()
    wrong = [
        f"{account}:{charge or patient}" for account, charge, patient, sum_ in rows if sum_ > ZERO
    ]
    return len(rows), tuple(sorted(wrong))


def _standing(
    session: Session, client_id: UUID, about: ColumnElement[bool]
) -> list[StandingCredit]:
    statement = (
        select_columns(
            col(Posting.account),
            PATIENT_NOW,
            col(Posting.charge_id),
            col(Posting.reference),
            _sum(),
            func.max(LedgerEntry.effective_date),
        )
        .select_from(Posting)
        .outerjoin(PatientJoin, of_duplicate(client_id))
        .join(
            LedgerEntry,
            (col(LedgerEntry.client_id) == client_id)
            & (col(LedgerEntry.id) == Posting.ledger_entry_id),
        )
        .where(col(Posting.client_id) == client_id, col(Posting.account).in_(CREDITS), about)
        .group_by(
            col(Posting.account),
            PATIENT_NOW,
            col(Posting.charge_id),
            col(Posting.reference),
        )
        .order_by(PATIENT_NOW, col(Posting.charge_id))
    )
    return _add_up(session.execute(statement).all())


def _add_up(rows: Collection[Any]) -> list[StandingCredit]:
    """Join what the books keep apart by a reference that says nothing of a patient's credit."""
    found: dict[tuple[Account, UUID | None, UUID | None, Account], StandingCredit] = {}
    for account_text, patient_id, charge_id, reference, amount, since in rows:
        account = Account(account_text)
        receivable = _receivable(account, reference)
        key = (account, patient_id, charge_id, receivable)
        before = found.get(key)
        found[key] = StandingCredit(
            account,
            patient_id,
            charge_id,
            receivable,
            -amount + (before.amount if before else ZERO),
            max(since, before.since if before else date.min),
        )
    return [credit for credit in found.values() if credit.amount > ZERO]


def _receivable(account: Account, reference: str) -> Account:
    if account is Account.PATIENT_CREDIT or not reference:
        return Account.AR_PATIENT if account is Account.PATIENT_CREDIT else account
    return Account(reference)


def _clock(row: CreditBalance) -> CreditClock:
    return CreditClock(
        row.id,
        Account(row.account),
        row.subject_kind,
        row.subject_id,
        row.amount,
        row.identified_on,
        row.return_by,
    )


def _sum() -> Any:
    return func.sum(Posting.amount)
