"""Find our claims and lines for everything a remittance judges."""

from uuid import UUID

from sqlmodel import Session

from models.documents.posting import MatchedClaim
from models.documents.remittance import RemittanceClaim, RemittanceDocument
from models.values.identifiers import new_id
from revcycle.rules.posting.matching import match_claim, match_lines, merged_lines
from revcycle.store.postable_claims import ClaimIndex, index_claims
from revcycle.store.remittances import adjustments_at


def match_remittance(
    session: Session, client_id: UUID, document: RemittanceDocument
) -> list[MatchedClaim]:
    """Put each claim of a remittance beside ours, in the order of the payer."""
    index = index_claims(session, client_id, document.claims)
    return [
        _matched(index, ordinal, decision)
        for ordinal, decision in enumerate(document.claims, start=1)
    ]


def _matched(index: ClaimIndex, ordinal: int, decision: RemittanceClaim) -> MatchedClaim:
    claim_id = match_claim(
        decision,
        by_control_number=index.by_control_number,
        by_payer_number=index.by_payer_number,
        charges=index.charges,
        by_member=index.by_member,
    )
    claim = index.claims[claim_id] if claim_id else None
    unknown = (None,) * len(decision.lines)
    lines = match_lines(decision.lines, claim) if claim else unknown
    return MatchedClaim(
        remittance_claim_id=new_id(),
        ordinal=ordinal,
        decision=decision,
        claim=claim,
        lines=lines,
        adjustment_ids=_adjustment_ids(decision),
        rank=claim.payer_rank if claim else 1,
        merged=merged_lines(decision.lines, claim, lines) if claim else {},
    )


def _adjustment_ids(decision: RemittanceClaim) -> dict[tuple[int, int], UUID]:
    return {
        (place, ordinal): new_id()
        for place in range(len(decision.lines) + 1)
        for ordinal in range(1, len(adjustments_at(decision, place)) + 1)
    }
