"""Put the number of an authorization onto the visits that use it."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding_case import AuthorizationFacts
from models.tables import Encounter
from revcycle.operations.coding.gather_authorizations import gather_authorizations
from revcycle.store import authorizations, codings
from revcycle.store.audit import record_act


def lock_for(session: Session, client_id: UUID, rows: Collection[Encounter]) -> None:
    """Let two who want the last visit of an authorization go one after the other."""
    ids = {row.patient_id for row in rows if row.patient_id is not None}
    authorizations.lock_authorizations(session, client_id, ids)


def place_authorizations(session: Session, act: Act, rows: Collection[Encounter]) -> int:
    """Name the authorization on encounters that name none and use one; return on how many.

    The claim then carries the number. One that is used up is put nowhere: what the payer allows
    later would be looked for in vain. Repeating it is safe: a number that stands there is never
    changed, be it the practice's own.
    """
    placed = 0
    # A visit without a number may use any: once it has one, the others have room for the next.
    while more := _place(session, act, rows):
        placed += more
    return placed


def _place(session: Session, act: Act, rows: Collection[Encounter]) -> int:
    without = [row for row in rows if not row.prior_authorization and row.service_date is not None]
    if not without:
        return 0
    coded = codings.list_codings(session, act.client_id, without)
    found = gather_authorizations(session, act.client_id, without, coded)
    placed = 0
    for row in without:
        number = next((one.number for one in found.get(row.id, ()) if _has_room(one)), "")
        if number:
            row.prior_authorization = number
            record_act(session, act.client_id, act, "place_authorization", "encounter", row.id)
            placed += 1
    return placed


def _has_room(one: AuthorizationFacts) -> bool:
    return bool(one.number) and one.used + one.needed <= one.allowed
