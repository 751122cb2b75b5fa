"""Propose edits from a practice's denials, and count anew what is proposed already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from models.documents.act import Act
from models.documents.learned_edit import EditKind, EditProposal, PastClaim
from models.documents.practice import PracticeFacts
from models.states.learned_edit import EditState
from models.tables import LearnedEdit
from revcycle.operations.prevention.past_claims import load_past_claims, payer_ids
from revcycle.rules.prevention.propose_edits import propose_edits as find_proposals
from revcycle.store import learned_edits
from revcycle.store.learned_edits import BETWEEN, pattern_of

DAYS: Final = 180  # patterns older than half a year are another contract's
CLAIMS_MAX: Final = 2_000  # the last n claims that edits are tried on


@dataclass(frozen=True, slots=True)
class ProposalCount:
    """What a run found.

    Attributes:
        proposed: Edits that nobody had seen before.
        counted: Edits that were there and whose evidence was counted anew.
    """

    proposed: int
    counted: int


def propose_edits(session: Session, act: Act, *, practice: PracticeFacts) -> ProposalCount:
    """Look for patterns in the denials of half a year, each tried on the claims of that time.

    Safe to repeat: a pattern is one row. What nobody has decided about learns anew what is wanted;
    an edit that is on keeps what the manager saw, and the evidence of one that was rejected or
    switched off stays as it was when that was decided.
    """
    period = (act.today - timedelta(days=DAYS), act.today)
    claims = load_past_claims(
        session,
        act.client_id,
        since=period[0],
        until=period[1],
        limit=CLAIMS_MAX,
        practice=practice,
    )
    known = learned_edits.lock_edits(session, act.client_id)
    proposals = find_proposals(claims)
    fresh = [one for one in proposals if pattern_of(one.rule) not in known]
    again = [one for one in proposals if pattern_of(one.rule) in known]
    counted = [one for one in again if _count_anew(act, known, one, period)]
    _insert(session, act, fresh, claims, period)
    return ProposalCount(len(fresh), len(counted))


def _insert(
    session: Session,
    act: Act,
    fresh: Sequence[EditProposal],
    claims: Sequence[PastClaim],
    period: tuple[date, date],
) -> None:
    payers = payer_ids(claims)
    for proposal in fresh:
        payer_id = payers[proposal.rule.payer_key]
        learned_edits.insert_edit(session, act.client_id, act, payer_id, proposal, period)


def _count_anew(
    act: Act, known: dict[str, LearnedEdit], proposal: EditProposal, period: tuple[date, date]
) -> bool:
    row = known[pattern_of(proposal.rule)]
    if row.state != EditState.PROPOSED:
        return False
    row.since, row.until = period
    row.denied_claims = len(proposal.denied)
    row.denied_amount = proposal.denied_amount
    row.tested_claims = proposal.test.tested
    row.hits = len(proposal.test.hits)
    row.false_alarms = len(proposal.test.false_alarms)
    row.counted_at = act.at
    if EditKind(row.kind) is not EditKind.PROVIDER_NOT_ENROLLED:
        row.wanted = BETWEEN.join(proposal.rule.wanted)
    return True
