"""Find what is owed back, start its clock once, and let people decide about it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.patient_money import CreditClock, RefundPolicy, StandingCredit
from models.states.refund import CREDIT_BALANCE_TRANSITIONS, CreditBalanceEvent
from models.states.work_item import Queue
from models.tables import CreditBalance
from models.values.accounts import Account
from models.values.money import ZERO, Money, total
from revcycle.operations.posting.level_credits import (
    CREDIT_BALANCE,
    SERVICE_HOURS,
    restate_credits,
)
from revcycle.operations.refunds.refund_work import Subject, subject_cause
from revcycle.rules.refunds.check_refund import URGENT_DAYS, is_owed_back, return_by
from revcycle.store import credit_balances, ledger, payments, refunds, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move, record_creation
from revcycle.store.work_items import NewWorkItem

Key = tuple[str, UUID, Account]
URGENT: Final = 1


@dataclass(frozen=True, slots=True)
class CreditCount:
    """What a look at the credits found.

    Attributes:
        opened: Items that are new.
        closed: Clocks that ended because the credit is gone.
    """

    standing: int
    opened: int
    closed: int


def identify_credits(session: Session, act: Act, *, policy: RefundPolicy) -> CreditCount:
    """Write down what is owed back, with the day on which we knew of it, which never moves.

    A credit that open charges of the same patient can use is left to them; money paid ahead waits
    for its visit. One item is open for each charge, or for a patient's money of no charge; it
    closes itself when the credit is gone. Repeating it changes nothing.
    """
    owed_back = _owed_back(session, act)
    clocks = {_key(clock): clock for clock in credit_balances.list_clocks(session, act.client_id)}
    closed = _end(session, act, [one for key, one in clocks.items() if key not in owed_back])
    for key, credits_ in owed_back.items():
        if key not in clocks:
            _begin(session, act, key, credits_, policy)
    whole = _whole(owed_back)
    opened = work_items.open_work_items(session, act.client_id, act, _items(session, act, whole))
    restate_credits(session, act, {subject_cause(one): whole[one] for one in whole})
    _hurry(session, act)
    return CreditCount(len(owed_back), opened, closed)


def _owed_back(session: Session, act: Act) -> dict[Key, list[StandingCredit]]:
    standing = credit_balances.list_standing_credits(session, act.client_id)
    patients = [one.patient_id for one in standing if one.patient_id]
    dues = {
        patient_id: total(due.amount for due in found)
        for patient_id, found in ledger.patient_dues(session, act.client_id, patients).items()
    }
    waits = payments.waits_for_payers(session, act.client_id, patients)
    found: dict[Key, list[StandingCredit]] = defaultdict(list)
    for credit in _beyond(standing, dues):
        kind, subject_id = credit.subject
        if subject_id is not None and _is_due(credit, act, waits):
            found[kind, subject_id, credit.account].append(credit)
    return dict(found)


def _beyond(standing: list[StandingCredit], dues: Mapping[UUID, Money]) -> list[StandingCredit]:
    """Leave out a patient's credits as long as the patient's open charges can use all of them."""
    whole: dict[UUID, Money] = defaultdict(lambda: ZERO)
    for credit in standing:
        if credit.account is Account.PATIENT_CREDIT and credit.patient_id:
            whole[credit.patient_id] += credit.amount
    return [
        credit
        for credit in standing
        if credit.account is not Account.PATIENT_CREDIT
        or credit.patient_id is None
        or whole[credit.patient_id] > dues.get(credit.patient_id, ZERO)
    ]


def _is_due(credit: StandingCredit, act: Act, waits: Mapping[UUID, Money]) -> bool:
    waiting = waits.get(credit.patient_id, ZERO) if credit.patient_id else ZERO
    return is_owed_back(
        waits_for_payers=waiting,
        is_prepayment=credit.charge_id is None,
        days_old=(act.today - credit.since).days,
    )


def _begin(
    session: Session, act: Act, key: Key, credits_: list[StandingCredit], policy: RefundPolicy
) -> None:
    kind, subject_id, account = key
    row = CreditBalance(
        client_id=act.client_id,
        subject_kind=kind,
        subject_id=subject_id,
        account=account,
        patient_id=credits_[0].patient_id,
        amount=total(credit.amount for credit in credits_),
        identified_on=act.today,
        return_by=return_by(act.today, return_days=policy.return_days),
    )
    record_creation(session, act.client_id, act, row)
    record_act(session, act.client_id, act, "identify_credit", "credit_balance", row.id)


def _end(session: Session, act: Act, gone: list[CreditClock]) -> int:
    ids = [clock.id for clock in gone]
    for row in credit_balances.lock_credit_balances(session, act.client_id, ids):
        table, event = CREDIT_BALANCE_TRANSITIONS, CreditBalanceEvent.CLEAR
        move(session, act.client_id, act, row, table, event)
        row.cleared_on = act.today
    session.flush()
    standing = {
        (clock.subject_kind, clock.subject_id)
        for clock in credit_balances.list_clocks(session, act.client_id)
    }
    causes = [
        subject_cause((clock.subject_kind, clock.subject_id))
        for clock in gone
        if (clock.subject_kind, clock.subject_id) not in standing
    ]
    for chunk in ledger.in_chunks(causes):
        work_items.close_work_items(
            session, act.client_id, act, chunk, resolution="the credit is gone"
        )
    return len(gone)


def _whole(owed_back: Mapping[Key, list[StandingCredit]]) -> dict[Subject, Money]:
    """Add up what is owed back for a charge, or to a patient for none."""
    whole: dict[Subject, Money] = defaultdict(lambda: ZERO)
    for (kind, subject_id, _), credits_ in owed_back.items():
        whole[kind, subject_id] += total(credit.amount for credit in credits_)
    return dict(whole)


def _items(session: Session, act: Act, whole: Mapping[Subject, Money]) -> list[NewWorkItem]:
    """Ask about every credit that no refund speaks for in full."""
    spoken_for: dict[Subject, Money] = defaultdict(lambda: ZERO)
    for one in refunds.open_refunds(session, act.client_id):
        subject_id = one.charge_id or one.patient_id
        if subject_id is not None:
            spoken_for["charge" if one.charge_id else "patient", subject_id] += one.amount
    return [
        _item(subject, amount) for subject, amount in whole.items() if amount > spoken_for[subject]
    ]


def _item(subject: Subject, amount: Money) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.CREDIT_BALANCE,
        cause_key=subject_cause(subject),
        subject_kind=subject[0],
        subject_id=subject[1],
        reason=CREDIT_BALANCE,
        detail="more was paid than is owed",
        service_hours=SERVICE_HOURS,
        amount=amount,
    )


def _hurry(session: Session, act: Act) -> None:
    """Put what must be back soon before everything else."""
    soon = act.today + timedelta(days=URGENT_DAYS)
    causes = [
        subject_cause((clock.subject_kind, clock.subject_id))
        for clock in credit_balances.list_clocks(session, act.client_id)
        if clock.return_by <= soon
    ]
    for chunk in ledger.in_chunks(causes):
        work_items.raise_priority(session, act.client_id, chunk, priority=URGENT)


def _key(clock: CreditClock) -> Key:
    return clock.subject_kind, clock.subject_id, clock.account
