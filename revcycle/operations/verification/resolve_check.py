"""Settle what a payer's answer left to a person."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.eligibility import EligibilityVerdict
from models.states.work_item import WorkItemEvent
from models.tables import EligibilityCheck
from revcycle.operations.verification.verification_items import verification_cause
from revcycle.store import eligibility, work_items
from revcycle.store.audit import record_act

CONFIRMED = "confirmed"
ENDED = "ended"


def confirm_coverage(session: Session, act: Act, check_id: UUID) -> None:
    """Take the coverage as active after all: a person asked the payer and wrote it down.

    Raises:
        NotFoundError: this practice has no such check.
    """
    check = eligibility.get_check(session, act.client_id, check_id)
    check.verdict, check.reason = EligibilityVerdict.ACTIVE, CONFIRMED
    _settle(session, act, check, EligibilityVerdict.ACTIVE, CONFIRMED)


def end_coverage(session: Session, act: Act, check_id: UUID, *, last_day: date) -> None:
    """Write down when the coverage ended; the visits of the day are judged anew without it.

    Raises:
        NotFoundError: this practice has no such check.
    """
    check = eligibility.get_check(session, act.client_id, check_id)
    (coverage,) = eligibility.list_coverages_by_id(session, act.client_id, [check.coverage_id])
    coverage.valid_to = last_day
    _settle(session, act, check, None, "")


def _settle(
    session: Session,
    act: Act,
    check: EligibilityCheck,
    verdict: EligibilityVerdict | None,
    reason: str,
) -> None:
    for encounter in eligibility.list_encounters_of_check(session, act.client_id, check):
        encounter.verdict, encounter.verdict_reason = verdict, reason
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [verification_cause(check.id)],
        resolution=reason or ENDED,
        event=WorkItemEvent.COMPLETE,
    )
    action = "confirm_coverage" if verdict else "end_coverage"
    record_act(session, act.client_id, act, action, "eligibility_check", check.id)
