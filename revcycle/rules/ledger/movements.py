"""Entries that move one amount between two accounts."""

from datetime import date

from models.documents.ledger import EntryDraft, EntryKind, LedgerSubject, PostingDraft
from models.errors import RejectedError
from models.values.accounts import WRITE_OFFS, Account
from models.values.money import ZERO, Money


def transfer_entry(
    source_key: str,
    effective_date: date,
    subject: LedgerSubject,
    amount: Money,
    *,
    from_account: Account,
    to_account: Account,
) -> EntryDraft:
    """Move a receivable to whoever owes it now: Dr the new account, Cr the old.

    Source:
        Double entry; a transfer changes no total of receivables.
    """
    return _move(
        EntryKind.TRANSFER, source_key, effective_date, subject, amount, to_account, from_account
    )


def asked_anew_entry(
    source_key: str,
    effective_date: date,
    subject: LedgerSubject,
    *,
    denied: Money,
    share: Money,
    to_account: Account,
) -> EntryDraft:
    """Let another payer owe a charge as if it were asked first.

    Besides what was denied that is the patient's share, too, as far as it is not paid: the payer
    that left it to the patient was not the one to say so. What the new one leaves to the patient
    comes back with its decision.

    Source:
        ASC X12 005010X221A1 (835), CAS with reason 22: another payer decides first, the patient's
        share included.
    """
    return EntryDraft.of(
        EntryKind.TRANSFER,
        source_key,
        effective_date,
        (
            PostingDraft(to_account, denied + share, subject),
            PostingDraft(Account.AR_DENIED, -denied, subject),
            PostingDraft(Account.AR_PATIENT, -share, subject),
        ),
    )


def write_off_entry(
    source_key: str,
    effective_date: date,
    subject: LedgerSubject,
    amount: Money,
    *,
    balance: Money,
    from_account: Account,
    to_account: Account = Account.ADMINISTRATIVE_WRITE_OFF,
) -> EntryDraft:
    """Give up a receivable, by reason: Dr the write-off account, Cr the receivable.

    Args:
        source_key: What it books.
        effective_date: The day of the decision.
        subject: Whose balance it is.
        amount: How much is given up.
        balance: What the receivable holds now.
        from_account: The receivable.
        to_account: One of the write-off accounts.

    Raises:
        RejectedError: the amount is not positive, is more than the balance, or the account is
            not one of the write-off accounts.

    Source:
        Double entry; every reason for not collecting has its own account.
    """
    if to_account not in WRITE_OFFS:
        msg = f"{to_account} is not an account for write-offs"
        raise RejectedError(msg)
    if amount <= ZERO or amount > balance:
        msg = f"a write-off must be above zero and at most the balance of {from_account}"
        raise RejectedError(msg)
    return _move(
        EntryKind.WRITE_OFF, source_key, effective_date, subject, amount, to_account, from_account
    )


def unapplied_entry(
    source_key: str, effective_date: date, subject: LedgerSubject, amount: Money, *, reference: str
) -> EntryDraft:
    """Keep a remittance's money whose owner is not known: Dr clearing, Cr unapplied.

    Source:
        The clearing account of a remittance holds its whole payment, whatever is known of it.
    """
    return EntryDraft.of(
        EntryKind.UNAPPLIED,
        source_key,
        effective_date,
        (
            PostingDraft(Account.REMITTANCE_CLEARING, amount, subject),
            PostingDraft(Account.UNAPPLIED, -amount, subject, reference=reference),
        ),
    )


def bank_deposit_entry(
    source_key: str, effective_date: date, subject: LedgerSubject, amount: Money
) -> EntryDraft:
    """Match a remittance with its deposit: Dr bank, Cr clearing.

    Source:
        45 CFR 162.1603 (re-association of payment and remittance by trace number).
    """
    return _move(
        EntryKind.BANK_DEPOSIT,
        source_key,
        effective_date,
        subject,
        amount,
        Account.BANK,
        Account.REMITTANCE_CLEARING,
    )


def _move(
    kind: EntryKind,
    source_key: str,
    effective_date: date,
    subject: LedgerSubject,
    amount: Money,
    debit: Account,
    credit: Account,
) -> EntryDraft:
    postings = (PostingDraft(debit, amount, subject), PostingDraft(credit, -amount, subject))
    return EntryDraft.of(kind, source_key, effective_date, postings)
