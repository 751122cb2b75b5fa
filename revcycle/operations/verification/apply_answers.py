"""Take the answers of a 271 file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.eligibility import EligibilityAnswer
from models.errors import RejectedError
from models.states.eligibility import (
    ELIGIBILITY_TRANSITIONS,
    EligibilityEvent,
    EligibilityState,
    EligibilityVerdict,
)
from models.states.file import INBOUND_FILE_TRANSITIONS, InboundFileEvent, InboundFileState
from models.states.work_item import Queue
from models.tables import EligibilityCheck, InboundFile
from revcycle.formats.x12.diagnostics import has_errors
from revcycle.formats.x12.t271 import read_answers
from revcycle.operations.verification.keep_told_limits import keep_told_limits
from revcycle.operations.verification.settle_verdicts import settle_verdicts
from revcycle.operations.verification.verification_items import verification_item
from revcycle.rules.verification.verdict import judge_answer
from revcycle.store import eligibility, outbound_files, work_items
from revcycle.store.inbound_files import get_inbound_file
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem

GOOD_VERDICTS = frozenset({EligibilityVerdict.ACTIVE, EligibilityVerdict.NOT_VERIFIABLE})


@dataclass(frozen=True, slots=True)
class AppliedAnswers:
    """How many checks were answered, how many of them need a person, and what fits no check."""

    answered: int = 0
    problems: int = 0
    unknown: int = 0


def apply_answers(session: Session, act: Act, inbound_file_id: UUID) -> AppliedAnswers:
    """Put a verdict on every check that the file answers, and on the encounters that wait for it.

    Repeating it is safe: a file that is posted, or an answer to a check that has one, changes
    nothing. An answer to no question of ours is reported, never guessed at.
    """
    file = get_inbound_file(session, act.client_id, inbound_file_id)
    if file.state != InboundFileState.RECEIVED:
        return AppliedAnswers()
    try:
        answers, findings = read_answers(file.content)
    except RejectedError:
        return _quarantine(session, act, file, "x12.unreadable")
    if has_errors(findings) and not answers:
        return _quarantine(session, act, file, findings[0].rule_id)
    counts = _apply(session, act, file, answers)
    move(session, act.client_id, act, file, INBOUND_FILE_TRANSITIONS, InboundFileEvent.POST)
    return counts


def _apply(
    session: Session, act: Act, file: InboundFile, answers: Sequence[EligibilityAnswer]
) -> AppliedAnswers:
    checks = eligibility.find_checks_by_trace(
        session, act.client_id, [answer.trace_number for answer in answers]
    )
    answered = [
        _answer(session, act, file, checks[answer.trace_number], answer)
        for answer in answers
        if _is_waiting(checks, answer)
    ]
    problems = [check for check in answered if check.verdict not in GOOD_VERDICTS]
    work_items.open_work_items(
        session, act.client_id, act, [verification_item(one, one.reason) for one in problems]
    )
    settle_verdicts(session, act, answered)
    _keep_limits(session, act, file, answered, answers)
    refused = [answer for answer in answers if not answer.trace_number and answer.batch_reference]
    failed = sum(_refuse_batch(session, act, answer) for answer in refused)
    unknown = sum(answer.trace_number not in checks for answer in answers) - len(refused)
    if unknown:
        _open_file_item(session, act, file, "verification.unknown_trace", f"{unknown} answers")
    return AppliedAnswers(len(answered), len(problems) + failed, unknown)


def _keep_limits(
    session: Session,
    act: Act,
    file: InboundFile,
    answered: Sequence[EligibilityCheck],
    answers: Sequence[EligibilityAnswer],
) -> None:
    by_trace = {answer.trace_number: answer for answer in answers}
    keep_told_limits(
        session,
        act,
        {check.id: by_trace[check.trace_number] for check in answered},
        {check.id: check for check in answered},
        file.id,
    )


def _is_waiting(checks: Mapping[str, EligibilityCheck], answer: EligibilityAnswer) -> bool:
    check = checks.get(answer.trace_number)
    return check is not None and check.state == EligibilityState.ASKED


def _answer(
    session: Session,
    act: Act,
    file: InboundFile,
    check: EligibilityCheck,
    answer: EligibilityAnswer,
) -> EligibilityCheck:
    judged = judge_answer(answer, service_date=check.service_date)
    move(session, act.client_id, act, check, ELIGIBILITY_TRANSITIONS, EligibilityEvent.ANSWER)
    check.verdict = judged.verdict
    check.reason = judged.reason
    check.copay = judged.copay
    check.deductible_remaining = judged.deductible_remaining
    check.visits_remaining = judged.visits_remaining
    check.other_payer = judged.other_payer[:80]
    check.inbound_file_id = file.id
    check.answered_at = act.at
    return check


def _refuse_batch(session: Session, act: Act, answer: EligibilityAnswer) -> int:
    """Fail every check of the 270 that a payer refused above the level of any person."""
    name = f"{answer.batch_reference}.x12"
    files = outbound_files.list_outbound_files(session, act.client_id, kind="270")
    reason = f"AAA-{answer.rejections[0].reason}" if answer.rejections else "AAA"
    return fail_checks(session, act, [one.id for one in files if one.name == name], reason=reason)


def _quarantine(session: Session, act: Act, file: InboundFile, reason: str) -> AppliedAnswers:
    move(session, act.client_id, act, file, INBOUND_FILE_TRANSITIONS, InboundFileEvent.QUARANTINE)
    file.reason = reason
    _open_file_item(session, act, file, reason, "")
    return AppliedAnswers()


def _open_file_item(
    session: Session, act: Act, file: InboundFile, reason: str, detail: str
) -> None:
    item = NewWorkItem(
        queue=Queue.VERIFICATION,
        cause_key=f"verification:{file.id}",
        subject_kind="inbound_file",
        subject_id=file.id,
        reason=reason,
        detail=detail,
    )
    work_items.open_work_items(session, act.client_id, act, [item])


def fail_checks(
    session: Session, act: Act, outbound_file_ids: Iterable[UUID], *, reason: str
) -> int:
    """Fail the checks of 270 files that a payer refused as a whole; each gets a work item."""
    checks = [
        check
        for outbound_file_id in outbound_file_ids
        for check in eligibility.list_asked_checks(session, act.client_id, outbound_file_id)
    ]
    for check in checks:
        move(session, act.client_id, act, check, ELIGIBILITY_TRANSITIONS, EligibilityEvent.FAIL)
        check.reason = reason
    work_items.open_work_items(
        session, act.client_id, act, [verification_item(check, reason) for check in checks]
    )
    return len(checks)
