"""Take earlier decisions back, to the cent."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import BookedEntry, EntryKind
from models.documents.posting import EarlierDecision, MatchedClaim, PostingOutcome
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent
from models.tables import Claim
from revcycle.operations.denials.appeal_work import appeal_cause
from revcycle.operations.denials.end_appeals import end_appeals
from revcycle.operations.posting.keep_unapplied import UNKNOWN_ORIGINAL, Unbookable
from revcycle.operations.posting.progress import PostingProgress
from revcycle.rules.ledger.reversal import reversal_of
from revcycle.rules.posting.original import find_original
from revcycle.store import denials, ledger, remittances, work_items
from revcycle.store.state_changes import move

PAYMENT_KINDS = (EntryKind.REMITTANCE_LINE, EntryKind.UNAPPLIED)
DENIAL_KINDS = (EntryKind.TRANSFER, EntryKind.WRITE_OFF)


def reverse_decisions(
    session: Session,
    act: Act,
    progress: PostingProgress,
    reversals: Sequence[MatchedClaim],
    claims: Mapping[UUID, Claim],
) -> list[Unbookable]:
    """Negate what each reversed decision booked and what people did about its denials.

    Returns:
        Reversals without a known original.
    """
    originals = _find_originals(session, act, reversals)
    _negate_payments(session, act, progress, [decision for _, decision in originals])
    _reverse_denials(session, act, progress, [decision for _, decision in originals])
    for match, original in originals:
        progress.outcomes[match.remittance_claim_id] = PostingOutcome.REVERSED
        progress.reversed_ids[match.remittance_claim_id] = original.remittance_claim_id
    _move_claims(session, act, [decision for _, decision in originals], claims)
    found = {match.remittance_claim_id for match, _ in originals}
    return [
        Unbookable(match, UNKNOWN_ORIGINAL)
        for match in reversals
        if match.remittance_claim_id not in found
    ]


def _find_originals(
    session: Session, act: Act, reversals: Sequence[MatchedClaim]
) -> list[tuple[MatchedClaim, EarlierDecision]]:
    claim_ids = [match.claim.claim_id for match in reversals if match.claim]
    standing = remittances.standing_decisions(session, act.client_id, claim_ids)
    originals = []
    for match in reversals:
        candidates = standing.get(match.claim.claim_id, []) if match.claim else []
        original = find_original(match.decision, candidates)
        if original is not None:
            candidates.remove(original)
            originals.append((match, original))
    return originals


def _negate_payments(
    session: Session, act: Act, progress: PostingProgress, originals: Sequence[EarlierDecision]
) -> None:
    claim_ids = [original.claim_id for original in originals]
    prefixes = tuple(original.source_prefix for original in originals)
    booked = [
        entry
        for entry in ledger.unreversed_entries(session, act.client_id, claim_ids, PAYMENT_KINDS)
        if entry.source_key.startswith(prefixes)
    ]
    _negate(session, act, progress, booked)


def _reverse_denials(
    session: Session, act: Act, progress: PostingProgress, originals: Sequence[EarlierDecision]
) -> None:
    """Undo transfers and write-offs of denials that no longer stand; end appeals and work."""
    rows = denials.denials_of_decisions(
        session, act.client_id, [original.remittance_claim_id for original in originals]
    )
    keys = {f"denial:{row.id}" for row in rows}
    claim_ids = [original.claim_id for original in originals]
    booked = [
        entry
        for entry in ledger.unreversed_entries(session, act.client_id, claim_ids, DENIAL_KINDS)
        if entry.source_key in keys
    ]
    _negate(session, act, progress, booked)
    for row in rows:
        move(session, act.client_id, act, row, DENIAL_TRANSITIONS, DenialEvent.REVERSE)
    end_appeals(session, act, [row.id for row in rows])
    causes = [*keys, *(f"write_off:{row.id}" for row in rows)]
    causes += [appeal_cause(row.id) for row in rows]
    for chunk in ledger.in_chunks(causes):
        work_items.close_work_items(session, act.client_id, act, chunk, resolution="reversed")


def _negate(
    session: Session, act: Act, progress: PostingProgress, booked: Sequence[BookedEntry]
) -> None:
    drafts = [
        reversal_of(
            entry, effective_date=progress.effective_date, remittance_id=progress.remittance_id
        )
        for entry in booked
    ]
    ledger.insert_entries(session, act.client_id, act, drafts)
    for entry in booked:
        charges = {posting.subject.charge_id for posting in entry.postings}
        progress.charge_ids.update(charge_id for charge_id in charges if charge_id)


def _move_claims(
    session: Session,
    act: Act,
    originals: Sequence[EarlierDecision],
    claims: Mapping[UUID, Claim],
) -> None:
    """Reopen decided claims; one that is being corrected or is under way stays where it is."""
    for original in originals:
        claim = claims[original.claim_id]
        is_own = original.rank == claim.payer_rank
        decided = original.outcome is PostingOutcome.DECIDED and is_own
        if decided and (claim.state, ClaimEvent.REVERSE) in CLAIM_TRANSITIONS:
            move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, ClaimEvent.REVERSE)
