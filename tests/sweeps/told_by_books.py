"""What our books say, in the shape in which a payer's record says it."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.tables import Posting, Remittance
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.operations.verify.money import check_money
from tests.sweeps.payer_desk import AMOUNTS, Amounts

ACCOUNTS = {
    Account.REMITTANCE_CLEARING: "paid",
    Account.CONTRACTUAL: "contractual",
    Account.SEQUESTRATION: "sequestered",
    Account.AR_DENIED: "denied",
}
PATIENTS_SHARE = (Account.AR_INSURANCE_2, Account.AR_INSURANCE_3, Account.AR_PATIENT)
# Our own table of what PLB reasons are booked on, written down once more for the comparison.
MOVED = {
    "WO": "RECOUP_DUE",
    "FB": "FORWARD_BAL",
    "72": "REFUND_CLEARING",
    "L6": "INTEREST_INC",
    "CS": "SUSPENSE",
    "J1": "SUSPENSE",
    "IR": "WITHHOLD",
    "LE": "WITHHOLD",
    "E3": "WITHHOLD",
    "50": "PENALTY",
    "CT": "CAPITATION_INC",
}


def told_of_charges(session: Session, client_id: UUID) -> dict[tuple[UUID, str], Amounts]:
    """Add up what each payer did to each charge, by the remittances that moved it."""
    told: dict[tuple[UUID, str], Amounts] = defaultdict(lambda: dict.fromkeys(AMOUNTS, ZERO))
    statement = (
        select_columns(
            col(Posting.charge_id),
            col(Remittance.payer_id),
            col(Posting.account),
            col(Posting.group),
            func.sum(Posting.amount),
        )
        .join(
            Remittance,
            (col(Remittance.client_id) == client_id)
            & (col(Remittance.id) == col(Posting.remittance_id)),
        )
        .where(col(Posting.client_id) == client_id, col(Posting.charge_id).is_not(None))
        .group_by(
            col(Posting.charge_id),
            col(Remittance.payer_id),
            col(Posting.account),
            col(Posting.group),
        )
    )
    for charge_id, payer_id, account, group, amount in session.execute(statement):
        kind = "patient" if group == "PR" and account in PATIENTS_SHARE else ACCOUNTS.get(account)
        if kind:
            told[charge_id, payer_id][kind] += _money(amount)
    return dict(told)


def told_of_payments(session: Session, client_id: UUID) -> dict[tuple[str, str], Money]:
    """Add up what each payment put into its clearing, by payer and trace number."""
    statement = (
        select_columns(
            col(Remittance.payer_id), col(Remittance.trace_number), func.sum(Posting.amount)
        )
        .select_from(Remittance)
        .outerjoin(
            Posting,
            (col(Posting.client_id) == client_id)
            & (col(Posting.remittance_id) == col(Remittance.id))
            & (col(Posting.account) == Account.REMITTANCE_CLEARING),
        )
        .where(col(Remittance.client_id) == client_id)
        .group_by(col(Remittance.payer_id), col(Remittance.trace_number))
    )
    return {(payer, trace): _money(amount) for payer, trace, amount in session.execute(statement)}


def told_of_references(session: Session, client_id: UUID) -> dict[tuple[str, str], Money]:
    """Return the balances of every sub-ledger that payers move money on."""
    statement = (
        select_columns(col(Posting.account), col(Posting.reference), func.sum(Posting.amount))
        .where(
            col(Posting.client_id) == client_id,
            col(Posting.account).in_([*set(MOVED.values()), Account.UNAPPLIED]),
        )
        .group_by(col(Posting.account), col(Posting.reference))
    )
    found = {
        (str(account), reference): _money(amount)
        for account, reference, amount in session.execute(statement)
    }
    return {key: amount for key, amount in found.items() if amount}


def told_of_balances(session: Session, client_id: UUID) -> dict[tuple[UUID | None, str], Money]:
    """Return what stands on every account, by charge."""
    statement = (
        select_columns(col(Posting.charge_id), col(Posting.account), func.sum(Posting.amount))
        .where(col(Posting.client_id) == client_id)
        .group_by(col(Posting.charge_id), col(Posting.account))
    )
    found = {
        (charge_id, str(account)): _money(amount)
        for charge_id, account, amount in session.execute(statement)
    }
    return {key: amount for key, amount in found.items() if amount}


def told_of_violations(session: Session, client_id: UUID) -> tuple[str, ...]:
    """Name the broken invariants of money."""
    return tuple(one.id for one in check_money(session, client_id) if one.violations)


def _money(amount: Money | int | None) -> Money:
    if isinstance(amount, Money):
        return amount
    return Money(int(amount or 0))
