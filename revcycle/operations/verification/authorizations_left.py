"""Say what is left of patients' authorizations."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.authorization import Authorization
from revcycle.rules.coding.used_visits import count_used
from revcycle.store import authorizations


@dataclass(frozen=True, slots=True, repr=False)
class AuthorizationLeft:
    """An authorization with what visits used of it, coded or not.

    Attributes:
        used: By every visit that is not voided, those that wait for a coder too.
        left: Never less than none.
    """

    authorization: Authorization
    payer_name: str
    noted_by: str
    used: int

    @property
    def left(self) -> int:
        """How many are left."""
        return max(self.authorization.allowed - self.used, 0)


def list_authorizations_left(
    session: Session, client_id: UUID, patient_ids: Collection[UUID]
) -> list[AuthorizationLeft]:
    """List the authorizations of these patients, those that end last first."""
    listed = authorizations.list_named_authorizations(session, client_id, patient_ids)
    patients = {one.authorization.patient_id for one in listed}
    visits = authorizations.list_visits(session, client_id, patients) if patients else {}
    return [
        AuthorizationLeft(
            one.authorization,
            one.payer_name,
            one.noted_by,
            count_used(one.authorization, visits.get(one.authorization.patient_id, ())),
        )
        for one in listed
    ]
