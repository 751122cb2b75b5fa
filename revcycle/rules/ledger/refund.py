"""What to book when a credit goes back."""

from datetime import date
from uuid import UUID

from models.documents.ledger import EntryDraft, EntryKind, LedgerSubject, PostingDraft
from models.states.refund import RefundPayee
from models.values.accounts import Account
from models.values.money import Money


def refund_reference(refund_id: UUID) -> str:
    """Name the sub-ledger of one refund in the clearing account."""
    return f"refund:{refund_id}"


def refund_entry(
    refund_id: UUID,
    paid_on: date,
    *,
    account: Account,
    receivable: str,
    subject: LedgerSubject,
    amount: Money,
) -> EntryDraft:
    """Pay a credit back: Dr the credit, Cr the clearing of refunds.

    The money leaves the charge that it was paid for at once, so that the charge shows what was
    paid for it in the end; the clearing account knows the refund and no charge.

    Source:
        Double entry: a liability ends when it is paid; it is at the bank when the bank shows it.
    """
    payee = RefundPayee.PATIENT if account is Account.PATIENT_CREDIT else RefundPayee.PAYER
    money = Account.BANK if payee is RefundPayee.PATIENT else Account.REMITTANCE_CLEARING
    whose = LedgerSubject(patient_id=subject.patient_id)
    return EntryDraft.of(
        EntryKind.REFUND,
        f"refund:{refund_id}",
        paid_on,
        (
            PostingDraft(account, amount, subject, reference=receivable),
            PostingDraft(money, -amount, subject),
            PostingDraft(money, amount, whose),
            PostingDraft(
                Account.REFUND_CLEARING, -amount, whose, reference=refund_reference(refund_id)
            ),
        ),
    )


def unapplied_refund_entry(
    refund_id: UUID, paid_on: date, *, remittance_id: UUID, reference: str, amount: Money
) -> EntryDraft:
    """Pay unapplied money back to the payer: Dr unapplied, Cr the clearing of refunds.

    The clearing account of the remittance is not touched: the payer did send the money, and the
    bank did show it.

    Args:
        refund_id: Which refund.
        paid_on: The day of the check.
        remittance_id: The payment that brought the money.
        reference: The sub-ledger in which it stands as unapplied.
        amount: All of it.

    Source:
        Double entry: a liability ends when it is paid.
    """
    whose = LedgerSubject(remittance_id=remittance_id)
    return EntryDraft.of(
        EntryKind.REFUND,
        f"refund:{refund_id}",
        paid_on,
        (
            PostingDraft(Account.UNAPPLIED, amount, whose, reference=reference),
            PostingDraft(
                Account.REFUND_CLEARING,
                -amount,
                LedgerSubject(),
                reference=refund_reference(refund_id),
            ),
        ),
    )


def refund_cleared_entry(
    refund_id: UUID, cleared_on: date, *, patient_id: UUID | None, amount: Money
) -> EntryDraft:
    """See a refund at the bank: Dr the clearing of refunds, Cr bank.

    Source:
        Double entry: the clearing account of a refund is level when its check was cashed.
    """
    whose = LedgerSubject(patient_id=patient_id)
    reference = refund_reference(refund_id)
    return EntryDraft.of(
        EntryKind.REFUND,
        f"refund_cleared:{refund_id}",
        cleared_on,
        (
            PostingDraft(Account.REFUND_CLEARING, amount, whose, reference=reference),
            PostingDraft(Account.BANK, -amount, whose),
        ),
    )


def refund_acknowledged_entry(
    refund_id: UUID,
    on: date,
    *,
    reference: str,
    receivable: str,
    subject: LedgerSubject,
    amount: Money,
) -> EntryDraft:
    """Level what a payer said of our refund: Dr the clearing of refunds, Cr what it took instead.

    Args:
        refund_id: Which refund.
        on: The day.
        reference: The sub-ledger in which the payer's PLB 72 stands.
        receivable: The account that the payer's take-back left in debit: what it was to take back
            (PLB WO), or what it owes again after it reversed the claim.
        subject: The charge of a receivable; nothing for what was to be taken back.
        amount: The refund.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.17: a refund is acknowledged by PLB 72 beside
        the recovery that it answers; both together move no money.
    """
    whose = LedgerSubject()
    took = PostingDraft(
        Account(receivable), -amount, subject, reference="" if subject.charge_id else reference
    )
    moved = (
        PostingDraft(Account.REMITTANCE_CLEARING, amount, subject),
        PostingDraft(Account.REMITTANCE_CLEARING, -amount, whose),
    )
    return EntryDraft.of(
        EntryKind.REFUND,
        f"refund_acknowledged:{refund_id}",
        on,
        (
            PostingDraft(Account.REFUND_CLEARING, amount, whose, reference=reference),
            took,
            *(moved if subject.charge_id else ()),
        ),
    )
