"""Take the answers of a 277 file: what became of the claims we asked about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from models.documents.acknowledgement import ClaimAcknowledgement
from models.documents.act import Act
from models.errors import RejectedError
from models.states.file import INBOUND_FILE_TRANSITIONS, InboundFileEvent, InboundFileState
from models.states.status_check import (
    STATUS_CHECK_TRANSITIONS,
    StatusCheckEvent,
    StatusCheckState,
    StatusVerdict,
)
from models.states.work_item import Queue
from models.tables import InboundFile, StatusCheck
from revcycle.formats.x12.diagnostics import has_errors
from revcycle.formats.x12.t277 import read_statuses
from revcycle.operations.follow_up.follow_up_items import answer_item, follow_up_cause
from revcycle.operations.follow_up.match_answers import MatchedAnswers, match_answers
from revcycle.operations.submission.policies import WorkTerms
from revcycle.rules.follow_up.status_verdict import judge_status, needs_person, status_code
from revcycle.store import claims, outbound_files, silent_claims, status_checks, work_items
from revcycle.store.inbound_files import get_inbound_file
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem

CLAIM_LEVEL = "claim"
MESSAGE_LENGTH = 300
NUMBER_LENGTH = 50
ANSWER_DAYS = 7  # batch answers come within days; longer without one, a person looks


@dataclass(frozen=True, slots=True)
class AppliedStatuses:
    """How many questions were answered, how many need a person, and what fits none of ours."""

    answered: int = 0
    problems: int = 0
    unknown: int = 0


def apply_statuses(
    session: Session, act: Act, inbound_file_id: UUID, *, terms: WorkTerms
) -> AppliedStatuses:
    """Put a verdict on every question that the file answers; items only where somebody must act.

    Repeating it is safe: a file that is posted, or an answer to a question that has one, changes
    nothing. An answer without our trace is known by its numbers, or by member, day and charge; one
    to no question of ours is reported with candidates, never guessed at.
    """
    file = get_inbound_file(session, act.client_id, inbound_file_id)
    if file.state != InboundFileState.RECEIVED:
        return AppliedStatuses()
    try:
        statuses, findings = read_statuses(file.content)
    except RejectedError:
        return _quarantine(session, act, file, "x12.unreadable")
    if has_errors(findings) and not statuses:
        return _quarantine(session, act, file, findings[0].rule_id)
    counts = _apply(session, act, file, statuses, terms)
    move(session, act.client_id, act, file, INBOUND_FILE_TRANSITIONS, InboundFileEvent.POST)
    return counts


def _apply(
    session: Session,
    act: Act,
    file: InboundFile,
    statuses: Sequence[ClaimAcknowledgement],
    terms: WorkTerms,
) -> AppliedStatuses:
    of_claims = [one for one in statuses if one.level == CLAIM_LEVEL]
    matched = match_answers(session, act, of_claims)
    answered = [
        _answer(session, act, file, check, one, matched.known_by.get(check.id, ""))
        for check, one in matched.pairs
        if check.state == StatusCheckState.ASKED
    ]
    _keep_payer_numbers(session, act, answered)
    problems = _open_items(session, act, answered, terms)
    failed = _refuse_batches(session, act, statuses, terms)
    if matched.unknown:
        _open_file_item(session, act, file, "status.unknown_trace", _say_unknown(matched))
    return AppliedStatuses(len(answered), problems + failed, matched.unknown)


def _say_unknown(matched: MatchedAnswers) -> str:
    said = f"{matched.unknown} answers to no question of ours"
    if not matched.possible:
        return said
    return f"{said}; compare with {', '.join(matched.possible)}"


def _answer(
    session: Session,
    act: Act,
    file: InboundFile,
    check: StatusCheck,
    said: ClaimAcknowledgement,
    known_by: str,
) -> StatusCheck:
    move(session, act.client_id, act, check, STATUS_CHECK_TRANSITIONS, StatusCheckEvent.ANSWER)
    check.verdict = judge_status(said.statuses, said.paid)
    check.code = status_code(said.statuses, said.paid)[:40]
    check.payer_claim_control_number = said.payer_claim_control_number[:NUMBER_LENGTH]
    check.paid, check.paid_on = said.paid, said.paid_on
    check.check_number = said.check_number[:NUMBER_LENGTH]
    check.message = " ".join(said.messages)[:MESSAGE_LENGTH]
    check.inbound_file_id, check.answered_at = file.id, act.at
    check.reason = known_by
    return check


def _keep_payer_numbers(session: Session, act: Act, checks: Sequence[StatusCheck]) -> None:
    """Learn the payer's number of a claim that had none; another is not put in its place."""
    named = {check.claim_id: check.payer_claim_control_number for check in checks}
    for claim in claims.list_claims(session, act.client_id, named):
        if not claim.payer_claim_control_number:
            claim.payer_claim_control_number = named[claim.id]


