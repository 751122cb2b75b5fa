"""What a simulated verifier writes down of the authorizations that visits came with."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from models.documents.act import Act
from models.documents.authorization import NewAuthorization, Visit
from models.values.authorized import AuthorizationSource
from revcycle.operations.verification.keep_authorizations import keep_authorizations
from revcycle.settings import settings
from revcycle.store import authorizations
from revcycle.store.session import transaction

VERIFIER: Final = "demo.verifier"
BEFORE, AFTER = timedelta(days=30), timedelta(days=60)  # of the visit: how long it is in force


def write_authorizations(act: Act) -> Counter[str]:
    """Write down each number that visits came with; one is used up by them, the next one nearly.

    What stands already is left alone, so that running the day again changes nothing.
    """
    act = replace(act, actor=VERIFIER)
    with transaction(settings().database, act.client_id) as session:
        visits = authorizations.list_numbered_visits(session, act.client_id)
        held = authorizations.list_authorizations(session, act.client_id, visits)
        known = {one.number for of_patient in held.values() for one in of_patient}
        numbered = sorted(
            ((patient_id, one) for patient_id, found in visits.items() for one in found),
            key=lambda pair: pair[1].number,
        )
        new = [
            _invented(patient_id, visit.payer_id, visit, spare=place % 2)
            for place, (patient_id, visit) in enumerate(numbered)
            if visit.payer_id is not None and visit.number not in known
        ]
        count = keep_authorizations(session, act, new, source=AuthorizationSource.PERSON)
    return +Counter({"verifier: wrote an authorization down": count.added})


def _invented(patient_id: UUID, payer_id: UUID, visit: Visit, *, spare: int) -> NewAuthorization:
    """Allow the visit, and so many more."""
    days = {one.day for one in visit.services}
    return NewAuthorization(
        patient_id=patient_id,
        payer_id=payer_id,
        number=visit.number,
        allowed=len(days) + spare,
        procedures=",".join(sorted({one.procedure_code for one in visit.services})),
        valid_from=min(days) - BEFORE,
        valid_to=max(days) + AFTER,
    )
