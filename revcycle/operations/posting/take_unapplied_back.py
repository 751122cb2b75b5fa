"""Let a payer take back money that stands on no claim of ours, or that our check returned."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import BookedEntry, EntryKind
from models.documents.patient_money import RefundPicture
from models.documents.posting import MatchedClaim, PostingOutcome, UnownedDecision
from revcycle.operations.posting.book_provider_adjustments import close_level_recoveries
from revcycle.operations.posting.keep_unapplied import close_questions
from revcycle.operations.posting.prepare_match import kept_entries
from revcycle.operations.posting.progress import PostingProgress
from revcycle.rules.ledger.provider_adjustments import sub_ledger
from revcycle.rules.ledger.recoupment import taken_after_refund_entry
from revcycle.rules.ledger.reversal import reversal_of
from revcycle.rules.posting.claim_booking import source_key
from revcycle.rules.posting.original import pair_unowned
from revcycle.store import ledger, refunds, standing_entries
from revcycle.store.pending_reversals import (
    adjustments_of_decisions,
    find_reversal_of,
    list_unowned,
    settle_pending_reversal,
)
from revcycle.store.remittance_claims import get_remittance_claim

RESOLUTION = "taken back by the payer"
AFTER_REFUND = ":refunded"  # ends the key of what a payer took although a check returned it


def take_unapplied_back(
    session: Session, act: Act, progress: PostingProgress, matches: Sequence[MatchedClaim]
) -> int:
    """Pair decisions about claims that nobody knows with what takes them back; return how many.

    Call it when the claims of the payment are stored. Both questions close: nothing waits for an
    owner any more. Where a check returned the money already, the payer has it twice, and a
    question about its recovery opens.
    """
    numbers = {
        match.decision.claim_control_number
        for match in matches
        if match.claim is None
        and progress.outcomes.get(match.remittance_claim_id) is PostingOutcome.UNAPPLIED
    }
    trace_id = progress.document.payer_trace_id
    standing = list_unowned(session, act.client_id, payer_trace_id=trace_id, numbers=numbers)
    ids = [one.remittance_claim_id for one in standing]
    pairs = pair_unowned(standing, adjustments_of_decisions(session, act.client_id, ids))
    for reversal, original in pairs:
        _settle(session, act, progress, reversal, original)
    return len(pairs)


def _settle(
    session: Session,
    act: Act,
    progress: PostingProgress,
    reversal: UnownedDecision,
    original: UnownedDecision,
) -> None:
    _negate(session, act, _kept(session, act, reversal), reversal, reversal.paid_on)
    refund = refunds.find_paid_refund(session, act.client_id, original.remittance_claim_id)
    if refund is None:
        _negate(session, act, _kept(session, act, original), reversal, reversal.paid_on)
    else:
        _owe_again(session, act, progress, reversal, original, refund)
    settle_pending_reversal(
        session, act.client_id, reversal.remittance_claim_id, original.remittance_claim_id
    )
    if reversal.remittance_claim_id in progress.outcomes:
        progress.outcomes[reversal.remittance_claim_id] = PostingOutcome.REVERSED
    both = {reversal.remittance_claim_id, original.remittance_claim_id}
    progress.drop_questions(both)
    close_questions(session, act, both, resolution=RESOLUTION)


def _kept(session: Session, act: Act, one: UnownedDecision) -> tuple[BookedEntry, ...]:
    return kept_entries(
        session,
        act.client_id,
        one.remittance_claim_id,
        remittance_id=one.remittance_id,
        ordinal=one.ordinal,
    )


def _negate(
    session: Session,
    act: Act,
    booked: Sequence[BookedEntry],
    reversal: UnownedDecision,
    on: date,
) -> None:
    """Take money out of where it waited; what moves is money of the reversal's payment."""
    drafts = [
        reversal_of(entry, effective_date=on, remittance_id=reversal.remittance_id)
        for entry in booked
    ]
    ledger.insert_entries(session, act.client_id, act, drafts)


def _owe_again(
    session: Session,
    act: Act,
    progress: PostingProgress,
    reversal: UnownedDecision,
    original: UnownedDecision,
    refund: RefundPicture,
) -> None:
    named = refund.payer_reference or original.number
    reference = sub_ledger(progress.document.payer_trace_id, named)
    entry = taken_after_refund_entry(
        _key(reversal),
        reversal.paid_on,
        remittance_id=reversal.remittance_id,
        reference=reference,
        amount=original.paid,
    )
    ledger.insert_entries(session, act.client_id, act, [entry])
    progress.recovered.add(reference)


def _key(reversal: UnownedDecision) -> str:
    return source_key(reversal.remittance_id, reversal.ordinal, 0, AFTER_REFUND)


def restore_after_refund(session: Session, act: Act, remittance_claim_id: UUID) -> bool:
    """Let what a payer took back count against its own payment, for no check returned it after all.

    Call it when the refund is void and its entry negated.

    Returns:
        Whether the payer took the money back: then nobody is asked whose it is.
    """
    reversal = find_reversal_of(session, act.client_id, remittance_claim_id)
    if reversal is None:
        return False
    taken = standing_entries.unreversed_entries_of_sources(
        session, act.client_id, [_key(reversal)], [EntryKind.RECOUPMENT]
    )
    if taken:
        facts = get_remittance_claim(session, act.client_id, remittance_claim_id)
        kept = kept_entries(
            session,
            act.client_id,
            facts.id,
            remittance_id=facts.remittance_id,
            ordinal=facts.ordinal,
        )
        _negate(session, act, [*taken, *kept], reversal, act.today)
        close_level_recoveries(
            session, act, {one.reference for one in taken[0].postings if one.reference}
        )
    return True
