"""End a denial without a new claim: the payer will decide again."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent, DenialState
from models.states.work_item import WorkItemEvent
from models.values.accounts import receivable_of
from revcycle.operations.denials.appeal_work import appeal_cause, denial_cause
from revcycle.operations.denials.move_denied_money import move_denied_money
from revcycle.store import appeals, denials, work_items
from revcycle.store.audit import record_act
from revcycle.store.postable_claims import get_postable_claim
from revcycle.store.state_changes import move


def close_denial(session: Session, act: Act, denial_id: UUID, *, resolution: str) -> None:
    """Close a denial, and let the payer owe what it denied again.

    Nothing may stay denied without somebody who works on it: what is not to be collected is
    written off by two persons instead.

    Args:
        session: The open transaction.
        act: Who closes it.
        denial_id: The denial.
        resolution: A code such as ``reprocessing``, without names.

    Raises:
        NotFoundError: this client has no such denial.
        IllegalTransitionError: the denial is neither open, nor corrected, nor appealed.
        RejectedError: a letter asks about it that nobody answered.
    """
    denial = denials.lock_denial(session, act.client_id, denial_id)
    if appeals.lock_undecided_appeals(session, act.client_id, [denial_id]):
        msg = f"the appeal of denial {denial_id} is not answered yet"
        raise RejectedError(msg)
    was_denied = DenialState(denial.state) is not DenialState.CORRECTED
    move(session, act.client_id, act, denial, DENIAL_TRANSITIONS, DenialEvent.CLOSE)
    if was_denied:
        claim = get_postable_claim(session, act.client_id, denial.claim_id)
        move_denied_money(session, act, denial, receivable_of(claim.payer_rank))
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [denial_cause(denial.id), appeal_cause(denial.id)],
        resolution=resolution,
        event=WorkItemEvent.COMPLETE,
    )
    record_act(session, act.client_id, act, "close_denial", "denial", denial.id)
