"""Picture what was given up in a period, by who caused it and why."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import UUID

from sqlmodel import Session

from models.documents.write_off import GivenUp, GivenUpKind, WriteOffPicture
from models.values.money import total
from revcycle.store.write_offs import written_off_claims, written_off_denials


def picture_write_offs(
    session: Session, client_id: UUID, first: date, last: date, *, zone: tzinfo
) -> WriteOffPicture:
    """Sum what was approved to be given up from the first day to the last, both counted.

    Denials that are written off, and claims that were given up before a payer judged them. What
    patients owe and is given up has no payer and is not among it; nor is a write-off that a payer's
    reversal took back since.

    Args:
        session: A transaction; nothing is written.
        client_id: The practice.
        first: The first day.
        last: The last day.
        zone: Where the practice's days begin.
    """
    since, until = _begin(first, zone), _begin(last + timedelta(days=1), zone)
    found = [
        *written_off_denials(session, client_id, since=since, until=until),
        *written_off_claims(session, client_id, since=since, until=until),
    ]
    rows = sorted(found, key=lambda one: (one.at, one.id), reverse=True)
    return WriteOffPicture(_kinds(rows), tuple(rows))


def _begin(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _kinds(rows: Iterable[GivenUp]) -> tuple[GivenUpKind, ...]:
    groups: dict[tuple[str, str], list[GivenUp]] = defaultdict(list)
    for one in rows:
        groups[one.cause_party, one.reason].append(one)
    kinds = [
        GivenUpKind(party, reason, len(some), total(one.amount for one in some))
        for (party, reason), some in groups.items()
    ]
    return tuple(sorted(kinds, key=lambda one: (-one.amount.cents, one.cause_party, one.reason)))
