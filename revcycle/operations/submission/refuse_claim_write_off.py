"""Refuse to give a claim up: the work on it goes on."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.finding import Severity
from models.errors import RejectedError
from models.states.claim import ClaimState
from models.states.work_item import Queue
from models.tables import Claim
from revcycle.operations.submission.policies import WorkTerms
from revcycle.operations.submission.scrub_claims import finding_words, scrub_cause
from revcycle.operations.submission.sent_claims import rejection_cause
from revcycle.operations.submission.unsent_claims import (
    close_claim_work,
    get_unsent_claim,
    write_off_cause,
)
from revcycle.store import claims, work_items
from revcycle.store.audit import record_act
from revcycle.store.work_items import NewWorkItem

REFUSED = "claim_write_off_refused"


def refuse_claim_write_off(
    session: Session,
    act: Act,
    claim_id: UUID,
    *,
    terms: WorkTerms = WorkTerms(),  # noqa: B008 - frozen
) -> None:
    """Send a claim back to the queue that it came from.

    Raises:
        NotFoundError: this practice has no such claim.
        RejectedError: nobody asked for a write-off, or the claim is under way.
    """
    claim = get_unsent_claim(session, act.client_id, claim_id)
    if not work_items.has_open_cause(session, act.client_id, [write_off_cause(claim_id)]):
        msg = f"nobody asked to write claim {claim_id} off"
        raise RejectedError(msg)
    claim.write_off_reason = claim.cause_party = ""
    close_claim_work(session, act, claim_id, resolution="refused")
    item = _again(session, act, claim, terms)
    work_items.open_work_items(session, act.client_id, act, [item])
    record_act(session, act.client_id, act, "refuse_claim_write_off", "claim", claim_id)


def _again(session: Session, act: Act, claim: Claim, terms: WorkTerms) -> NewWorkItem:
    is_held = claim.state == ClaimState.HELD
    found = [
        one
        for one in claims.list_findings(session, act.client_id, [claim.id])
        if is_held and one.severity == Severity.ERROR
    ]
    return NewWorkItem(
        queue=Queue.SCRUB if is_held else Queue.REJECTION,
        cause_key=scrub_cause(claim.id) if is_held else rejection_cause(claim.id),
        subject_kind="claim",
        subject_id=claim.id,
        reason=found[0].rule_id if found else REFUSED,
        field=found[0].field if found else "",
        detail=finding_words(found[0].field, found[0].message)
        if found
        else "the write-off was refused: work the claim",
        service_hours=terms.service_hours,
        priority=terms.priority,
    )
