"""Find the question that each answer about a claim is for: by our trace, else by its numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session

from models.documents.acknowledgement import ClaimAcknowledgement
from models.documents.act import Act
from models.documents.asked_claim import AskedClaim
from models.tables import StatusCheck
from revcycle.rules.follow_up.answered_claim import (
    KNOWN_BY_WORDS,
    KnownBy,
    TracelessAnswer,
    answered_question,
    possible_questions,
)
from revcycle.store import status_checks

SERVICE = "472"  # DTP01
CANDIDATES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class MatchedAnswers:
    """Answers beside their questions, and those that are for none of ours.

    Attributes:
        known_by: How an answer without our trace was known, by the id of its question.
        possible: Numbers of claims that a person may compare the others with, each with why.
    """

    pairs: tuple[tuple[StatusCheck, ClaimAcknowledgement], ...]
    unknown: int
    known_by: Mapping[UUID, KnownBy] = field(default_factory=dict)
    possible: tuple[str, ...] = ()


def match_answers(
    session: Session, act: Act, answers: Sequence[ClaimAcknowledgement]
) -> MatchedAnswers:
    """Match answers with our questions; what only may be meant names candidates."""
    traces = {one.trace_number for one in answers}
    checks = status_checks.find_status_checks_by_trace(session, act.client_id, traces)
    pairs = [(checks[one.trace_number], one) for one in answers if one.trace_number in checks]
    strangers = [one for one in answers if one.trace_number not in checks]
    if not strangers:
        return MatchedAnswers(tuple(pairs), 0)
    asked = status_checks.list_asked_claims(session, act.client_id)
    named = [(one, answered_question(_said(one), asked)) for one in strangers]
    known_by = {found.check_id: found.known_by for _, found in named if found}
    rows = status_checks.lock_status_checks(session, act.client_id, list(known_by))
    pairs += [(rows[found.check_id], one) for one, found in named if found]
    unknown = [one for one, found in named if not found]
    return MatchedAnswers(tuple(pairs), len(unknown), known_by, _possible(unknown, asked))


def _said(answer: ClaimAcknowledgement) -> TracelessAnswer:
    dates = answer.said.dates if answer.said else ()
    days = {day for one in dates if one.kind == SERVICE for day in (one.first, one.last) if day}
    return TracelessAnswer(
        answer.claim_control_number,
        answer.payer_claim_control_number,
        answer.charge,
        frozenset(days),
        answer.member_id,
    )


def _possible(
    unknown: Sequence[ClaimAcknowledgement], asked: Sequence[AskedClaim]
) -> tuple[str, ...]:
    """Name the claims that unmatched answers may be about, the latest number of each, with why."""
    why = {
        one.check_id: one.known_by
        for answer in unknown
        for one in possible_questions(_said(answer), asked)
    }
    numbers = sorted(
        (max(one.numbers), KNOWN_BY_WORDS[why[one.check_id]])
        for one in asked
        if one.check_id in why and one.numbers
    )
    return tuple(f"{number} (by {words})" for number, words in numbers[:CANDIDATES_SHOWN])
