"""Take a payment off the books that a bank or a card's holder took back."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import BookedEntry, EntryKind
from models.errors import RejectedError
from models.states.patient_payment import (
    PATIENT_PAYMENT_TRANSITIONS,
    PatientPaymentEvent,
)
from models.tables import PatientPayment
from models.values.accounts import Account
from models.values.money import ZERO, Money, total
from revcycle.operations.posting.apply_patient_credits import apply_patient_credits
from revcycle.operations.posting.level_credits import level_credits
from revcycle.rules.ledger.returned_fee import returned_fee_entry
from revcycle.rules.ledger.reversal import reversal_of
from revcycle.store import credit_balances, ledger, payments, refunds
from revcycle.store.audit import record_act
from revcycle.store.standing_entries import unreversed_entries_of_sources
from revcycle.store.state_changes import move
from revcycle.store.statements import lock_patients

RETURN_REASONS: Final = {
    "nsf": "the account held too little",
    "account_closed": "the account is closed",
    "stopped": "the check was stopped",
    "chargeback": "the card's holder disputed it",
    "mistake": "it was written down by mistake",
}
NO_FEE: Final = frozenset({"mistake"})


def return_payment(
    session: Session, act: Act, payment_id: UUID, *, reason: str, fee: Money = ZERO
) -> None:
    """Reverse a payment to the cent; the patient owes again, and statements ask for it.

    Where the payment left a credit that was used since, the latest use is taken back first. A fee
    stands on the oldest charge that the payment paid; a payment of no charge costs none.

    Args:
        session: The open transaction.
        act: Who, when.
        payment_id: The payment.
        reason: A word of ``RETURN_REASONS``.
        fee: What the practice charges for it; zero charges nothing.

    Raises:
        NotFoundError: this practice has no such payment.
        IllegalTransitionError: it was returned or refunded before.
        RejectedError: the credit that it left is refunded, or no reason of the list.
    """
    if reason not in RETURN_REASONS:
        msg = "choose a reason of the list"
        raise RejectedError(msg)
    row = payments.lock_payment(session, act.client_id, payment_id)
    lock_patients(session, act.client_id, [row.patient_id])
    move(
        session,
        act.client_id,
        act,
        row,
        PATIENT_PAYMENT_TRANSITIONS,
        PatientPaymentEvent.RETURN,
    )
    row.returned_reason = reason
    entry = _booked(session, act, f"patient_payment:{payment_id}", EntryKind.PATIENT_PAYMENT)
    _free_credit(session, act, row, entry)
    ledger.insert_entries(
        session, act.client_id, act, [reversal_of(entry, effective_date=act.today)]
    )
    charge_ids = _charges(entry)
    level_credits(session, act, charge_ids, cause=f"return:{payment_id}", effective_date=act.today)
    _charge_fee(session, act, row, charge_ids, ZERO if reason in NO_FEE else fee)
    apply_patient_credits(session, act, only=[row.patient_id])
    record_act(session, act.client_id, act, "return_payment", "patient_payment", payment_id)


def _free_credit(session: Session, act: Act, row: PatientPayment, entry: BookedEntry) -> None:
    """Take uses of the patient's free money back, the latest first, until enough is free."""
    needed = -total(
        posting.amount for posting in entry.postings if posting.account is Account.PATIENT_CREDIT
    )
    if not needed:
        return
    spoken_for = _spoken_for(session, act, row.patient_id)
    for key in payments.credit_use_keys(session, act.client_id, row.patient_id):
        if _free(session, act, row.patient_id) - spoken_for >= needed:
            return
        uses = unreversed_entries_of_sources(session, act.client_id, [key], [EntryKind.CREDIT])
        ledger.insert_entries(
            session,
            act.client_id,
            act,
            [reversal_of(use, effective_date=act.today) for use in uses],
        )
        # What a use paid may be a credit of its own by now; levels meet again.
        charge_ids = [charge_id for use in uses for charge_id in _charges(use)]
        level_credits(session, act, charge_ids, cause=f"return:{key}", effective_date=act.today)
    if _free(session, act, row.patient_id) - spoken_for < needed:
        msg = "the credit that this payment left is refunded or about to be: void the refund first"
        raise RejectedError(msg)


def _free(session: Session, act: Act, patient_id: UUID) -> Money:
    standing = credit_balances.list_standing_credits(session, act.client_id, patient_id=patient_id)
    return total(
        one.amount
        for one in standing
        if one.charge_id is None and one.account is Account.PATIENT_CREDIT
    )


def _spoken_for(session: Session, act: Act, patient_id: UUID) -> Money:
    return total(
        one.amount
        for one in refunds.open_refunds(session, act.client_id)
        if one.patient_id == patient_id and one.charge_id is None
    )


def _charge_fee(
    session: Session, act: Act, row: PatientPayment, charge_ids: list[UUID], fee: Money
) -> None:
    if not fee or not charge_ids:
        return
    entry = returned_fee_entry(
        row.id, act.today, patient_id=row.patient_id, charge_id=charge_ids[0], fee=fee
    )
    ledger.insert_entries(session, act.client_id, act, [entry])


def _booked(session: Session, act: Act, key: str, kind: EntryKind) -> BookedEntry:
    found = unreversed_entries_of_sources(session, act.client_id, [key], [kind])
    if not found:
        msg = f"the books hold no {key}"
        raise RejectedError(msg)
    return found[0]


def _charges(entry: BookedEntry) -> list[UUID]:
    """Name the charges of an entry, the oldest first."""
    return sorted(
        {posting.subject.charge_id for posting in entry.postings if posting.subject.charge_id}
    )
