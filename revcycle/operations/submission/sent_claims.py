"""What a partner's word does to the claims that a file carries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent, ClaimState
from models.states.work_item import Queue
from models.tables import Claim
from revcycle.operations.submission.partner_words import say_refusal
from revcycle.operations.submission.policies import WorkTerms
from revcycle.rules.submission.acknowledged import AcknowledgementWord, claim_event
from revcycle.store import claims, work_items
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem


@dataclass(frozen=True, slots=True, repr=False)
class SentClaim:
    """A claim beside the version of it that an acknowledgement is about."""

    claim: Claim
    is_latest: bool


def rejection_cause(claim_id: UUID) -> str:
    """Name the cause of the work item of a rejected claim."""
    return f"rejection:{claim_id}"


def list_sent_claims(
    session: Session, client_id: UUID, outbound_file_ids: Iterable[UUID]
) -> dict[UUID, list[SentClaim]]:
    """Lock the claims that files carry; map files to them."""
    versions = claims.list_versions_of_files(session, client_id, outbound_file_ids)
    claim_ids = {version.claim_id for version in versions}
    rows = {row.id: row for row in claims.list_claims(session, client_id, claim_ids)}
    latest = claims.latest_versions(session, client_id, claim_ids)
    carried: dict[UUID, list[SentClaim]] = {}
    for version in versions:
        sent = SentClaim(rows[version.claim_id], version.number == latest[version.claim_id])
        carried.setdefault(version.outbound_file_id, []).append(sent)
    return carried


def follow_word(
    session: Session, act: Act, sent: SentClaim, word: AcknowledgementWord
) -> ClaimEvent | None:
    """Move a claim by what a partner says of one of its versions; an old version moves nothing."""
    if not sent.is_latest:
        return None
    event = claim_event(ClaimState(sent.claim.state), word)
    if event is not None:
        move(session, act.client_id, act, sent.claim, CLAIM_TRANSITIONS, event)
    return event


def open_rejections(
    session: Session, act: Act, reasons: Mapping[UUID, str], *, terms: WorkTerms
) -> None:
    """Open one work item per rejected claim, with its reason as a code and in words."""
    items = [
        NewWorkItem(
            queue=Queue.REJECTION,
            cause_key=rejection_cause(claim_id),
            subject_kind="claim",
            subject_id=claim_id,
            reason=reason,
            detail=say_refusal(reason),
            service_hours=terms.service_hours,
            priority=terms.priority,
        )
        for claim_id, reason in reasons.items()
    ]
    work_items.open_work_items(session, act.client_id, act, items)
