"""Let one patient's credit pay what the same patient owes, from the item that asks about it."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from revcycle.operations.posting.apply_patient_credits import apply_patient_credits
from revcycle.store import work_items
from revcycle.store.audit import record_act


def use_patient_credit(
    session: Session, act: Act, patient_id: UUID, *, work_item_id: UUID, token: int
) -> None:
    """Pay the patient's open balances, oldest first; an item whose credit is used up is closed.

    Raises:
        StaleLeaseError: the lease is not the actor's any more.
        RejectedError: the patient owes nothing, or has no credit.
    """
    work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    if not apply_patient_credits(session, act, only=[patient_id]):
        msg = "the patient owes nothing that the credit could pay"
        raise RejectedError(msg)
    record_act(session, act.client_id, act, "use_patient_credit", "patient", patient_id)