def _open_items(session: Session, act: Act, checks: Sequence[StatusCheck], terms: WorkTerms) -> int:
    """Open items for what needs a person; a claim decided meanwhile, or pending, needs none."""
    waiting = silent_claims.undecided_among(
        session, act.client_id, [check.claim_id for check in checks]
    )
    problems = [
        check
        for check in checks
        if needs_person(StatusVerdict(check.verdict or StatusVerdict.NOT_SAID))
        and check.claim_id in waiting
    ]
    for check in problems:
        item = answer_item(check, terms)
        work_items.restate_work_item(
            session, act.client_id, item.cause_key, reason=item.reason, field="", detail=item.detail
        )
    opened = [answer_item(check, terms) for check in problems]
    work_items.open_work_items(session, act.client_id, act, opened)
    pending = [follow_up_cause(one.claim_id) for one in checks if one not in problems]
    work_items.close_work_items(session, act.client_id, act, pending, resolution="payer_decides")
    return len(problems)


def _refuse_batches(
    session: Session, act: Act, statuses: Sequence[ClaimAcknowledgement], terms: WorkTerms
) -> int:
    """Fail every question of a 276 that a payer refused above the level of any claim."""
    names = {f"{one.batch_reference}.x12" for one in statuses if one.batch_reference}
    files = outbound_files.list_outbound_files(session, act.client_id, kind="276") if names else []
    return fail_status_checks(
        session,
        act,
        [file.id for file in files if file.name in names],
        reason="file_refused",
        terms=terms,
    )


def fail_status_checks(
    session: Session, act: Act, outbound_file_ids: Iterable[UUID], *, reason: str, terms: WorkTerms
) -> int:
    """Fail the questions of 276 files that a payer refused as a whole; each gets a work item."""
    checks = status_checks.list_asked_status_checks(session, act.client_id, list(outbound_file_ids))
    return _fail(session, act, checks, reason, terms)


def fail_unanswered_checks(session: Session, act: Act, *, terms: WorkTerms) -> int:
    """Give up questions that nobody answered for ANSWER_DAYS; each gets a work item."""
    checks = status_checks.list_unanswered_status_checks(
        session, act.client_id, asked_before=act.today - timedelta(days=ANSWER_DAYS)
    )
    return _fail(session, act, checks, "no_answer", terms)


def _fail(
    session: Session, act: Act, checks: Sequence[StatusCheck], reason: str, terms: WorkTerms
) -> int:
    for check in checks:
        move(session, act.client_id, act, check, STATUS_CHECK_TRANSITIONS, StatusCheckEvent.FAIL)
        check.reason = reason
    waiting = silent_claims.undecided_among(
        session, act.client_id, [check.claim_id for check in checks]
    )
    items = [answer_item(check, terms) for check in checks if check.claim_id in waiting]
    return work_items.open_work_items(session, act.client_id, act, items)


def _quarantine(session: Session, act: Act, file: InboundFile, reason: str) -> AppliedStatuses:
    move(session, act.client_id, act, file, INBOUND_FILE_TRANSITIONS, InboundFileEvent.QUARANTINE)
    file.reason = reason
    _open_file_item(session, act, file, reason, "the file says nothing we can read")
    return AppliedStatuses()


def _open_file_item(
    session: Session, act: Act, file: InboundFile, reason: str, detail: str
) -> None:
    item = NewWorkItem(
        queue=Queue.TRANSPORT,
        cause_key=f"status:{file.id}",
        subject_kind="inbound_file",
        subject_id=file.id,
        reason=reason,
        detail=detail,
    )
    work_items.open_work_items(session, act.client_id, act, [item])
