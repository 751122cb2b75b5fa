"""Move what a denial holds, once in its life."""

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import EntryDraft, LedgerSubject
from models.errors import RejectedError
from models.tables import Denial
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.rules.ledger.movements import asked_anew_entry, transfer_entry
from revcycle.store import ledger
from revcycle.store.denials import patient_of_claim


def source_key(denial: Denial) -> str:
    """Name the one entry by which a denial's money leaves the denied receivable."""
    return f"denial:{denial.id}"


def denied_balance(session: Session, act: Act, denial: Denial) -> Money:
    """Return what stands as denied on the charge of a denial, this and other denials together."""
    balances = ledger.balances_of_charges(session, act.client_id, [denial.charge_id])
    return balances.get(denial.charge_id, {}).get(Account.AR_DENIED, ZERO)


def subject_of(session: Session, act: Act, denial: Denial) -> LedgerSubject:
    """Name whom and what the money of a denial is about."""
    patient_id = patient_of_claim(session, act.client_id, denial.claim_id)
    return LedgerSubject(patient_id, denial.charge_id, denial.claim_id)


def move_denied_money(session: Session, act: Act, denial: Denial, to_account: Account) -> None:
    """Transfer a denial's amount to who is asked next.

    Raises:
        RejectedError: the denied receivable holds less than the denial says.
    """
    _refuse_less(denial, denied_balance(session, act, denial))
    ledger.insert_entries(
        session, act.client_id, act, [_transfer(session, act, denial, to_account)]
    )


def ask_another_payer(session: Session, act: Act, denial: Denial, to_account: Account) -> None:
    """Let another payer owe a denial's amount, and what the patient still owes of the same charge.

    Raises:
        RejectedError: the denied receivable holds less than the denial says.
    """
    balances = ledger.balances_of_charges(session, act.client_id, [denial.charge_id])
    held = balances.get(denial.charge_id, {})
    _refuse_less(denial, held.get(Account.AR_DENIED, ZERO))
    entry = asked_anew_entry(
        source_key(denial),
        act.today,
        subject_of(session, act, denial),
        denied=denial.amount,
        share=max(held.get(Account.AR_PATIENT, ZERO), ZERO),
        to_account=to_account,
    )
    ledger.insert_entries(session, act.client_id, act, [entry])


def _refuse_less(denial: Denial, held: Money) -> None:
    if held < denial.amount:
        msg = f"denial {denial.id} holds less than its amount"
        raise RejectedError(msg)


def _transfer(session: Session, act: Act, denial: Denial, to_account: Account) -> EntryDraft:
    return transfer_entry(
        source_key(denial),
        act.today,
        subject_of(session, act, denial),
        denial.amount,
        from_account=Account.AR_DENIED,
        to_account=to_account,
    )
