"""Look for the claims that a payment may be about."""

from uuid import UUID

from sqlmodel import Session

from models.documents.match import Candidate
from revcycle.operations.posting.read_remittance_claim import OpenedRemittanceClaim
from revcycle.rules.posting.candidates import Said, rank_candidates, said_dates
from revcycle.rules.posting.line_likeness import size_of
from revcycle.store.match_candidates import (
    Traces,
    find_claims_alike,
    picture_claims,
    search_claims,
)


def suggest_claims(
    session: Session, client_id: UUID, opened: OpenedRemittanceClaim
) -> tuple[Candidate, ...]:
    """List what the payer's claim may be about, the best first; at most twenty."""
    decision = opened.decision
    traces = Traces(
        number=decision.claim_control_number,
        payer_number=decision.payer_claim_control_number,
        last_name=decision.patient_last_name,
        member_ids=tuple({decision.member_id, decision.corrected_member_id} - {""}),
        charge=size_of(decision.charge),
        days=said_dates(decision),
    )
    return rank_candidates(_said(opened), find_claims_alike(session, client_id, traces))


def look_for_claims(
    session: Session, client_id: UUID, opened: OpenedRemittanceClaim, text: str
) -> tuple[Candidate, ...]:
    """List claims by a number or a last name that a person typed, with what speaks for each."""
    return rank_candidates(_said(opened), search_claims(session, client_id, text), score_min=0)


def judge_claim(
    session: Session, client_id: UUID, opened: OpenedRemittanceClaim, claim_id: UUID
) -> Candidate | None:
    """Say what speaks for one claim; None if the practice has no such claim."""
    found = rank_candidates(
        _said(opened), picture_claims(session, client_id, [claim_id]), score_min=0
    )
    return found[0] if found else None


def _said(opened: OpenedRemittanceClaim) -> Said:
    return Said(opened.decision, opened.facts.payer_name, opened.facts.payer_id)
