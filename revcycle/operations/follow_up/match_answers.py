"""Find the question that each answer about a claim is for: by our trace, else by its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.documents.acknowledgement import ClaimAcknowledgement
from models.documents.act import Act
from models.documents.asked_claim import AskedClaim
from models.tables import StatusCheck
from revcycle.rules.follow_up.answered_claim import (
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
        possible: Numbers of claims that a person may compare the others with.
    """

    pairs: tuple[tuple[StatusCheck, ClaimAcknowledgement], ...]
    unknown: int
    possible: tuple[str, ...] = ()


def match_answers(
    session: Session, act: Act, answers: Sequence[ClaimAcknowledgement]
) -> MatchedAnswers:
    """Match answers with our questions; charge and day name candidates and decide nothing."""
    traces = {one.trace_number for one in answers}
    checks = status_checks.find_status_checks_by_trace(session, act.client_id, traces)
    pairs = [(checks[one.trace_number], one) for one in answers if one.trace_number in checks]
    strangers = [one for one in answers if one.trace_number not in checks]
    if not strangers:
        return MatchedAnswers(tuple(pairs), 0)
    asked = status_checks.list_asked_claims(session, act.client_id)
    named = [(one, answered_question(_said(one), asked)) for one in strangers]
    rows = status_checks.lock_status_checks(
        session, act.client_id, [check_id for _, check_id in named if check_id]
    )
    pairs += [(rows[check_id], one) for one, check_id in named if check_id]
    unknown = [one for one, check_id in named if not check_id]
    return MatchedAnswers(tuple(pairs), len(unknown), _possible(unknown, asked))


def _said(answer: ClaimAcknowledgement) -> TracelessAnswer:
    dates = answer.said.dates if answer.said else ()
    days = {day for one in dates if one.kind == SERVICE for day in (one.first, one.last) if day}
    return TracelessAnswer(
        answer.claim_control_number,
        answer.payer_claim_control_number,
        answer.charge,
        frozenset(days),
    )


def _possible(
    unknown: Sequence[ClaimAcknowledgement], asked: Sequence[AskedClaim]
) -> tuple[str, ...]:
    """Name the claims that unmatched answers may be about, the latest number of each."""
    ids = {check_id for one in unknown for check_id in possible_questions(_said(one), asked)}
    numbers = sorted(max(one.numbers) for one in asked if one.check_id in ids and one.numbers)
    return tuple(numbers[:CANDIDATES_SHOWN])
