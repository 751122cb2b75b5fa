"""What to book when services are charged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.documents.ledger import (
    BookedEntry,
    EntryDraft,
    EntryKind,
    LedgerSubject,
    PostingDraft,
)
from models.values.accounts import Account, receivable_of
from models.values.money import ZERO, Money, total
from revcycle.rules.ledger.reversal import reversal_of


@dataclass(frozen=True, slots=True)
class ChargeToBook:
    """One priced service.

    Attributes:
        first_rank: The rank of the payer who is asked first; None for a self-paying patient.
    """

    charge_id: UUID
    patient_id: UUID | None
    amount: Money
    service_date: date
    first_rank: int | None = 1


def charge_entries(charges: Iterable[ChargeToBook]) -> tuple[EntryDraft, ...]:
    """Book each charge to whoever is asked first, once in its life.

    Source:
        Double entry: Dr receivable, Cr charges, on the date of service.
    """
    return tuple(_entry(charge) for charge in charges)


def charge_change_entry(source_key: str, charge: ChargeToBook, booked: Money) -> EntryDraft:
    """Book by how much a corrected charge differs from what the books hold; maybe nothing.

    Source:
        Double entry; an entry is never changed, so a new price is a second entry.
    """
    first = charge.first_rank
    receivable = Account.AR_PATIENT if first is None else receivable_of(first)
    subject = LedgerSubject(patient_id=charge.patient_id, charge_id=charge.charge_id)
    change = charge.amount - booked
    return EntryDraft.of(
        EntryKind.CHARGE,
        source_key,
        charge.service_date,
        (
            PostingDraft(receivable, change, subject),
            PostingDraft(Account.CHARGES, -change, subject),
        ),
    )


def recharge_entries(
    charge: ChargeToBook, standing: Sequence[BookedEntry], *, booked_times: int, booked_on: date
) -> tuple[EntryDraft, ...]:
    """Take back what stands of a charge and book it as it is now; nothing where both are alike.

    It is for a claim that no payer holds: the books then say the charge as if it had been coded
    so at once, with what was booked before and its reversal beside it.

    Args:
        charge: As it is now; an amount of zero when it is not coded any more.
        standing: Its charge entries that nothing took back.
        booked_times: How many charge entries it ever had; part of the new key.
        booked_on: The day of service for which the standing entries were booked; what takes them
            back counts on the same day.

    Source:
        Double entry; an entry is never changed, its reversal copies the stored cents.
    """
    booked = -total(
        posting.amount
        for entry in standing
        for posting in entry.postings
        if posting.account is Account.CHARGES
    )
    if booked == charge.amount:
        return ()
    times = f":{booked_times}" if booked_times else ""
    return (
        *(reversal_of(entry, effective_date=booked_on) for entry in standing),
        charge_change_entry(f"charge:{charge.charge_id}{times}", charge, ZERO),
    )


def _entry(charge: ChargeToBook) -> EntryDraft:
    return charge_change_entry(f"charge:{charge.charge_id}", charge, ZERO)
