"""Look over what a practice coded for what a person should look at. Nothing is changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.coding_mix import Anomaly, Asked, AuthoredNote, FullDay, ProviderOfMix
from models.values.anomalies import Pattern
from revcycle.reference.visits import TIMED_TREATMENTS
from revcycle.rules.anomalies.compare import find_anomalies, list_comparisons
from revcycle.rules.anomalies.full_days import CRITICAL_CARE, find_full_days
from revcycle.rules.anomalies.tallies import tally_mix, values_of
from revcycle.store import coding_mix
from revcycle.store.coding_mix import Days

USUAL_DAYS: Final = 90
EARLIEST: Final = date(2000, 1, 1)  # before any coding that is kept
NOTES_MAX: Final = 3_000  # about five seconds


@dataclass(frozen=True, slots=True)
class FoundAnomalies:
    """What there is to look at in the codings of one practice.

    Attributes:
        asked: How many questions there was enough to ask.
    """

    days: Days
    days_before: Days
    providers: tuple[ProviderOfMix, ...]
    asked: int
    anomalies: tuple[Anomaly, ...]
    full_days: tuple[FullDay, ...]


@dataclass(frozen=True, slots=True)
class EncounterBehind:
    """One encounter that a figure is made of, with what it has, each value as often as it is."""

    encounter_id: UUID
    day: date
    values: tuple[Decimal, ...]


def choose_days(today: date, first: date | None = None, last: date | None = None) -> Days:
    """Name the days that are looked over: those asked for, or the 90 up to the last.

    A first day behind the last is taken as the last alone; nothing earlier than 2000 is asked.
    """
    until = max(last or today, EARLIEST)
    since = first or until - timedelta(days=USUAL_DAYS - 1)
    return Days(max(min(since, until), EARLIEST), until)


def days_before(days: Days) -> Days:
    """Name as many days right before."""
    count = days.last - days.first + timedelta(days=1)
    return Days(days.first - count, days.last - count)


def look_over_codings(
    session: Session, client_id: UUID, client_ids: Collection[UUID], days: Days
) -> FoundAnomalies:
    """Compare providers with peers and with their own past, and look for days too full.

    Args:
        session: The database, opened for all of ``client_ids``.
        client_id: The practice that is looked over.
        client_ids: It, and every other practice the reader may see: peers are taken from there.
        days: Days of service.
    """
    earlier = days_before(days)
    providers = coding_mix.list_providers(session, client_ids)
    now = tally_mix(coding_mix.count_mix(session, client_ids, days))
    before = tally_mix(coding_mix.count_mix(session, [client_id], earlier))
    comparisons = list_comparisons(providers, now, before, client_id)
    lines = coding_mix.list_timed_lines(
        session, client_id, days, treatments=TIMED_TREATMENTS, critical_care=CRITICAL_CARE
    )
    return FoundAnomalies(
        days,
        earlier,
        tuple(one for one in providers if one.client_id == client_id),
        len(comparisons),
        tuple(find_anomalies(comparisons)),
        tuple(find_full_days(lines)),
    )


def list_encounters_behind(
    session: Session, client_id: UUID, asked: Asked, days: Days
) -> list[EncounterBehind]:
    """List the encounters that sum to a provider's figure, the latest first."""
    found: dict[UUID, tuple[date, list[Decimal]]] = {}
    for row in coding_mix.list_lines_behind(session, client_id, asked.provider_id, days):
        _, values = found.setdefault(row.encounter_id, (row.day, []))
        if asked.pattern is Pattern.SERVICES:
            values[:] = [sum(values, Decimal(1))]
        values += [
            value
            for pattern, subject, value in values_of(row.line)
            if (pattern, subject) == (asked.pattern, asked.subject)
        ]
    return [EncounterBehind(one, day, tuple(each)) for one, (day, each) in found.items() if each]


def list_notes_to_compare(session: Session, client_id: UUID, days: Days) -> list[AuthoredNote]:
    """Read the latest notes of these days, for ``find_copied_notes`` outside of a transaction."""
    return coding_mix.list_authored_notes(session, client_id, days, limit=NOTES_MAX)
