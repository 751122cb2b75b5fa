"""What is booked of money at the bank?"""

from datetime import date
from uuid import UUID

from models.documents.deposit import cash_reference
from models.documents.ledger import EntryDraft, EntryKind, LedgerSubject, PostingDraft
from models.values.accounts import Account
from models.values.money import Money


def deposit_source(bank_line_id: UUID, booking: int) -> str:
    """Name the entry of a bank line; it is booked anew after it was set aside and brought back.

    Source:
        Our own: every entry names the fact that it books.
    """
    return f"deposit:{bank_line_id}:{booking}"


def match_source(deposit_match_id: UUID) -> str:
    """Name the entry of a match.

    Source:
        Our own: every entry names the fact that it books.
    """
    return f"deposit_match:{deposit_match_id}"


def return_source(bank_line_id: UUID, booking: int) -> str:
    """Name the entry by which a debit cancels a deposit out.

    Source:
        Our own: every entry names the fact that it books.
    """
    return f"deposit_return:{bank_line_id}:{booking}"


def deposit_entry(
    bank_line_id: UUID, amount: Money, *, posted_on: date, booking: int
) -> EntryDraft:
    """Book money that the bank shows and nobody has explained; a debit books the opposite.

    Source:
        Double entry: Dr BANK, Cr UNIDENTIFIED_CASH.
    """
    return EntryDraft.of(
        EntryKind.BANK_DEPOSIT,
        deposit_source(bank_line_id, booking),
        posted_on,
        (
            PostingDraft(Account.BANK, amount, reference=cash_reference(bank_line_id)),
            PostingDraft(
                Account.UNIDENTIFIED_CASH, -amount, reference=cash_reference(bank_line_id)
            ),
        ),
    )


def match_entry(
    deposit_match_id: UUID,
    bank_line_id: UUID,
    remittance_id: UUID,
    amount: Money,
    *,
    on: date,
) -> EntryDraft:
    """Book that the money of a bank line is the payment of a remittance.

    Source:
        Double entry: Dr UNIDENTIFIED_CASH, Cr REMIT_CLEARING, so that a remittance whose money
        came stands at zero.
    """
    return EntryDraft.of(
        EntryKind.BANK_DEPOSIT,
        match_source(deposit_match_id),
        on,
        (
            PostingDraft(Account.UNIDENTIFIED_CASH, amount, reference=cash_reference(bank_line_id)),
            PostingDraft(
                Account.REMITTANCE_CLEARING,
                -amount,
                subject=LedgerSubject(remittance_id=remittance_id),
            ),
        ),
    )


def return_entry(
    deposit_id: UUID, debit_id: UUID, amount: Money, *, on: date, booking: int
) -> EntryDraft:
    """Book that a debit took a deposit back.

    Args:
        deposit_id: The line that brought the money.
        debit_id: The line that took it.
        amount: What the deposit had brought.
        on: The day under which the books show it.
        booking: Which time the debit cancels a deposit out.

    Source:
        Double entry: both stand in UNIDENTIFIED_CASH, and are nothing together.
    """
    return EntryDraft.of(
        EntryKind.BANK_DEPOSIT,
        return_source(debit_id, booking),
        on,
        (
            PostingDraft(Account.UNIDENTIFIED_CASH, amount, reference=cash_reference(deposit_id)),
            PostingDraft(Account.UNIDENTIFIED_CASH, -amount, reference=cash_reference(debit_id)),
        ),
    )
