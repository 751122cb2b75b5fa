"""Queries on what was done for patients at any of their encounters."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from models.documents.coding_case import PastService
from models.states.encounter import EncounterState
from models.tables import Charge, Encounter
from revcycle.store.codings import to_service
from revcycle.store.ledger import in_chunks

_NOT_DONE: Final = (EncounterState.NEEDS_FIX, EncounterState.VOIDED)


@dataclass(frozen=True, slots=True, repr=False)
class ServiceOfPatient:
    """A charge, whose it is, and whether its encounter's coding is complete."""

    patient_id: UUID
    is_coded: bool
    past: PastService


def list_services_of_patients(
    session: Session, client_id: UUID, patient_ids: Collection[UUID], *, since: date, until: date
) -> Iterator[ServiceOfPatient]:
    """List the services of these patients in a period, both days included, oldest first.

    What was voided, or needs a fix before it counts, is left out.
    """
    for chunk in in_chunks(patient_ids):
        statement = (
            select(
                Charge,
                col(Encounter.patient_id),
                col(Encounter.state),
                col(Encounter.rendering_provider_id),
            )
            .join(
                Encounter,
                (col(Encounter.client_id) == client_id)
                & (col(Encounter.id) == col(Charge.encounter_id)),
            )
            .where(
                col(Charge.client_id) == client_id,
                ~col(Charge.is_withdrawn),
                col(Encounter.patient_id).in_(chunk),
                col(Encounter.state).not_in(_NOT_DONE),
                col(Charge.service_date).between(since, until),
            )
            .order_by(col(Charge.service_date), col(Charge.encounter_id), col(Charge.ordinal))
        )
        for charge, patient_id, state, provider_id in session.execute(statement):
            yield ServiceOfPatient(
                patient_id,
                state in {EncounterState.CODED, EncounterState.BILLED},
                PastService(
                    charge.encounter_id, provider_id, charge.service_date, to_service(charge)
                ),
            )
