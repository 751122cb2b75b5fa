"""Post one payment: its claims, its provider adjustments, its open questions."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.playbook import Play
from models.documents.posting import MatchedClaim, PostingOutcome
from models.documents.remittance import RemittanceDocument
from models.tables import Claim
from models.values.identifiers import new_id
from revcycle.formats.x12.collector import collector_paused
from revcycle.operations.posting.apply_pending_reversals import apply_pending_reversals
from revcycle.operations.posting.book_decisions import book_decisions, open_what_is_denied
from revcycle.operations.posting.book_provider_adjustments import book_provider_adjustments
from revcycle.operations.posting.book_waiting_decisions import book_waiting_decisions
from revcycle.operations.posting.judge_decisions import Decision
from revcycle.operations.posting.keep_unapplied import (
    NO_DECISION,
    UNMATCHED,
    Unbookable,
    keep_unapplied,
)
from revcycle.operations.posting.level_credits import level_credits
from revcycle.operations.posting.match_remittance import match_remittance
from revcycle.operations.posting.progress import PostingProgress
from revcycle.operations.posting.propose_corrections import propose_corrections
from revcycle.operations.posting.reverse_decisions import reverse_decisions
from revcycle.operations.posting.take_unapplied_back import take_unapplied_back
from revcycle.rules.posting.decision import DecisionKind, decision_kind
from revcycle.rules.posting.refusal import signed_amount
from revcycle.store import work_items
from revcycle.store.ledger import in_chunks
from revcycle.store.postable_claims import lock_claims
from revcycle.store.remittances import (
    NewRemittance,
    insert_remittance,
    insert_remittance_claims,
)


@dataclass(slots=True)
class _Sorted:
    """The claims of a payment by what they do."""

    reversals: list[MatchedClaim]
    decisions: list[Decision]
    others: list[Unbookable]


@collector_paused()
def post_remittance(
    session: Session,
    act: Act,
    inbound_file_id: UUID,
    ordinal: int,
    document: RemittanceDocument,
    *,
    plays: tuple[Play, ...],
    capitated_payers: frozenset[str] = frozenset(),
) -> PostingProgress:
    """Store and book one payment that was not refused.

    Reversals go first, wherever the payer wrote them, so that a correction finds its claim open.
    Whatever order files come in, the books end alike: a reversal waits for its original, and a
    correction for the reversal. The collector rests: next to nothing that a payment makes refers
    to itself, and the search for it was a third of the time of posting.
    """
    client_id = act.client_id
    progress = PostingProgress(new_id(), document, capitated_payers=capitated_payers)
    insert_remittance(
        session,
        client_id,
        act,
        NewRemittance(progress.remittance_id, inbound_file_id, ordinal, signed_amount(document)),
        document,
    )
    matches = match_remittance(session, client_id, document)
    claims = _book(session, act, progress, matches, plays)
    insert_remittance_claims(
        session,
        client_id,
        progress.remittance_id,
        [progress.as_decided(match) for match in matches],
        progress.outcomes,
        progress.reversed_ids,
    )
    open_what_is_denied(session, act, progress)
    decided = [one.claim.claim_id for one in matches if one.claim and not one.decision.is_reversal]
    apply_pending_reversals(session, act, progress, decided, claims)
    take_unapplied_back(session, act, progress, matches)
    book_waiting_decisions(session, act, progress, matches, claims, plays)
    propose_corrections(session, act, progress, matches, claims)
    book_provider_adjustments(session, act, progress)
    level_credits(
        session,
        act,
        progress.charge_ids,
        cause=str(progress.remittance_id),
        effective_date=progress.effective_date,
    )
    for items in in_chunks(progress.items):
        work_items.open_work_items(session, client_id, act, items)
    return progress


def _book(
    session: Session,
    act: Act,
    progress: PostingProgress,
    matches: list[MatchedClaim],
    plays: tuple[Play, ...],
) -> dict[UUID, Claim]:
    """Book what can be booked, keep the rest apart, and return our claims, locked."""
    claim_ids = {match.claim.claim_id for match in matches if match.claim}
    claims = lock_claims(session, act.client_id, claim_ids)
    by_kind = _sorted(matches)
    unknown = reverse_decisions(session, act, progress, by_kind.reversals, claims)
    doubtful = book_decisions(session, act, progress, by_kind.decisions, claims, plays)
    keep_unapplied(session, act, progress, [*unknown, *doubtful, *by_kind.others])
    return claims


def _sorted(matches: list[MatchedClaim]) -> _Sorted:
    by_kind = _Sorted([], [], [])
    for match in matches:
        kind = decision_kind(match.decision)
        if kind is DecisionKind.REVERSES:
            by_kind.reversals.append(match)
        elif kind is DecisionKind.NOTHING:
            by_kind.others.append(Unbookable(match, NO_DECISION))
        elif match.claim is None:
            by_kind.others.append(Unbookable(match, UNMATCHED))
        else:
            by_kind.decisions.append((match, match.claim))
    return by_kind


def count_outcomes(progress: PostingProgress, outcome: PostingOutcome) -> int:
    """Count the claims of a payment that came to one outcome."""
    return sum(1 for found in progress.outcomes.values() if found is outcome)
