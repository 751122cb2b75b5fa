"""Book corrections that came before the reversal that makes room for them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.playbook import Play
from models.documents.posting import EarlierDecision, PostingOutcome
from models.states.claim import ClaimState
from models.tables import Claim
from revcycle.operations.posting.book_match import book_match
from revcycle.operations.posting.keep_unapplied import close_questions
from revcycle.operations.posting.prepare_match import MatchChoice, prepare_match, preview_match
from revcycle.operations.posting.progress import PostingProgress
from revcycle.operations.posting.read_remittance_claim import read_remittance_claim
from revcycle.store import remittances

RESOLUTION = "booked after the reversal"


def book_waiting_decisions(
    session: Session,
    act: Act,
    progress: PostingProgress,
    claims: Mapping[UUID, Claim],
    plays: Sequence[Play],
) -> int:
    """Book the one decision that waits for each claim whose decision was taken back now.

    Where several wait, a person chooses; return how many were booked.

    Args:
        session: The open transaction.
        act: Who, when.
        progress: The remittance with the reversals; learns what else moved.
        claims: The claims of the remittance, locked.
        plays: What to do about denials.
    """
    reversed_ids = [claim.id for claim in claims.values() if claim.state == ClaimState.REVERSED]
    if not reversed_ids:
        return 0
    standing = remittances.standing_decisions(session, act.client_id, reversed_ids)
    waiting = [_only_waiting(found) for found in standing.values()]
    booked = [
        one.remittance_claim_id
        for one in waiting
        if one is not None and _book(session, act, progress, one, plays)
    ]
    progress.drop_questions(booked)
    close_questions(session, act, booked, resolution=RESOLUTION)
    return len(booked)


def _only_waiting(found: Sequence[EarlierDecision]) -> EarlierDecision | None:
    waiting = [one for one in found if one.outcome is PostingOutcome.UNAPPLIED]
    return waiting[0] if len(waiting) == 1 else None


def _book(
    session: Session,
    act: Act,
    progress: PostingProgress,
    waiting: EarlierDecision,
    plays: Sequence[Play],
) -> bool:
    opened = read_remittance_claim(session, act.client_id, waiting.remittance_claim_id)
    suffix = f":after:{progress.remittance_id}"
    choice = MatchChoice(waiting.claim_id)
    prepared = prepare_match(
        session,
        act,
        opened,
        choice,
        source_suffix=suffix,
        capitated_payers=progress.capitated_payers,
    )
    if preview_match(session, act, prepared).refusal:
        return False
    book_match(session, act, prepared, plays)
    progress.charge_ids |= prepared.progress.charge_ids
    progress.items += prepared.progress.items
    progress.denials_opened += prepared.progress.denials_opened
    return True
