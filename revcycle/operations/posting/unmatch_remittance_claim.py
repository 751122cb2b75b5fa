"""Take a decision off the claim it was booked on: it was another's."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.posting import EarlierDecision, MatchedClaim, PostingOutcome
from models.errors import RejectedError
from models.states.work_item import WorkItemState
from models.tables import Claim
from revcycle.operations.posting.keep_unapplied import UNMATCHED, kept_entry
from revcycle.operations.posting.level_credits import level_credits
from revcycle.operations.posting.prepare_match import suffix_of
from revcycle.operations.posting.progress import PostingProgress
from revcycle.operations.posting.read_remittance_claim import (
    OpenedRemittanceClaim,
    read_remittance_claim,
)
from revcycle.operations.posting.take_decisions_back import take_decisions_back
from revcycle.store import ledger, remittances, work_items, work_lists, work_notes
from revcycle.store.audit import record_act
from revcycle.store.postable_claims import lock_claims
from revcycle.store.remittance_claims import take_from_claim

UNDONE = "unmatched"
SUBJECT = "remittance_claim"


@dataclass(frozen=True, slots=True)
class Lease:
    """The item that a person holds while undoing, and the token of the lease."""

    work_item_id: UUID
    token: int


def unmatch_remittance_claim(
    session: Session, act: Act, remittance_claim_id: UUID, *, why: str, lease: Lease | None = None
) -> UUID:
    """Negate what a decision booked, keep its money as unapplied again, and ask whose it is.

    Denials of the decision end, and what people did about them is taken back. Everything carries
    today's date: until today the books showed it on the claim.

    Args:
        session: The open transaction.
        act: Who undoes it.
        remittance_claim_id: The payer's claim.
        why: For whoever gets it next.
        lease: Of an open item about it, if it is undone from there.

    Returns:
        The new work item.

    Raises:
        StaleLeaseError: the actor does not hold the item any more.
        NotFoundError: this practice has no such claim of a remittance.
        RejectedError: it stands on no claim, was taken back by the payer, or nothing says why.
    """
    if lease is not None:
        work_items.require_lease(session, act.client_id, act, lease.work_item_id, token=lease.token)
    if not why.strip():
        msg = "say why it belongs to another claim, for whoever gets it next"
        raise RejectedError(msg)
    opened = read_remittance_claim(session, act.client_id, remittance_claim_id)
    original = _standing(session, act, opened)
    work_items.close_items_of_subject(
        session, act.client_id, act, (SUBJECT, remittance_claim_id), resolution=UNDONE
    )
    item_id = _ask_again(session, act, opened, why.strip())
    _undo(session, act, opened.progress(suffix_of(item_id)), opened, original, item_id)
    for kind, subject_id in ((SUBJECT, remittance_claim_id), ("claim", original.claim_id)):
        record_act(session, act.client_id, act, "unmatch_remittance_claim", kind, subject_id)
    return item_id


def _standing(session: Session, act: Act, opened: OpenedRemittanceClaim) -> EarlierDecision:
    facts = opened.facts
    if facts.claim_id is None or facts.outcome is not PostingOutcome.DECIDED:
        msg = "this payment stands on no claim"
        raise RejectedError(msg)
    if facts.is_taken_back:
        msg = "the payer took this decision back; there is nothing to undo"
        raise RejectedError(msg)
    standing = remittances.standing_decisions(session, act.client_id, [facts.claim_id])
    return next(one for one in standing[facts.claim_id] if one.remittance_claim_id == facts.id)


def _undo(
    session: Session,
    act: Act,
    progress: PostingProgress,
    opened: OpenedRemittanceClaim,
    original: EarlierDecision,
    item_id: UUID,
) -> None:
    claims = lock_claims(session, act.client_id, [original.claim_id])
    take_decisions_back(session, act, progress, [original], claims, taken_on=act.today)
    take_from_claim(session, act.client_id, opened.facts)
    _forget_payer_number(session, act, claims[original.claim_id], original)
    kept = kept_entry(progress, _of_nobody(opened), on=act.today)
    ledger.insert_entries(session, act.client_id, act, [kept])
    level_credits(
        session,
        act,
        progress.charge_ids,
        cause=f"unmatch:{item_id}",
        effective_date=act.today,
    )


def _forget_payer_number(
    session: Session, act: Act, claim: Claim, original: EarlierDecision
) -> None:
    """Let the claim have the number of the decision that still stands, if one does."""
    if claim.payer_claim_control_number != original.payer_claim_control_number:
        return
    standing = remittances.standing_decisions(session, act.client_id, [claim.id])
    numbers = [one.payer_claim_control_number for one in standing.get(claim.id, [])]
    claim.payer_claim_control_number = numbers[-1] if numbers else ""


def _ask_again(session: Session, act: Act, opened: OpenedRemittanceClaim, why: str) -> UUID:
    progress = opened.progress("")
    keeps_money = bool(opened.decision.paid)
    title = "a payment that was taken off a claim"
    progress.ask_about(_of_nobody(opened), UNMATCHED, title, keeps_money=keeps_money)
    work_items.open_work_items(session, act.client_id, act, progress.items)
    about = [(SUBJECT, opened.facts.id)]
    items = work_lists.list_work_of_subject(session, act.client_id, about)
    item_id = next(one.id for one in items if one.state is WorkItemState.OPEN)
    work_notes.add_note(session, act.client_id, act, item_id, why)
    return item_id


def _of_nobody(opened: OpenedRemittanceClaim) -> MatchedClaim:
    return MatchedClaim(
        remittance_claim_id=opened.facts.id,
        ordinal=opened.facts.ordinal,
        decision=opened.decision,
        claim=None,
        lines=(None,) * len(opened.decision.lines),
        adjustment_ids={},
    )
