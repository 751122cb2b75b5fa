"""Gather what patients had done at their other encounters, and who pays first for this one."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.coding import CodingDocument
from models.documents.coding_case import PastService
from models.tables import Coverage, Encounter
from models.values.periods import coverages_on
from revcycle.store import clients, patients
from revcycle.store.past_services import ServiceOfPatient, list_services_of_patients

THREE_YEARS: Final = timedelta(days=3 * 366)  # so long a patient is not new again
DAY_AFTER: Final = timedelta(days=1)  # a major operation's package begins the day before


def gather_past(
    session: Session,
    client_id: UUID,
    rows: Collection[Encounter],
    wanted: Mapping[UUID, CodingDocument],
) -> dict[UUID, tuple[PastService, ...]]:
    """Map encounters to services of the same patient at others; one statement for them all.

    Of two encounters that nobody has coded yet, only the one that came later is judged by the
    other: so one of them can be finished.
    """
    ids = {row.patient_id for row in rows if row.patient_id is not None}
    days = [wanted[row.id].service_date for row in rows]
    if not ids or not days:
        return {row.id: () for row in rows}
    services: dict[UUID | None, list[ServiceOfPatient]] = defaultdict(list)
    since, until = min(days) - THREE_YEARS, max(days) + DAY_AFTER
    for one in list_services_of_patients(session, client_id, ids, since=since, until=until):
        services[one.patient_id].append(one)
    return {
        row.id: tuple(one.past for one in services.get(row.patient_id, ()) if _counts(one, row))
        for row in rows
    }


def _counts(other: ServiceOfPatient, row: Encounter) -> bool:
    encounter_id = other.past.encounter_id
    return encounter_id != row.id and (other.is_coded or encounter_id < row.id)


def gather_payers(
    session: Session,
    client_id: UUID,
    rows: Collection[Encounter],
    wanted: Mapping[UUID, CodingDocument],
) -> dict[UUID, str]:
    """Map encounters to our key of the payer who is asked first; empty where nobody is.

    It is the first coverage in force on the day of service, as claims are built.
    """
    keys = {payer.id: key for key, payer in clients.find_payers(session, client_id).items()}
    held: dict[UUID | None, list[Coverage]] = defaultdict(list)
    ids = {row.patient_id for row in rows if row.patient_id is not None}
    for coverage in patients.list_coverages(session, client_id, ids):
        held[coverage.patient_id].append(coverage)
    return {
        row.id: _payer_on(held.get(row.patient_id, []), wanted[row.id].service_date, keys)
        for row in rows
    }


def _payer_on(held: list[Coverage], day: date, keys: Mapping[UUID, str]) -> str:
    first = next(iter(coverages_on(held, day)), None)
    return keys.get(first.payer_id, "") if first else ""
