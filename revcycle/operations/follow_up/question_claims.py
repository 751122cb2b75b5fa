"""Open questions about claims that their payers do not decide."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.clock import ClockKind
from models.errors import RejectedError
from models.tables import StatusCheck
from models.values.identifiers import new_id
from revcycle.operations.follow_up.follow_up_items import call_item
from revcycle.operations.follow_up.policies import ClockPolicy
from revcycle.operations.submission.policies import WorkTerms
from revcycle.rules.follow_up.silence import is_due_question
from revcycle.store import silent_claims, status_checks, work_items
from revcycle.store.audit import record_act
from revcycle.store.silent_claims import UndecidedClaim
from revcycle.store.state_changes import record_creation

TRACE_LENGTH = 20
SHORTEST_SILENCE = timedelta(days=1)  # what left today is nobody's silence


@dataclass(frozen=True, slots=True)
class QuestionedClaims:
    """How many silent claims are asked about, and how many a person must call about."""

    questions: int = 0
    calls: int = 0


def question_silent_claims(
    session: Session, act: Act, *, policy: ClockPolicy, terms: WorkTerms
) -> QuestionedClaims:
    """Open one question for each claim whose payer has been silent for too long.

    Repeating it is safe: a claim with a question under way is left out.
    """
    sent = silent_claims.list_undecided_claims(
        session, act.client_id, sent_before=act.at - SHORTEST_SILENCE
    )
    due = [one for one in sent if _is_due(one, act, policy)]
    to_ask = [one.claim_id for one in due if policy.ask_terms_of(one.payer_key).answers_status]
    to_call = [one.claim_id for one in due if not policy.ask_terms_of(one.payer_key).answers_status]
    for claim_id in to_ask:
        _open(session, act, claim_id)
    items = [call_item(claim_id, terms) for claim_id in to_call]
    calls = work_items.open_work_items(session, act.client_id, act, items)
    return QuestionedClaims(len(to_ask), calls)


def question_claim(session: Session, act: Act, claim_id: UUID) -> None:
    """Ask about one claim with the next file, because a person wants to know.

    Raises:
        RejectedError: it does not wait for its payer, or a question is under way.
    """
    if claim_id not in silent_claims.undecided_among(session, act.client_id, [claim_id]):
        msg = f"claim {claim_id} does not wait for its payer"
        raise RejectedError(msg)
    if claim_id in status_checks.claims_under_question(session, act.client_id, [claim_id]):
        msg = f"claim {claim_id} is being asked about already"
        raise RejectedError(msg)
    _open(session, act, claim_id)
    record_act(session, act.client_id, act, "ask_about_claim", "claim", claim_id)


def _is_due(claim: UndecidedClaim, act: Act, policy: ClockPolicy) -> bool:
    return is_due_question(
        sent_on=claim.sent_at.astimezone(policy.zone).date(),
        asked_on=claim.asked_on,
        wait_until=claim.wait_until,
        rule=policy.rule(ClockKind.SILENT, claim.payer_key),
        ask_again_days=policy.ask_terms_of(claim.payer_key).ask_again_days,
        today=act.today,
    )


def _open(session: Session, act: Act, claim_id: UUID) -> None:
    check_id = new_id()
    check = StatusCheck(
        client_id=act.client_id,
        id=check_id,
        claim_id=claim_id,
        trace_number=check_id.hex[-TRACE_LENGTH:].upper(),
        opened_at=act.at,
        opened_by=act.actor,
    )
    record_creation(session, act.client_id, act, check)
