"""What is to be booked, and what was booked, as rules see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from models.values.accounts import Account
from models.values.money import ZERO, Money, total


class EntryKind(StrEnum):
    """What an entry books."""

    CHARGE = "charge"
    REMITTANCE_LINE = "remittance_line"
    UNAPPLIED = "unapplied"  # a remittance's money whose owner is not known
    PROVIDER_ADJUSTMENT = "provider_adjustment"
    REVERSAL = "reversal"
    TRANSFER = "transfer"
    WRITE_OFF = "write_off"
    PATIENT_PAYMENT = "patient_payment"
    CREDIT = "credit"  # a receivable below zero moves to a liability, or back
    BANK_DEPOSIT = "bank_deposit"
    RECOUPMENT = "recoupment"  # a payer announced by letter that it takes money back
    REFUND = "refund"  # money goes back to a patient or a payer


@dataclass(frozen=True, slots=True)
class LedgerSubject:
    """Whom and what a posting is about; ids only."""

    patient_id: UUID | None = None
    charge_id: UUID | None = None
    claim_id: UUID | None = None
    remittance_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PostingDraft:
    """One line of an entry: a debit is positive, a credit negative."""

    account: Account
    amount: Money
    subject: LedgerSubject = LedgerSubject()
    group: str = ""
    reason: str = ""  # CARC or PLB reason
    reference: str = ""  # sub-ledger


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One event to book. An entry that does not sum to zero cannot be made.

    Attributes:
        source_key: What it books; the books refuse the same key a second time.
        reverses_id: The entry that this one negates.
    """

    kind: EntryKind
    source_key: str
    effective_date: date
    postings: tuple[PostingDraft, ...]
    reverses_id: UUID | None = None

    def __post_init__(self) -> None:
        """Refuse what does not balance, and postings of nothing."""
        if total(posting.amount for posting in self.postings) != ZERO:
            msg = f"the entry {self.source_key} does not sum to zero"
            raise ValueError(msg)
        if not all(posting.amount for posting in self.postings):
            msg = f"the entry {self.source_key} has a posting of zero"
            raise ValueError(msg)

    @classmethod
    def of(
        cls,
        kind: EntryKind,
        source_key: str,
        effective_date: date,
        postings: Iterable[PostingDraft],
        *,
        reverses_id: UUID | None = None,
    ) -> Self:
        """Make an entry of the postings that move anything; it may be left with none."""
        moving = tuple(posting for posting in postings if posting.amount)
        return cls(kind, source_key, effective_date, moving, reverses_id)


@dataclass(frozen=True, slots=True)
class BookedEntry:
    """An entry that stands in the books."""

    id: UUID
    kind: EntryKind
    source_key: str
    postings: tuple[PostingDraft, ...]


@dataclass(frozen=True, slots=True)
class PatientDue:
    """What a patient owes for one charge."""

    charge_id: UUID
    amount: Money


@dataclass(frozen=True, slots=True)
class ReceivableLevel:
    """A receivable of one charge beside the credit that came out of it.

    Attributes:
        credit: What we owe back for it; zero or more when the books are level.
    """

    charge_id: UUID
    patient_id: UUID | None
    receivable: Account
    balance: Money
    credit: Money


@dataclass(frozen=True, slots=True)
class PatientCredit:
    """Money of a patient that nothing uses: of one charge, or of none."""

    charge_id: UUID | None
    amount: Money
