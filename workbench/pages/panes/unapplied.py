"""The pane of money without an owner: what the payer said, and whose it may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.match import Candidate
from models.documents.posting import PostingOutcome
from models.errors import NotFoundError, RejectedError
from models.states.work_item import WorkItemState
from models.values.access import FieldKind, Right
from models.values.money import ZERO, Money
from revcycle.operations.posting.read_remittance_claim import (
    OpenedRemittanceClaim,
    read_remittance_claim,
)
from revcycle.operations.posting.suggest_claims import (
    judge_claim,
    look_for_claims,
    suggest_claims,
)
from revcycle.rules.access.field_masks import see_field
from revcycle.rules.posting.decision import DecisionKind, decision_kind
from revcycle.rules.refunds.check_refund import REASONS
from revcycle.store.audit import record_act
from workbench.pages.client_files import own_terms
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.line_choice import read_line_ids
from workbench.pages.panes.match_preview import show_match
from workbench.pages.panes.pane import OpenedItem, Pane
from workbench.pages.panes.posting_words import ADVICE
from workbench.pages.panes.said_claim import picture_said
from workbench.pages.records.payer_texts import texts_of_said
from workbench.pages.records.state_words import say_state, tone_of

SUBJECT = "remittance_claim"


@dataclass(frozen=True, slots=True, repr=False)
class CandidateRow:
    """A claim that the money may belong to, as the pane lists it."""

    claim_id: UUID
    number: str
    patient: str
    member_id: str
    days: tuple[date, ...]
    payer_name: str
    charge: Money
    codes: tuple[str, ...]
    state: str
    tone: str
    score: int
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


def build_unapplied(session: Session, opened: OpenedItem) -> Pane:
    """Show a claim of a remittance: to be matched, or with the claim it stands on.

    Raises:
        NotFoundError: the claim that was chosen is none of this practice.
    """
    if opened.line.subject_kind != SUBJECT:
        return build_by_hand(session, opened)
    act = opened.act
    read = read_remittance_claim(session, act.client_id, opened.line.subject_id)
    record_act(session, act.client_id, act, "see_remittance_claim", SUBJECT, read.facts.id)
    facts = {
        "said": picture_said(read, opened.person.access),
        "listed": texts_of_said(session, read.decision, read.document.payment_date),
        "remittance_id": read.facts.remittance_id,
        "file_id": read.facts.inbound_file_id,
        "what": opened.typed.get("what", ""),
        "may_post": opened.person.may(Right.POST_MONEY),
        "may_give_back": read.facts.claim_id is None and read.facts.paid > ZERO,
        "is_given_back": read.facts.is_given_back,
        "paid": read.facts.paid,
        "refund_reasons": REASONS,
        "refund_reason": opened.typed.get("reason", ""),
    }
    if not read.is_unapplied:
        return Pane("panes/matched.html", {**facts, **_standing(session, opened, read)})
    if decision_kind(read.decision) is DecisionKind.NOTHING:
        return Pane("panes/undecided.html", facts)
    return Pane("panes/match.html", {**facts, **_matching(session, opened, read)})


def _standing(
    session: Session, opened: OpenedItem, read: OpenedRemittanceClaim
) -> Mapping[str, object]:
    """Say which claim it stands on, and whether that can be undone from here."""
    facts = read.facts
    is_closed = opened.line.state is not WorkItemState.OPEN
    is_decided = facts.outcome is PostingOutcome.DECIDED and not facts.is_taken_back
    candidate = None
    if facts.claim_id is not None:
        candidate = judge_claim(session, opened.act.client_id, read, facts.claim_id)
    return {
        "claim": _row(opened, candidate) if candidate else None,
        "advice": ADVICE.get(opened.line.reason, ""),
        "outcome": str(facts.outcome),
        "is_taken_back": facts.is_taken_back,
        "may_undo": is_decided
        and opened.person.may(Right.POST_MONEY)
        and (opened.is_mine or is_closed),
        "undo_why": opened.typed.get("why", ""),
    }


def _matching(
    session: Session, opened: OpenedItem, read: OpenedRemittanceClaim
) -> Mapping[str, object]:
    """Show what was chosen, or what there is to choose from."""
    client_id = opened.act.client_id
    searched = opened.typed.get("search", "")
    if claim_id := opened.typed.get("claim_id", ""):
        return _chosen(session, opened, read, UUID(claim_id))
    if searched:
        found = look_for_claims(session, client_id, read, searched)
    else:
        found = suggest_claims(session, client_id, read)
    for candidate in found:
        _see(session, opened, candidate)
    rows = [_row(opened, candidate) for candidate in found]
    return {"chosen": None, "candidates": rows, "searched": searched, "problem": ""}


def _chosen(
    session: Session, opened: OpenedItem, read: OpenedRemittanceClaim, claim_id: UUID
) -> Mapping[str, object]:
    candidate = judge_claim(session, opened.act.client_id, read, claim_id)
    if candidate is None:
        msg = f"no claim {claim_id}"
        raise NotFoundError(msg)
    _see(session, opened, candidate)
    chosen, problem = None, ""
    try:
        line_ids = read_line_ids(opened.typed.get("lines", ""))
        per_person = own_terms(opened.practice.key).capitated_payers
        chosen = show_match(session, opened.act, read, candidate, line_ids, per_person)
    except NotFoundError:
        raise  # the address names a claim that does not exist here
    except RejectedError as error:
        problem = str(error)
    return {
        "chosen": chosen,
        "problem": problem,
        "candidates": [] if chosen else [_row(opened, candidate)],
        "row": _row(opened, candidate),
        "searched": "",
    }


def _see(session: Session, opened: OpenedItem, candidate: Candidate) -> None:
    act = opened.act
    record_act(session, act.client_id, act, "see_claim", "claim", candidate.claim.claim_id)


def _row(opened: OpenedItem, candidate: Candidate) -> CandidateRow:
    claim = candidate.claim
    return CandidateRow(
        claim_id=claim.claim_id,
        number=claim.control_numbers[-1],
        patient=", ".join(filter(None, (claim.last_name, claim.first_name))),
        member_id=see_field(opened.person.access, FieldKind.MEMBER_ID, claim.member_id),
        days=claim.service_dates,
        payer_name=claim.payer_name,
        charge=claim.charge,
        codes=tuple(line.procedure_code for line in claim.lines),
        state=say_state(claim.state),
        tone=tone_of(claim.state),
        score=candidate.score,
        speaks_for=tuple(one.text for one in candidate.reasons if one.points > 0),
        speaks_against=tuple(one.text for one in candidate.reasons if one.points < 0),
    )
