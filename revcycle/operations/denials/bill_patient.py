"""Ask the patient, or the patient's next payer, for a denied amount."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent
from models.states.work_item import WorkItemEvent
from models.values.accounts import Account, receivable_of
from revcycle.operations.denials.move_denied_money import move_denied_money
from revcycle.rules.denials.may_bill_patient import may_bill_patient
from revcycle.store import denials, work_items
from revcycle.store.audit import record_act
from revcycle.store.postable_claims import get_postable_claim
from revcycle.store.state_changes import move


def bill_patient(session: Session, act: Act, denial_id: UUID) -> Account:
    """Move what the payer assigned to the patient there; a next payer is asked first.

    Returns:
        The receivable that holds it now.

    Raises:
        NotFoundError: this client has no such denial.
        IllegalTransitionError: the denial is not open.
        RejectedError: the payer did not assign the amount to the patient.
    """
    denial = denials.lock_denial(session, act.client_id, denial_id)
    if not may_bill_patient(denial.group):
        msg = f"denial {denial.id} is {denial.group}: the patient does not owe it"
        raise RejectedError(msg)
    move(session, act.client_id, act, denial, DENIAL_TRANSITIONS, DenialEvent.BILL_PATIENT)
    claim = get_postable_claim(session, act.client_id, denial.claim_id)
    following = claim.rank_after(claim.payer_rank)
    receivable = Account.AR_PATIENT if following is None else receivable_of(following)
    move_denied_money(session, act, denial, receivable)
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [f"denial:{denial.id}"],
        resolution="billed to the patient",
        event=WorkItemEvent.COMPLETE,
    )
    record_act(session, act.client_id, act, "bill_patient", "denial", denial.id)
    return receivable
