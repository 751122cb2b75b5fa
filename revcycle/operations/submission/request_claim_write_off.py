"""Ask a second person to give a claim up that no payer will take."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.cause_party import CauseParty
from models.states.work_item import Queue
from revcycle.operations.submission.policies import WorkTerms
from revcycle.operations.submission.unsent_claims import (
    close_claim_work,
    get_unsent_claim,
    write_off_cause,
)
from revcycle.rules.denials.reasons import WRITE_OFF_REASONS
from revcycle.store.audit import record_act
from revcycle.store.work_items import NewWorkItem, open_work_items

ACTION = "request_claim_write_off"
WRITE_OFF_REQUESTED = "claim_write_off_requested"


def request_claim_write_off(
    session: Session,
    act: Act,
    claim_id: UUID,
    *,
    reason: str,
    cause: CauseParty = CauseParty.PAYER,
    terms: WorkTerms = WorkTerms(),  # noqa: B008 - frozen
) -> None:
    """Close the work on a held or rejected claim and open a decision for somebody else.

    Args:
        session: The open transaction.
        act: Who asks.
        claim_id: The claim, past its filing limit for example.
        reason: A code such as ``timely_filing``, without names.
        cause: Who caused it.
        terms: How long the decision may wait.

    Raises:
        NotFoundError: this practice has no such claim.
        RejectedError: the claim is under way, or a payer decided on it.
    """
    claim = get_unsent_claim(session, act.client_id, claim_id)
    claim.write_off_reason, claim.cause_party = reason, cause
    close_claim_work(session, act, claim_id, resolution="write-off requested")
    item = NewWorkItem(
        queue=Queue.APPROVAL,
        cause_key=write_off_cause(claim_id),
        subject_kind="claim",
        subject_id=claim_id,
        reason=WRITE_OFF_REQUESTED,
        field=cause,
        detail=WRITE_OFF_REASONS.get(reason, reason),
        service_hours=terms.service_hours,
        priority=terms.priority,
    )
    open_work_items(session, act.client_id, act, [item])
    record_act(session, act.client_id, act, ACTION, "claim", claim_id)
