"""Level refunds that a payer acknowledged in a payment."""

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import LedgerSubject
from models.tables import Refund
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.operations.posting.book_provider_adjustments import recovery_cause
from revcycle.rules.ledger.provider_adjustments import sub_ledger
from revcycle.rules.ledger.refund import refund_acknowledged_entry
from revcycle.store import ledger, refunds, work_items
from revcycle.store.audit import record_act

Balances = dict[tuple[Account, str], Money]
LEVELLED = (Account.REFUND_CLEARING, Account.RECOUPMENT_DUE)


def settle_acknowledged_refunds(session: Session, act: Act) -> int:
    """Match what payers acknowledged (PLB 72) with our refunds by reference; return how many.

    The payer took the money back in its books at the same time: by a recovery (PLB WO) under the
    same reference, or by reversing the claim, so that it owes it again. Either is levelled.
    Repeating it is safe: an acknowledged refund waits for nothing more.
    """
    waiting = refunds.waiting_for_payer(session, act.client_id)
    if not waiting:
        return 0
    traces = refunds.payer_trace_ids(session, act.client_id)
    references = {sub_ledger(trace, row.payer_reference) for trace in traces for row in waiting}
    balances = ledger.balances_of_references(session, act.client_id, LEVELLED, references)
    return sum(_settle(session, act, row, traces, balances) for row in waiting)


def _settle(session: Session, act: Act, row: Refund, traces: list[str], balances: Balances) -> bool:
    for trace in traces:
        reference = sub_ledger(trace, row.payer_reference)
        if balances.get((Account.REFUND_CLEARING, reference), ZERO) > -row.amount:
            continue
        taken = _taken_from(session, act, row, reference, balances)
        if taken is None:
            continue
        account, subject = taken
        entry = refund_acknowledged_entry(
            row.id,
            act.today,
            reference=reference,
            receivable=account,
            subject=subject,
            amount=row.amount,
        )
        ledger.insert_entries(session, act.client_id, act, [entry])
        row.acknowledged_on = act.today
        balances[Account.REFUND_CLEARING, reference] += row.amount
        _close_recovery(session, act, reference, row.amount, balances)
        record_act(session, act.client_id, act, "settle_refund", "refund", row.id)
        return True
    return False


def _taken_from(
    session: Session, act: Act, row: Refund, reference: str, balances: Balances
) -> tuple[Account, LedgerSubject] | None:
    """Find what the payer's own take-back left in debit; nothing if it did not take any yet."""
    if balances.get((Account.RECOUPMENT_DUE, reference), ZERO) >= row.amount:
        return Account.RECOUPMENT_DUE, LedgerSubject()
    if row.charge_id is None:
        return None
    owed = ledger.balances_of_charges(session, act.client_id, [row.charge_id])
    receivable = Account(row.receivable)
    if owed.get(row.charge_id, {}).get(receivable, ZERO) < row.amount:
        return None
    return receivable, LedgerSubject(patient_id=row.patient_id, charge_id=row.charge_id)


def _close_recovery(
    session: Session, act: Act, reference: str, amount: Money, balances: Balances
) -> None:
    """Close the question about a recovery that our refund explains."""
    key = (Account.RECOUPMENT_DUE, reference)
    balances[key] = balances.get(key, ZERO) - amount
    if balances[key] <= ZERO:
        work_items.close_work_items(
            session, act.client_id, act, [recovery_cause(*key)], resolution="our refund explains it"
        )
