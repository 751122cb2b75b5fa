"""Queries on the books: booking, balances, what still stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, and_, func, or_
from sqlalchemy import select as select_columns  # SQLModel's own knows at most four columns
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.documents.ledger import (
    EntryDraft,
    PatientCredit,
    PatientDue,
    ReceivableLevel,
)
from models.errors import RejectedError, UnavailableError
from models.tables import AccountingPeriod, Client, LedgerEntry, PatientJoin, Posting
from models.values.accounts import INSURANCE_RECEIVABLES, Account
from models.values.identifiers import new_id
from models.values.money import ZERO, Money
from models.values.months import month_of, next_month
from revcycle.store.bulk_rows import insert_rows
from revcycle.store.joined_patients import PATIENT_NOW, find_kept, of_duplicate, with_joined

CHUNK = 500  # keys of one IN list
IS_CLOSED = "the month is closed"  # what the database says of an entry in a closed month
Key = TypeVar("Key")
LEVELLED = (*INSURANCE_RECEIVABLES, Account.AR_PATIENT)
CREDITS = (Account.INSURANCE_CREDIT, Account.PATIENT_CREDIT)


class AlreadyBookedError(RejectedError):
    """The books hold this event already; nothing was changed."""


def insert_entries(
    session: Session, client_id: UUID, act: Act, entries: Iterable[EntryDraft]
) -> int:
    """Book entries in order and return how many; one without postings is not written.

    An entry counts in the month of its effective date or, where that is closed, in the earliest
    open one.

    Raises:
        AlreadyBookedError: the books hold the source, or a reversal of the same entry, already.
        UnavailableError: the month was closed in this very moment; the same again counts later.
    """
    drafts = [entry for entry in entries if entry.postings]
    if not drafts:
        return 0
    _refuse_booked(session, client_id, [draft.source_key for draft in drafts])
    ids = [new_id() for _ in drafts]
    earliest = _earliest_open_month(session, client_id)
    try:
        insert_rows(
            session, client_id, LedgerEntry, _entry_rows(client_id, act, drafts, ids, earliest)
        )
    except IntegrityError as error:
        if IS_CLOSED in str(error.orig):
            msg = "the month was closed while this was being booked"
            raise UnavailableError(msg) from None
        msg = "another run booked one of these entries first"
        raise AlreadyBookedError(msg) from None
    insert_rows(session, client_id, Posting, list(_posting_rows(client_id, drafts, ids)))
    return len(drafts)


def booked_source_keys(
    session: Session, client_id: UUID, source_keys: Collection[str]
) -> frozenset[str]:
    """Return which of these events the books hold."""
    found: set[str] = set()
    for keys in in_chunks(source_keys):
        found.update(
            session.exec(
                select(LedgerEntry.source_key).where(
                    LedgerEntry.client_id == client_id, col(LedgerEntry.source_key).in_(keys)
                )
            )
        )
    return frozenset(found)


def balances_of_charges(
    session: Session, client_id: UUID, charge_ids: Collection[UUID]
) -> dict[UUID, dict[Account, Money]]:
    """Add up each account of each charge; accounts at zero and unknown charges are left out."""
    balances: dict[UUID, dict[Account, Money]] = defaultdict(dict)
    for ids in in_chunks(charge_ids):
        statement = (
            select_columns(col(Posting.charge_id), col(Posting.account), func.sum(Posting.amount))
            .where(col(Posting.client_id) == client_id, col(Posting.charge_id).in_(ids))
            .group_by(col(Posting.charge_id), col(Posting.account))
        )
        for charge_id, account, amount in session.execute(statement):
            if amount:
                balances[charge_id][Account(account)] = amount
    return dict(balances)


def trial_balance(session: Session, client_id: UUID) -> dict[Account, Money]:
    """Add up every account of the practice; all of them together are zero."""
    statement = (
        select_columns(col(Posting.account), func.sum(Posting.amount))
        .where(col(Posting.client_id) == client_id)
        .group_by(col(Posting.account))
    )
    return {Account(account): amount for account, amount in session.execute(statement)}


def balances_of_references(
    session: Session, client_id: UUID, accounts: Collection[Account], references: Collection[str]
) -> dict[tuple[Account, str], Money]:
    """Add up sub-ledgers of these accounts."""
    statement = (
        select_columns(col(Posting.account), col(Posting.reference), func.sum(Posting.amount))
        .where(
            col(Posting.client_id) == client_id,
            col(Posting.account).in_(accounts),
            col(Posting.reference).in_(references),
        )
        .group_by(col(Posting.account), col(Posting.reference))
    )
    return {
        (Account(account), reference): amount
        for account, reference, amount in session.execute(statement)
    }


@dataclass(frozen=True, slots=True)
class PatientBalance:
    """What one patient owes after insurance.

    Attributes:
        credit: Money of the patient that no charge has used yet.
    """

    patient_id: UUID
    owed: Money
    credit: Money


def patient_balances(session: Session, client_id: UUID, *, minimum: Money) -> list[PatientBalance]:
    """List patients whose balance is above zero and at least ``minimum``, by id."""
    return [
        balance
        for balance in _patient_totals(session, client_id)
        if balance.owed > ZERO and balance.owed >= minimum
    ]


def patients_with_credit(session: Session, client_id: UUID) -> list[PatientBalance]:
    """List patients who owe something and have a credit that could pay it."""
    return [
        balance
        for balance in _patient_totals(session, client_id)
        if balance.owed > ZERO and balance.credit > ZERO
    ]


def patient_dues(
    session: Session, client_id: UUID, patient_ids: Collection[UUID]
) -> dict[UUID, list[PatientDue]]:
    """List what patients owe per charge, oldest charge first; paid charges are left out."""
    dues: dict[UUID, list[PatientDue]] = defaultdict(list)
    for ids in in_chunks(patient_ids):
        statement = (
            select_columns(PATIENT_NOW, col(Posting.charge_id), func.sum(Posting.amount))
            .select_from(Posting)
            .outerjoin(PatientJoin, of_duplicate(client_id))
            .where(
                col(Posting.client_id) == client_id,
                col(Posting.account) == Account.AR_PATIENT,
                col(Posting.patient_id).in_(with_joined(session, client_id, ids)),
                col(Posting.charge_id).is_not(None),
            )
            .group_by(PATIENT_NOW, col(Posting.charge_id))
            .order_by(col(Posting.charge_id))
        )
        for patient_id, charge_id, amount in session.execute(statement):
            if amount > ZERO:
                dues[patient_id].append(PatientDue(charge_id, amount))
    return dict(dues)


def patient_credits(
    session: Session, client_id: UUID, patient_ids: Collection[UUID]
) -> dict[UUID, list[PatientCredit]]:
    """List the credits of patients by the charge that left them; used ones are left out."""
    found: dict[UUID, list[PatientCredit]] = defaultdict(list)
    for ids in in_chunks(patient_ids):
        statement = (
            select_columns(PATIENT_NOW, col(Posting.charge_id), func.sum(Posting.amount))
            .select_from(Posting)
            .outerjoin(PatientJoin, of_duplicate(client_id))
            .where(
                col(Posting.client_id) == client_id,
                col(Posting.account) == Account.PATIENT_CREDIT,
                col(Posting.patient_id).in_(with_joined(session, client_id, ids)),
            )
            .group_by(PATIENT_NOW, col(Posting.charge_id))
            .order_by(col(Posting.charge_id))
        )
        for patient_id, charge_id, amount in session.execute(statement):
            if amount < ZERO:
                found[patient_id].append(PatientCredit(charge_id, -amount))
    return dict(found)


def receivable_levels(
    session: Session, client_id: UUID, charge_ids: Collection[UUID]
) -> list[ReceivableLevel]:
    """List the receivables of charges beside the credits that came out of them."""
    sums: dict[tuple[UUID, UUID | None, Account], list[Money]] = {}
    for ids in in_chunks(_uneven_charges(session, client_id, charge_ids)):
        rows = session.execute(_level_statement(client_id, ids)).all()
        kept = find_kept(session, client_id, {row[1] for row in rows if row[1]})
        for charge_id, booked_for, account, reference, amount in rows:
            patient_id = kept.get(booked_for, booked_for) if booked_for else None
            is_credit = account in CREDITS
            receivable = Account(reference if is_credit and reference else _owner(account))
            level = sums.setdefault((charge_id, patient_id, receivable), [ZERO, ZERO])
            level[is_credit] += -amount if is_credit else amount
    return [ReceivableLevel(*key, balance, credit) for key, (balance, credit) in sums.items()]


def in_chunks(keys: Collection[Key]) -> Iterator[list[Key]]:
    """Cut keys, each once, into lists that one statement takes."""
    unique = iter(dict.fromkeys(keys))
    while chunk := list(islice(unique, CHUNK)):
        yield chunk


def _refuse_booked(session: Session, client_id: UUID, source_keys: Sequence[str]) -> None:
    booked = booked_source_keys(session, client_id, source_keys)
    if booked or len(set(source_keys)) != len(source_keys):
        msg = f"already booked: {min(booked, default='twice in one posting')}"
        raise AlreadyBookedError(msg)


def _earliest_open_month(session: Session, client_id: UUID) -> date:
    """Ask once before which month nothing can be booked any more.

    Whoever books holds the practice's row against closing until the transaction ends: on
    PostgreSQL a month closes before or after a posting, never in its middle.
    """
    closed = (
        select_columns(func.max(AccountingPeriod.month))
        .where(col(AccountingPeriod.client_id) == client_id)
        .scalar_subquery()
    )
    _, month = session.execute(
        select_columns(col(Client.id), closed)
        .where(col(Client.id) == client_id)
        .with_for_update(read=True, key_share=True, of=Client)
    ).one()
    return next_month(month) if month else date.min


def _entry_rows(
    client_id: UUID, act: Act, drafts: Sequence[EntryDraft], ids: Sequence[UUID], earliest: date
) -> list[dict[str, object]]:
    return [
        {
            "client_id": client_id,
            "id": entry_id,
            "kind": draft.kind,
            "source_key": draft.source_key,
            "effective_date": draft.effective_date,
            "period": max(month_of(draft.effective_date), earliest),
            "posted_at": act.at,
            "actor": act.actor,
            "reverses_id": draft.reverses_id,
        }
        for draft, entry_id in zip(drafts, ids, strict=True)
    ]


def _posting_rows(
    client_id: UUID, drafts: Sequence[EntryDraft], ids: Sequence[UUID]
) -> Iterator[dict[str, object]]:
    for draft, entry_id in zip(drafts, ids, strict=True):
        for posting in draft.postings:
            yield {
                "client_id": client_id,
                "id": new_id(),
                "ledger_entry_id": entry_id,
                "account": posting.account,
                "amount": posting.amount,
                "patient_id": posting.subject.patient_id,
                "charge_id": posting.subject.charge_id,
                "claim_id": posting.subject.claim_id,
                "remittance_id": posting.subject.remittance_id,
                "group": posting.group,
                "reason": posting.reason,
                "reference": posting.reference,
            }


def _patient_totals(session: Session, client_id: UUID) -> list[PatientBalance]:
    owed = func.sum(Posting.amount).filter(col(Posting.account) == Account.AR_PATIENT)
    credit = func.sum(Posting.amount).filter(col(Posting.account) == Account.PATIENT_CREDIT)
    statement = (
        select_columns(PATIENT_NOW, owed, credit)
        .select_from(Posting)
        .outerjoin(PatientJoin, of_duplicate(client_id))
        .where(
            col(Posting.client_id) == client_id,
            col(Posting.account).in_([Account.AR_PATIENT, Account.PATIENT_CREDIT]),
            col(Posting.patient_id).is_not(None),
        )
        .group_by(PATIENT_NOW)
        .order_by(PATIENT_NOW)
    )
    return [
        PatientBalance(patient_id, owed or ZERO, -(credit or ZERO))
        for patient_id, owed, credit in session.execute(statement)
    ]


def _uneven_charges(session: Session, client_id: UUID, charge_ids: Collection[UUID]) -> list[UUID]:
    """Find the few charges that have a credit, or a receivable below zero."""
    amount = func.sum(Posting.amount)
    is_uneven = or_(
        and_(col(Posting.account).in_(CREDITS), amount != ZERO),
        and_(col(Posting.account).in_(LEVELLED), amount < ZERO),
    )
    statements = (
        _level_statement(client_id, ids).having(is_uneven) for ids in in_chunks(charge_ids)
    )
    rows = (row for statement in statements for row in session.execute(statement))
    return [charge_id for charge_id, *_ in rows if charge_id is not None]


def _level_statement(
    client_id: UUID, charge_ids: Sequence[UUID]
) -> Select[UUID | None, UUID | None, Account, str, Money]:
    return (
        select_columns(
            col(Posting.charge_id),
            col(Posting.patient_id),
            col(Posting.account),
            col(Posting.reference),
            func.sum(Posting.amount),
        )
        .where(
            col(Posting.client_id) == client_id,
            col(Posting.charge_id).in_(charge_ids),
            col(Posting.account).in_([*LEVELLED, *CREDITS]),
        )
        .group_by(
            col(Posting.charge_id),
            col(Posting.patient_id),
            col(Posting.account),
            col(Posting.reference),
        )
    )


def _owner(account: str) -> str:
    return Account.AR_PATIENT if account == Account.PATIENT_CREDIT else account
