"""Undo everything that decisions did: their entries, their denials, the states of their claims."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import BookedEntry, EntryKind
from models.documents.posting import EarlierDecision, PostingOutcome
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent, DenialState
from models.tables import Claim
from revcycle.operations.denials.appeal_work import appeal_cause
from revcycle.operations.denials.end_appeals import end_appeals
from revcycle.operations.posting.progress import PostingProgress
from revcycle.rules.ledger.reversal import reversal_of
from revcycle.store import denials, ledger, standing_entries, work_items
from revcycle.store.state_changes import move

PAYMENT_KINDS = (EntryKind.REMITTANCE_LINE, EntryKind.UNAPPLIED)
DENIAL_KINDS = (EntryKind.TRANSFER, EntryKind.WRITE_OFF)


def take_decisions_back(
    session: Session,
    act: Act,
    progress: PostingProgress,
    originals: Sequence[EarlierDecision],
    claims: Mapping[UUID, Claim],
    *,
    taken_on: date,
) -> None:
    """Negate what decisions booked and what people did about their denials.

    Args:
        session: The open transaction.
        act: Who, when.
        progress: The remittance whose money moves; learns which charges were touched.
        originals: Decisions that stand.
        claims: Ours, locked.
        taken_on: The day under which the books show it.
    """
    _negate_payments(session, act, progress, originals, taken_on)
    _negate_letters(session, act, progress, originals, taken_on)
    _reverse_denials(session, act, progress, originals, taken_on)
    _move_claims(session, act, originals, claims)


def standing_payments(
    session: Session, client_id: UUID, originals: Sequence[EarlierDecision]
) -> list[BookedEntry]:
    """List the entries that decisions booked and nothing took back yet."""
    claim_ids = [original.claim_id for original in originals]
    prefixes = tuple(original.source_prefix for original in originals)
    found = standing_entries.unreversed_entries(session, client_id, claim_ids, PAYMENT_KINDS)
    return [entry for entry in found if entry.source_key.startswith(prefixes)]


def _negate_payments(
    session: Session,
    act: Act,
    progress: PostingProgress,
    originals: Sequence[EarlierDecision],
    taken_on: date,
) -> None:
    booked = standing_payments(session, act.client_id, originals)
    negate(session, act, progress, booked, on=taken_on)


def _negate_letters(
    session: Session,
    act: Act,
    progress: PostingProgress,
    originals: Sequence[EarlierDecision],
    taken_on: date,
) -> None:
    """Let the reversal say what a letter announced: with both, the claim would be owed twice."""
    decided = {one.claim_id for one in originals if one.outcome is PostingOutcome.DECIDED}
    announced = standing_entries.unreversed_entries(
        session, act.client_id, decided, [EntryKind.RECOUPMENT]
    )
    negate(session, act, progress, announced, on=taken_on)


def _reverse_denials(
    session: Session,
    act: Act,
    progress: PostingProgress,
    originals: Sequence[EarlierDecision],
    taken_on: date,
) -> None:
    """Undo transfers and write-offs of denials that no longer stand; end appeals and work."""
    found = denials.denials_of_decisions(
        session, act.client_id, [original.remittance_claim_id for original in originals]
    )
    # A decision that was on another claim before left denials there that were taken back then.
    rows = [row for row in found if row.state != DenialState.REVERSED]
    keys = {f"denial:{row.id}" for row in rows}
    claim_ids = [original.claim_id for original in originals]
    booked = [
        entry
        for entry in standing_entries.unreversed_entries(
            session, act.client_id, claim_ids, DENIAL_KINDS
        )
        if entry.source_key in keys
    ]
    negate(session, act, progress, booked, on=taken_on)
    for row in rows:
        move(session, act.client_id, act, row, DENIAL_TRANSITIONS, DenialEvent.REVERSE)
    end_appeals(session, act, [row.id for row in rows])
    causes = [*keys, *(f"write_off:{row.id}" for row in rows)]
    causes += [appeal_cause(row.id) for row in rows]
    for chunk in ledger.in_chunks(causes):
        work_items.close_work_items(session, act.client_id, act, chunk, resolution="reversed")


def negate(
    session: Session,
    act: Act,
    progress: PostingProgress,
    booked: Sequence[BookedEntry],
    *,
    on: date,
) -> None:
    """Book the negation of entries, stored cents copied, under a day."""
    drafts = [
        reversal_of(entry, effective_date=on, remittance_id=progress.remittance_id)
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
