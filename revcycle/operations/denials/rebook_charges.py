"""Bring the books to the charges of a corrected claim."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.tables import Charge
from models.values.accounts import Account
from models.values.identifiers import new_id
from models.values.money import ZERO
from revcycle.operations.posting.level_credits import level_credits
from revcycle.rules.ledger.charges import ChargeToBook, charge_change_entry
from revcycle.store import ledger


def rebook_charges(
    session: Session,
    act: Act,
    charges: Sequence[Charge],
    *,
    patient_id: UUID | None,
    payer_rank: int,
) -> int:
    """Book new charges and changed prices; what is now overpaid becomes a credit.

    Call it within an operation whose state keeps it from running twice. Returns the entries made.
    """
    ids = [charge.id for charge in charges]
    balances = ledger.balances_of_charges(session, act.client_id, ids)
    entries = [
        charge_change_entry(
            f"charge:{charge.id}:{new_id()}",
            ChargeToBook(charge.id, patient_id, charge.amount, charge.service_date, payer_rank),
            -balances.get(charge.id, {}).get(Account.CHARGES, ZERO),
        )
        for charge in charges
        if charge.amount is not None
    ]
    booked = ledger.insert_entries(session, act.client_id, act, entries)
    if booked:
        level_credits(session, act, ids, cause=str(new_id()), effective_date=act.today)
    return booked
