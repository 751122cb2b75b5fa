"""Ask a payer again, after what was asked wrongly was put right."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.eligibility import ELIGIBILITY_TRANSITIONS, EligibilityEvent
from models.states.work_item import WorkItemEvent
from models.tables import EligibilityCheck
from models.values.identifiers import new_id
from revcycle.operations.verification.open_checks import TRACE_LENGTH
from revcycle.operations.verification.verification_items import verification_cause
from revcycle.store import eligibility, patients, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move

RESOLUTION: Final = "asked_again"


def ask_again(session: Session, act: Act, check_id: UUID, *, member_id: str | None = None) -> None:
    """Open an answered or failed question anew, under a new trace number.

    The next batch carries it. The visits of the day lose their verdict and wait for the answer;
    an answer that still comes to the old question is one to nothing of ours, and is reported.

    Args:
        session: The open transaction.
        act: Who asks, and when.
        check_id: The question.
        member_id: The number as it should have been; None leaves the coverage as it is.

    Raises:
        NotFoundError: this practice has no such check.
        IllegalTransitionError: it is on its way already.
        RejectedError: the member id is empty, or another coverage of the patient has it.
    """
    check = eligibility.get_check(session, act.client_id, check_id)
    move(session, act.client_id, act, check, ELIGIBILITY_TRANSITIONS, EligibilityEvent.RETRY)
    if member_id is not None:
        _correct_number(session, act, check, member_id.strip())
    _forget_answer(check)
    for encounter in eligibility.list_encounters_of_check(session, act.client_id, check):
        encounter.verdict, encounter.verdict_reason = None, ""
    record_act(session, act.client_id, act, "ask_payer_again", "eligibility_check", check.id)
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [verification_cause(check.id)],
        resolution=RESOLUTION,
        event=WorkItemEvent.COMPLETE,
    )


def _correct_number(session: Session, act: Act, check: EligibilityCheck, member_id: str) -> None:
    if not member_id:
        msg = "a coverage needs a member id"
        raise RejectedError(msg)
    (coverage,) = eligibility.list_coverages_by_id(session, act.client_id, [check.coverage_id])
    held = patients.list_coverages(session, act.client_id, [coverage.patient_id])
    if any(
        one.id != coverage.id and (one.payer_id, one.member_id) == (coverage.payer_id, member_id)
        for one in held
    ):
        msg = "the patient has another coverage of this payer with this member id"
        raise RejectedError(msg)
    coverage.member_id = member_id


def _forget_answer(check: EligibilityCheck) -> None:
    check.trace_number = new_id().hex[-TRACE_LENGTH:].upper()
    check.verdict, check.reason, check.other_payer = None, "", ""
    check.copay = check.deductible_remaining = check.visits_remaining = None
    check.outbound_file_id = check.inbound_file_id = check.answered_at = None
