"""The pane of posting exceptions: what did not post, the numbers, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from models.values.money import Money
from revcycle.operations.posting.explain_file import explain_file
from revcycle.rules.ledger.provider_adjustments import provider_adjustment_account, sub_ledger
from revcycle.store import ledger
from revcycle.store.audit import record_act
from revcycle.store.remittance_picture import (
    RemittanceFacts,
    get_remittance_facts,
    list_moved_outside,
)
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.pane import OpenedItem, Pane, PaneBuilder
from workbench.pages.panes.posting_words import ADVICE, OUTSIDE_ADVICE
from workbench.pages.panes.unapplied import SUBJECT, build_unapplied
from workbench.pages.records.money_words import OUTSIDE_WORDS, say_account


@dataclass(frozen=True, slots=True)
class MovedRow:
    """Money that a payer moved outside claims.

    Attributes:
        balance: What its account holds under this reference now; a debit is what nobody explained.
    """

    reason: str
    words: str
    advice: str
    reference: str
    amount: Money
    account: str
    balance: Money | None


def build_posting(session: Session, opened: OpenedItem) -> Pane:
    """Show what an exception is about: a file, a payment, a service, or a claim of a payment."""
    return _BUILDERS.get(opened.line.subject_kind, build_by_hand)(session, opened)


def _build_file(session: Session, opened: OpenedItem) -> Pane:
    act, file_id = opened.act, opened.line.subject_id
    explained = explain_file(session, act.client_id, file_id)
    record_act(session, act.client_id, act, "see_file", "inbound_file", file_id)
    facts = {"file": explained, "file_id": file_id, **_common(opened)}
    return Pane("panes/posting_file.html", facts)


def _build_payment(session: Session, opened: OpenedItem) -> Pane:
    act, remittance_id = opened.act, opened.line.subject_id
    head = get_remittance_facts(session, act.client_id, remittance_id)
    record_act(session, act.client_id, act, "see_remittance", "remittance", remittance_id)
    rows = _moved_rows(session, opened, head)
    return Pane("panes/posting_payment.html", {"head": head, "moved": rows, **_common(opened)})


def _common(opened: OpenedItem) -> Mapping[str, object]:
    return {
        "advice": ADVICE.get(opened.line.reason, ""),
        "what": opened.typed.get("what", ""),
    }


def _moved_rows(session: Session, opened: OpenedItem, head: RemittanceFacts) -> list[MovedRow]:
    client_id = opened.act.client_id
    moved = list_moved_outside(session, client_id, head.id)
    accounts = {provider_adjustment_account(one.reason) for one in moved}
    references = {sub_ledger(head.payer_trace_id, one.reference) for one in moved}
    balances = ledger.balances_of_references(session, client_id, accounts, references)
    return [
        MovedRow(
            reason=one.reason,
            words=OUTSIDE_WORDS.get(one.reason, "a reason we have no words for"),
            advice=OUTSIDE_ADVICE.get(one.reason, "Ask the payer what it is for."),
            reference=one.reference,
            amount=one.amount,
            account=say_account(account),
            balance=balances.get((account, sub_ledger(head.payer_trace_id, one.reference))),
        )
        for one in moved
        for account in [provider_adjustment_account(one.reason)]
    ]


_BUILDERS: Final[Mapping[str, PaneBuilder]] = {
    SUBJECT: build_unapplied,
    "inbound_file": _build_file,
    "remittance": _build_payment,
}
