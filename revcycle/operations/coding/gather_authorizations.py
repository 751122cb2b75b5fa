"""Gather what payers authorized for encounters, and what is left of it."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlmodel import Session

from models.documents.authorization import DoneService
from models.documents.coding import CodingDocument
from models.documents.coding_case import AuthorizationFacts
from models.tables import Encounter
from revcycle.rules.coding.used_visits import judge_authorizations
from revcycle.store import authorizations, patients


def gather_authorizations(
    session: Session,
    client_id: UUID,
    rows: Collection[Encounter],
    wanted: Mapping[UUID, CodingDocument],
) -> dict[UUID, tuple[AuthorizationFacts, ...]]:
    """Map encounters to the authorizations that their services use; most have none.

    Args:
        session: The database.
        client_id: The practice.
        rows: Its encounters.
        wanted: Their codes, which need not be stored.
    """
    ids = {row.patient_id for row in rows if row.patient_id is not None}
    held = authorizations.list_authorizations(session, client_id, ids)
    visits = authorizations.list_visits(session, client_id, held) if held else {}
    coverages = patients.list_coverages(session, client_id, held) if held else []
    found: dict[UUID, tuple[AuthorizationFacts, ...]] = {}
    for row in rows:
        if row.patient_id is None or row.patient_id not in held:
            continue
        coding = wanted[row.id]
        own = [one for one in coverages if one.patient_id == row.patient_id]
        payer_id = authorizations.payer_on(own, coding.service_date)
        visit = authorizations.to_visit(row, payer_id, _services(coding))
        others = [one for one in visits.get(row.patient_id, ()) if one.encounter_id != row.id]
        found[row.id] = judge_authorizations(held[row.patient_id], visit, others)
    return found


def _services(coding: CodingDocument) -> tuple[DoneService, ...]:
    return tuple(
        DoneService(one.procedure_code, one.service_date or coding.service_date, one.units)
        for one in coding.services
    )
