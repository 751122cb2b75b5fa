"""Book what payers decided: payments, adjustments, denials, and the claims' new states."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import EntryKind
from models.documents.playbook import NewDenial, Play
from models.documents.posting import MatchedClaim, PostableClaim, PostingOutcome
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent
from models.tables import Claim
from revcycle.operations.denials.open_denials import open_denials
from revcycle.operations.posting.judge_decisions import (
    Decision,
    compute_bookings,
    judge_decisions,
)
from revcycle.operations.posting.keep_unapplied import Unbookable
from revcycle.operations.posting.progress import PostingProgress
from revcycle.rules.denials.find_play import find_play
from revcycle.rules.posting.claim_booking import BookedClaim
from revcycle.store import ledger
from revcycle.store.state_changes import move_all

DETAIL_LENGTH = 400


def book_decisions(
    session: Session,
    act: Act,
    progress: PostingProgress,
    decisions: Sequence[Decision],
    claims: Mapping[UUID, Claim],
    plays: Sequence[Play],
) -> list[Unbookable]:
    """Book each decision that its claim waits for; call it after the reversals.

    What they deny is opened by ``open_what_is_denied``.

    Returns:
        Decisions that a person must look at: a second one, or one nobody waited for.
    """
    judged = judge_decisions(session, act, progress, decisions, claims)
    booked = compute_bookings(session, act.client_id, progress, judged.bookable)
    entries = [entry for _, booking in booked for entry in booking.entries]
    ledger.insert_entries(session, act.client_id, act, entries)
    for (match, claim), booking in booked:
        progress.denied.extend(_new_denials(act, match, claim, booking, plays))
    _settle(session, act, booked, claims)
    for (match, claim), booking in booked:
        progress.outcomes[match.remittance_claim_id] = PostingOutcome.DECIDED
        progress.ranks[match.remittance_claim_id] = match.rank
        progress.charge_ids.update(line.charge_id for line in claim.lines)
        _ask(progress, match, booking)
    return judged.unbookable


def open_what_is_denied(session: Session, act: Act, progress: PostingProgress) -> None:
    """Open the denials of booked decisions; call it when the adjustments are stored.

    A row that points to one still missing has the database look for its like at every insert.
    """
    progress.denials_opened += open_denials(session, act, progress.denied)
    progress.denied = []


def _new_denials(
    act: Act,
    match: MatchedClaim,
    claim: PostableClaim,
    booking: BookedClaim,
    plays: Sequence[Play],
) -> list[NewDenial]:
    new = []
    codes = {line.charge_id: line.procedure_code for line in claim.lines}
    for denied in booking.denied:
        adjustment = denied.share.adjustment
        play = find_play(
            adjustment.group,
            adjustment.reason,
            denied.remarks,
            claim.payer_key,
            plays,
            procedure_code=codes.get(denied.charge_id, ""),
        )
        place = (denied.share.line_ordinal, denied.share.ordinal)
        new.append(
            NewDenial(
                claim_id=claim.claim_id,
                charge_id=denied.charge_id,
                remittance_adjustment_id=match.adjustment_ids[place],
                group=adjustment.group,
                reason=adjustment.reason,
                remarks=denied.remarks,
                amount=adjustment.amount,
                play=play,
                due_on=act.today + timedelta(days=play.due_days),
            )
        )
    return new


def _settle(
    session: Session,
    act: Act,
    booked: Sequence[tuple[Decision, BookedClaim]],
    claims: Mapping[UUID, Claim],
) -> None:
    """Move the claims; what a later payer decided under its number moves nothing."""
    moves = []
    for (match, decided), booking in booked:
        claim = claims[decided.claim_id]
        if match.rank != claim.payer_rank:
            continue
        moves.append((claim, ClaimEvent.DENY if booking.denied else ClaimEvent.PAY))
        if match.decision.payer_claim_control_number:
            claim.payer_claim_control_number = match.decision.payer_claim_control_number
    move_all(session, act.client_id, act, moves, CLAIM_TRANSITIONS)


def _ask(progress: PostingProgress, match: MatchedClaim, booking: BookedClaim) -> None:
    """Open one review for everything doubtful about a claim."""
    if booking.findings:
        detail = "; ".join(
            f"{finding.rule_id}: {finding.message} {finding.position}".strip()
            for finding in booking.findings
        )
        keeps_money = any(
            entry.kind is EntryKind.UNAPPLIED and entry.postings for entry in booking.entries
        )
        reason = booking.findings[0].rule_id
        progress.ask_about(match, reason, detail[:DETAIL_LENGTH], keeps_money=keeps_money)
