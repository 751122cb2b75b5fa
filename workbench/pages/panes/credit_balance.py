"""The pane of money to give back: whose it is, since when, where it came from, what may be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.patient_money import CreditClock, StandingCredit
from models.documents.records import BookLine
from models.values.access import Right
from models.values.accounts import Account
from models.values.money import ZERO, Money, total
from revcycle.operations.refunds.refund_work import standing
from revcycle.rules.refunds.check_refund import REASONS, payee_of
from revcycle.store import book_extracts, credit_balances, ledger, refunds
from revcycle.store.audit import record_act
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.pane import OpenedItem, Pane, PaneBuilder
from workbench.pages.panes.refund_facts import show_refund
from workbench.pages.records.money_words import say_account, say_entry

MONEY_ACCOUNTS: Final = frozenset({Account.BANK, Account.REMITTANCE_CLEARING})
SOURCES_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class CreditRow:
    """One credit as the pane offers it.

    Attributes:
        free: What no refund speaks for yet.
    """

    account: Account
    receivable: Account
    whose: str
    came_out_of: str
    amount: Money
    free: Money
    payee: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Money that came in about the credit's charge or patient."""

    on: date
    words: str
    amount: Money
    remittance_id: UUID | None


def build_credit_balance(session: Session, opened: OpenedItem) -> Pane:
    """Show a credit of a charge or of a patient, or a refund that waits to be paid."""
    return _BUILDERS.get(opened.line.subject_kind, build_by_hand)(session, opened)


def credits_of(session: Session, opened: OpenedItem) -> list[StandingCredit]:
    """List the credits that an item is about."""
    line = opened.line
    if line.subject_kind == "charge":
        return standing(session, opened.act, None, line.subject_id)
    return standing(session, opened.act, line.subject_id, None)


def _build_credit(session: Session, opened: OpenedItem) -> Pane:
    act, line = opened.act, opened.line
    record_act(session, act.client_id, act, "see_credit", line.subject_kind, line.subject_id)
    found = credits_of(session, opened)
    patient_id = line.patient_id
    dues = ledger.patient_dues(session, act.client_id, [patient_id] if patient_id else [])
    due = total(one.amount for owed in dues.values() for one in owed)
    is_patients = any(one.account is Account.PATIENT_CREDIT for one in found)
    clocks = credit_balances.list_clocks(session, act.client_id, [line.subject_id])
    facts = {
        "credits": [_row(session, opened, one) for one in found],
        "clock": clocks[0] if clocks else None,
        "days_left": _days_left(opened, clocks),
        "sources": _sources(session, opened),
        "due": due,
        "may_use": bool(due) and is_patients,
        "may_post": opened.person.may(Right.POST_MONEY),
        "patient_id": patient_id,
        "reasons": REASONS,
        "what": opened.typed.get("what", ""),
    }
    return Pane("panes/credit_balance.html", facts)


def _build_refund(session: Session, opened: OpenedItem) -> Pane:
    facts: Mapping[str, object] = {
        **show_refund(session, opened),
        "may_post": opened.person.may(Right.POST_MONEY),
        "instrument": opened.typed.get("instrument", ""),
    }
    return Pane("panes/refund_to_pay.html", facts)


def _row(session: Session, opened: OpenedItem, credit: StandingCredit) -> CreditRow:
    asked = refunds.list_refunds_of_credit(session, opened.act.client_id, credit)
    spoken_for = total(one.amount for one in asked)
    return CreditRow(
        account=credit.account,
        receivable=credit.receivable,
        whose=say_account(credit.account),
        came_out_of=say_account(credit.receivable),
        amount=credit.amount,
        free=max(credit.amount - spoken_for, ZERO),
        payee=payee_of(credit.account),
    )


def _sources(session: Session, opened: OpenedItem) -> list[SourceRow]:
    client_id, line = opened.act.client_id, opened.line
    if line.subject_kind == "charge":
        postings = book_extracts.list_postings_of_charges(session, client_id, [line.subject_id])
        found = [one for one in postings if one.account in MONEY_ACCOUNTS]
    else:
        found = book_extracts.list_unused_credits(session, client_id, line.subject_id)
    return [_source(one) for one in found[-SOURCES_SHOWN:]]


def _source(line: BookLine) -> SourceRow:
    amount = -line.amount if line.account is Account.PATIENT_CREDIT else line.amount
    words = say_entry(line.kind)
    return SourceRow(line.effective_date, words, amount, line.remittance_id)


def _days_left(opened: OpenedItem, clocks: list[CreditClock]) -> int | None:
    return (clocks[0].return_by - opened.act.today).days if clocks else None


_BUILDERS: Final[Mapping[str, PaneBuilder]] = {
    "charge": _build_credit,
    "patient": _build_credit,
    "refund": _build_refund,
}
