"""Keep receivables at or above zero: what is overpaid stands as a credit and asks for work."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import ReceivableLevel
from models.states.work_item import Queue
from models.values.money import ZERO, Money
from revcycle.rules.ledger.credit import credit_entry
from revcycle.store import ledger, work_items
from revcycle.store.work_items import NewWorkItem

CREDIT_BALANCE = "posting.credit_balance"
SERVICE_HOURS = 72


def level_credits(
    session: Session, act: Act, charge_ids: Collection[UUID], *, cause: str, effective_date: date
) -> int:
    """Move negative receivables to credits, and credits back where the charge needs them.

    Args:
        session: The open transaction.
        act: Who, when.
        charge_ids: Charges whose balances moved.
        cause: What moved them; part of the key, so that it levels once.
        effective_date: The day of the cause.

    Returns:
        How many credits are left that ask for a refund or another use.
    """
    levels = ledger.receivable_levels(session, act.client_id, charge_ids)
    entries = [credit_entry(level, cause=cause, effective_date=effective_date) for level in levels]
    ledger.insert_entries(session, act.client_id, act, entries)
    overpaid = _overpaid(levels)
    settled = {level.charge_id for level in levels if level.credit} - overpaid.keys()
    for keys in ledger.in_chunks([credit_cause(charge_id) for charge_id in sorted(settled)]):
        work_items.close_work_items(session, act.client_id, act, keys, resolution="credit used")
    items = [_item(charge_id, overpaid[charge_id]) for charge_id in sorted(overpaid)]
    work_items.open_work_items(session, act.client_id, act, items)
    restate_credits(session, act, {item.cause_key: item.amount or ZERO for item in items})
    return len(overpaid)


def restate_credits(session: Session, act: Act, amounts: Mapping[str, Money]) -> None:
    """Let the open items of credits say what the credits hold now, by the causes of the items."""
    for causes in ledger.in_chunks(amounts):
        work_items.restate_amounts(
            session, act.client_id, {cause: amounts[cause] for cause in causes}
        )


def credit_cause(charge_id: UUID) -> str:
    """Name the cause of the work item of a charge with a credit."""
    return f"{CREDIT_BALANCE}:{charge_id}"


def _overpaid(levels: Iterable[ReceivableLevel]) -> dict[UUID, Money]:
    """Add up per charge what is left as a credit once its receivables are level."""
    left: dict[UUID, Money] = defaultdict(lambda: ZERO)
    for level in levels:
        if level.balance < level.credit:
            left[level.charge_id] += level.credit - level.balance
    return left


def _item(charge_id: UUID, amount: Money) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.CREDIT_BALANCE,
        cause_key=credit_cause(charge_id),
        subject_kind="charge",
        subject_id=charge_id,
        reason=CREDIT_BALANCE,
        detail="more was paid than is owed",
        service_hours=SERVICE_HOURS,
        amount=amount,
    )
