"""Book what a payer moved outside claims, and ask about what nobody announced."""

from collections.abc import Collection

from sqlmodel import Session

from models.documents.act import Act
from models.states.work_item import Queue
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.operations.posting.progress import PRIORITY, SERVICE_HOURS, PostingProgress
from revcycle.rules.ledger.provider_adjustments import (
    ANNOUNCED_ACCOUNTS,
    provider_adjustment_account,
    provider_adjustment_entry,
    sub_ledger,
)
from revcycle.rules.ledger.provider_reasons import provider_reason
from revcycle.store import ledger, work_items
from revcycle.store.work_items import NewWorkItem

UNEXPLAINED = "posting.provider_adjustment"
UNANNOUNCED = "posting.unannounced_recovery"


def book_provider_adjustments(session: Session, act: Act, progress: PostingProgress) -> None:
    """Book every PLB pair; suspense, and recoveries without a cause, open work items."""
    adjustments = progress.document.provider_adjustments
    entries = [
        provider_adjustment_entry(
            adjustment,
            remittance_id=progress.remittance_id,
            ordinal=ordinal,
            payer_trace_id=progress.document.payer_trace_id,
            effective_date=progress.effective_date,
        )
        for ordinal, adjustment in enumerate(adjustments, start=1)
    ]
    ledger.insert_entries(session, act.client_id, act, entries)
    for ordinal, adjustment in enumerate(adjustments, start=1):
        if provider_adjustment_account(adjustment.reason) is Account.SUSPENSE:
            cause = f"{UNEXPLAINED}:{progress.remittance_id}:{ordinal}"
            words = provider_reason(adjustment.reason).words
            detail = f"money moved outside claims, for the reason {adjustment.reason}: {words}"
            progress.items.append(_item(progress, cause, UNEXPLAINED, adjustment.reason, detail))
    _ask_about_recoveries(session, act, progress)


def _ask_about_recoveries(session: Session, act: Act, progress: PostingProgress) -> None:
    """A liability in debit: the payer took back what no reversal or letter explains."""
    trace_id = progress.document.payer_trace_id
    references = {
        sub_ledger(trace_id, adjustment.reference)
        for adjustment in progress.document.provider_adjustments
    }
    balances = close_level_recoveries(session, act, references | progress.recovered)
    for (account, reference), balance in balances.items():
        if balance > ZERO:
            cause = recovery_cause(account, reference)
            detail = "more taken back than anybody announced"
            progress.items.append(_item(progress, cause, UNANNOUNCED, str(account), detail))


def close_level_recoveries(
    session: Session, act: Act, references: Collection[str]
) -> dict[tuple[Account, str], Money]:
    """Close what was asked about sub-ledgers that are level now; return what each holds."""
    balances = ledger.balances_of_references(session, act.client_id, ANNOUNCED_ACCOUNTS, references)
    explained = [recovery_cause(*key) for key, balance in balances.items() if balance <= ZERO]
    work_items.close_work_items(
        session, act.client_id, act, explained, resolution="explained by a later payment"
    )
    return balances


def recovery_cause(account: Account, reference: str) -> str:
    """Name the cause of the item of one payer's reference that is taken back unannounced."""
    return f"{UNANNOUNCED}:{account}:{reference}"


def _item(
    progress: PostingProgress, cause: str, reason: str, field: str, detail: str
) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.POSTING,
        cause_key=cause,
        subject_kind="remittance",
        subject_id=progress.remittance_id,
        reason=reason,
        field=field,
        detail=detail,
        service_hours=SERVICE_HOURS,
        priority=PRIORITY,
    )
