"""Propose the member numbers that a payer corrected in a remittance."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.posting import MatchedClaim
from models.states.work_item import Queue
from models.tables import Claim, CoverageCorrection
from models.values.identifiers import new_id
from revcycle.operations.posting.progress import PostingProgress
from revcycle.store.coverage_corrections import known_corrections
from revcycle.store.eligibility import list_coverages_by_id
from revcycle.store.state_changes import record_creation
from revcycle.store.work_items import NewWorkItem

CORRECTED: Final = "verification.corrected_insured"
SUBJECT: Final = "coverage_correction"
SERVICE_HOURS: Final = 48


def propose_corrections(
    session: Session,
    act: Act,
    progress: PostingProgress,
    matches: Sequence[MatchedClaim],
    claims: Mapping[UUID, Claim],
) -> int:
    """Keep each number that is not ours with the coverage it is about, and ask a person.

    Nothing of the coverage changes; the same number is proposed once, whatever was decided about
    it. Return how many are new.
    """
    said = {
        claims[match.claim.claim_id].coverage_id: match
        for match in map(progress.as_decided, matches)
        if match.claim
        and match.decision.corrected_member_id
        and not match.decision.is_reversal
        and match.rank == match.claim.payer_rank
    }
    if not said:
        return 0
    known = known_corrections(session, act.client_id, said)
    proposed = 0
    for coverage in list_coverages_by_id(session, act.client_id, said):
        match = said[coverage.id]
        number = match.decision.corrected_member_id
        if number == coverage.member_id or (coverage.id, number) in known:
            continue
        row = CoverageCorrection(
            client_id=act.client_id,
            id=new_id(),
            remittance_claim_id=match.remittance_claim_id,
            coverage_id=coverage.id,
            old_member_id=coverage.member_id,
            new_member_id=number,
            proposed_at=act.at,
        )
        record_creation(session, act.client_id, act, row)
        progress.items.append(_item(row.id))
        proposed += 1
    session.flush()  # an item says whose record it is about
    return proposed


def _item(correction_id: UUID) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.VERIFICATION,
        cause_key=f"{CORRECTED}:{correction_id}",
        subject_kind=SUBJECT,
        subject_id=correction_id,
        reason=CORRECTED,
        detail="the payer corrected the member number",
        service_hours=SERVICE_HOURS,
    )
