"""Accept or refuse a member number that a payer corrected."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.coverage_correction import (
    COVERAGE_CORRECTION_TRANSITIONS,
    CoverageCorrectionEvent,
)
from models.tables import CoverageCorrection
from revcycle.store import work_items
from revcycle.store.audit import record_act
from revcycle.store.coverage_corrections import get_correction, has_other_with_number
from revcycle.store.eligibility import list_coverages_by_id
from revcycle.store.state_changes import move


def decide_correction(
    session: Session,
    act: Act,
    work_item_id: UUID,
    event: CoverageCorrectionEvent,
    *,
    token: int,
) -> None:
    """Give the coverage the payer's number, or keep ours; the item is finished with it.

    Claims that were sent keep what they said; the next one to this payer has the new number.

    Raises:
        StaleLeaseError: the actor does not hold the item any more.
        IllegalTransitionError: it was decided meanwhile.
        RejectedError: the coverage has another number since, or another coverage has this one.
    """
    item = work_items.require_lease(session, act.client_id, act, work_item_id, token=token)
    row = get_correction(session, act.client_id, item.subject_id)
    move(session, act.client_id, act, row, COVERAGE_CORRECTION_TRANSITIONS, event)
    row.decided_at, row.decided_by = act.at, act.actor
    if event is CoverageCorrectionEvent.ACCEPT:
        _change_coverage(session, act, row)
    record_act(session, act.client_id, act, f"{event}_member_number", "coverage", row.coverage_id)
    work_items.close_leased_work_item(
        session, act.client_id, act, work_item_id, token=token, resolution=str(row.state)
    )


def _change_coverage(session: Session, act: Act, row: CoverageCorrection) -> None:
    (coverage,) = list_coverages_by_id(session, act.client_id, [row.coverage_id])
    if coverage.member_id != row.old_member_id:
        msg = "somebody changed the member number since the payer corrected it"
        raise RejectedError(msg)
    if has_other_with_number(session, act.client_id, coverage, row.new_member_id):
        msg = "the patient has another coverage of this payer under that number"
        raise RejectedError(msg)
    coverage.member_id = row.new_member_id
