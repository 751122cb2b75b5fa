"""Write down what payers authorized."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.authorization import NewAuthorization
from models.errors import NotFoundError, RejectedError
from models.tables import VisitAuthorization
from models.values.authorized import AuthorizationSource
from revcycle.store import clients, patients
from revcycle.store.audit import record_act
from revcycle.store.authorizations import find_authorizations, write_authorization

ALLOWED_MAX: Final = 9999
NUMBER_LENGTH: Final = 50


@dataclass(frozen=True, slots=True)
class KeptCount:
    """How many authorizations are new, and how many say something else than before."""

    added: int = 0
    changed: int = 0


def keep_authorizations(
    session: Session,
    act: Act,
    new: Sequence[NewAuthorization],
    *,
    source: AuthorizationSource,
    inbound_file_id: UUID | None = None,
) -> KeptCount:
    """Add authorizations, or say anew what known ones allow: a number is one authorization.

    Repeating it is safe: what says the same as before changes nothing.

    Raises:
        NotFoundError: this practice has no such patient or payer.
        RejectedError: one allows nothing that can be counted, or ends before it begins.
    """
    _require_known(session, act, new)
    held = find_authorizations(session, act.client_id, {one.patient_id for one in new})
    added = changed = 0
    for one in new:
        refuse_nonsense(one)
        key = (one.patient_id, one.payer_id, one.key)
        row = held.get(key)
        if row is not None and _says_the_same(row, one):
            continue
        held[key] = write_authorization(session, act, row, one, source, inbound_file_id)
        action = "add_authorization" if row is None else "change_authorization"
        record_act(session, act.client_id, act, action, "patient", one.patient_id)
        added, changed = added + (row is None), changed + (row is not None)
    return KeptCount(added, changed)


def refuse_nonsense(new: NewAuthorization) -> None:
    """Refuse an authorization that nobody could have given.

    Raises:
        RejectedError: it allows nothing that can be counted, or ends before it begins.
    """
    if not 0 <= new.allowed <= ALLOWED_MAX:
        msg = f"an authorization allows 0 to {ALLOWED_MAX}"
        raise RejectedError(msg)
    if len(new.number) > NUMBER_LENGTH or not new.number.isprintable():
        msg = f"an authorization has a number of at most {NUMBER_LENGTH} characters"
        raise RejectedError(msg)
    if new.valid_from and new.valid_to and new.valid_to < new.valid_from:
        msg = "an authorization cannot end before it begins"
        raise RejectedError(msg)


def _require_known(session: Session, act: Act, new: Collection[NewAuthorization]) -> None:
    ids = {one.patient_id for one in new}
    payers = {row.id for row in clients.find_payers(session, act.client_id).values()}
    if ids - set(patients.find_patients(session, act.client_id, ids)):
        msg = "no such patient"
        raise NotFoundError(msg)
    if {one.payer_id for one in new} - payers:
        msg = "the practice has no such payer"
        raise NotFoundError(msg)


def _says_the_same(row: VisitAuthorization, new: NewAuthorization) -> bool:
    return (
        row.procedures,
        row.counts,
        row.allowed,
        row.valid_from,
        row.valid_to,
        row.counted_from,
    ) == (
        new.procedures,
        new.counts,
        new.allowed,
        new.valid_from,
        new.valid_to,
        new.counted_from,
    )
