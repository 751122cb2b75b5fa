"""Give up what is too small to ask for, by the practice's own rule."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import LedgerSubject
from models.documents.patient_money import SmallBalancePolicy
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.rules.ledger.movements import write_off_entry
from revcycle.rules.patient_money.small_balance import is_small_balance, policy_on
from revcycle.store import ledger, payments
from revcycle.store.audit import record_act


def write_off_small_balances(
    session: Session, act: Act, *, policies: Sequence[SmallBalancePolicy]
) -> int:
    """Write off the whole balance of patients who owe too little; return how many it helped.

    Nothing is given up where a credit could pay it, where a payer still owes anything, or where no
    rule is in force. Repeating it is safe: a balance that is gone is not small any more.
    """
    policy = policy_on(policies, act.today)
    if policy is None:
        return 0
    small = _find(session, act, policy)
    dues = ledger.patient_dues(session, act.client_id, small)
    entries = [
        write_off_entry(
            f"small_balance:{act.today}:{due.charge_id}",
            act.today,
            LedgerSubject(patient_id=patient_id, charge_id=due.charge_id),
            due.amount,
            balance=due.amount,
            from_account=Account.AR_PATIENT,
            to_account=Account.SMALL_BALANCE,
        )
        for patient_id in small
        for due in dues.get(patient_id, [])
    ]
    ledger.insert_entries(session, act.client_id, act, entries)
    for patient_id in small:
        record_act(session, act.client_id, act, "write_off_small_balance", "patient", patient_id)
    return len(small)


def _find(session: Session, act: Act, policy: SmallBalancePolicy) -> list[UUID]:
    owed: dict[UUID, Money] = {
        balance.patient_id: balance.owed
        for balance in ledger.patient_balances(session, act.client_id, minimum=Money(1))
        if balance.owed <= policy.up_to and not balance.credit
    }
    waits = payments.waits_for_payers(session, act.client_id, list(owed))
    moved = payments.last_moves(session, act.client_id, list(owed))
    return [
        patient_id
        for patient_id, amount in owed.items()
        if is_small_balance(
            policy,
            owed=amount,
            waits_for_payers=waits.get(patient_id, ZERO),
            moved_on=moved[patient_id],
            today=act.today,
        )
    ]
