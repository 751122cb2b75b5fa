"""Bring the books to what a visit is charged for, while no payer holds its claim."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import BookedEntry, EntryKind
from models.values.identifiers import new_id
from revcycle.operations.posting.level_credits import level_credits
from revcycle.rules.ledger.charges import ChargeToBook, recharge_entries
from revcycle.store import ledger, standing_entries


def recharge_services(
    session: Session,
    act: Act,
    charges: Sequence[ChargeToBook],
    booked_on: Mapping[UUID, date],
) -> int:
    """Take back the charges that changed and book them anew; return how many entries that made.

    What a patient paid ahead on a service that is not charged any more becomes their credit. Call
    it within an operation whose state keeps it from running twice.

    Args:
        session: The open transaction.
        act: Who, when.
        charges: As they are now; those that are not coded any more with an amount of zero.
        booked_on: The day of service under which each was booked before, where it was.
    """
    ids = [charge.charge_id for charge in charges]
    standing = _standing(session, act.client_id, ids)
    times = standing_entries.count_entries_of_charges(session, act.client_id, ids, EntryKind.CHARGE)
    entries = [
        entry
        for charge in charges
        for entry in recharge_entries(
            charge,
            standing.get(charge.charge_id, ()),
            booked_times=times.get(charge.charge_id, 0),
            booked_on=booked_on.get(charge.charge_id, charge.service_date),
        )
    ]
    made = ledger.insert_entries(session, act.client_id, act, entries)
    if made:
        level_credits(session, act, ids, cause=str(new_id()), effective_date=act.today)
    return made


def _standing(
    session: Session, client_id: UUID, charge_ids: Sequence[UUID]
) -> Mapping[UUID, Sequence[BookedEntry]]:
    found: dict[UUID, list[BookedEntry]] = defaultdict(list)
    for entry in standing_entries.unreversed_entries_of_charges(
        session, client_id, charge_ids, [EntryKind.CHARGE]
    ):
        charge_id = entry.postings[0].subject.charge_id
        if charge_id is not None:
            found[charge_id].append(entry)
    return found
