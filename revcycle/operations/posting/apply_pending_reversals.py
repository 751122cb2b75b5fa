"""Let reversals that came too early take back what has come now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import EntryKind
from models.documents.posting import EarlierDecision, PendingReversal
from models.tables import Claim
from revcycle.operations.posting.keep_unapplied import close_questions
from revcycle.operations.posting.progress import PostingProgress
from revcycle.operations.posting.take_decisions_back import negate, take_decisions_back
from revcycle.rules.posting.claim_booking import source_key
from revcycle.rules.posting.original import find_awaited
from revcycle.store import remittances, standing_entries
from revcycle.store.pending_reversals import (
    adjustments_of_decisions,
    list_pending_reversals,
    settle_pending_reversal,
)

RESOLUTION = "original arrived"
_Pair = tuple[PendingReversal, EarlierDecision]


def apply_pending_reversals(
    session: Session,
    act: Act,
    progress: PostingProgress,
    claim_ids: Collection[UUID],
    claims: Mapping[UUID, Claim],
) -> int:
    """Take back decisions whose reversal was posted before them; return how many.

    Call it when the decisions of a remittance are stored. What then stands in the books is the
    same as if the files had come in order; the questions about both close by themselves.

    Args:
        session: The open transaction.
        act: Who, when.
        progress: The remittance with the decisions.
        claim_ids: Claims that it decides.
        claims: Ours, locked.
    """
    pairs = _pairs(session, act.client_id, claim_ids)
    for reversal, original in pairs:
        own = replace(progress, remittance_id=reversal.remittance_id)
        take_decisions_back(session, act, own, [original], claims, taken_on=reversal.paid_on)
        _release(session, act, own, reversal)
        settle_pending_reversal(
            session, act.client_id, reversal.remittance_claim_id, original.remittance_claim_id
        )
    _close_questions(session, act, progress, pairs)
    return len(pairs)


def _pairs(session: Session, client_id: UUID, claim_ids: Collection[UUID]) -> list[_Pair]:
    pending = list_pending_reversals(session, client_id, claim_ids)
    if not pending:
        return []
    waiting_ids = [one.claim_id for one in pending]
    standing = remittances.standing_decisions(session, client_id, waiting_ids)
    said_ids = [one.remittance_claim_id for found in standing.values() for one in found]
    said_ids += [one.remittance_claim_id for one in pending]
    adjusted = adjustments_of_decisions(session, client_id, said_ids)
    pairs = []
    for reversal in pending:
        candidates = standing.get(reversal.claim_id, [])
        original = find_awaited(reversal, candidates, adjusted)
        if original is not None:
            candidates.remove(original)
            pairs.append((reversal, original))
    return pairs


def _release(
    session: Session, act: Act, progress: PostingProgress, reversal: PendingReversal
) -> None:
    """Take the money of the reversal out of where it waited."""
    key = source_key(reversal.remittance_id, reversal.ordinal, 0)
    kept = standing_entries.unreversed_entries_of_sources(
        session, act.client_id, [key], [EntryKind.UNAPPLIED]
    )
    negate(session, act, progress, kept, on=reversal.paid_on)


def _close_questions(
    session: Session, act: Act, progress: PostingProgress, pairs: Sequence[_Pair]
) -> None:
    answered = {one.remittance_claim_id for pair in pairs for one in pair}
    progress.drop_questions(answered)
    close_questions(session, act, answered, resolution=RESOLUTION)
