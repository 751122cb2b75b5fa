"""The pane of a member number that a payer corrected: ours, the payer's, and what to do."""

from sqlmodel import Session

from models.states.coverage_correction import CoverageCorrectionState
from models.values.access import FieldKind, Right
from revcycle.rules.access.field_masks import see_field
from revcycle.store import clients, eligibility
from revcycle.store.audit import record_act
from revcycle.store.coverage_corrections import get_correction
from workbench.pages.panes.pane import OpenedItem, Pane


def build_correction(session: Session, opened: OpenedItem) -> Pane:
    """Show both numbers, as far as the person may see member numbers."""
    act, access = opened.act, opened.person.access
    row = get_correction(session, act.client_id, opened.line.subject_id)
    (coverage,) = eligibility.list_coverages_by_id(session, act.client_id, [row.coverage_id])
    record_act(session, act.client_id, act, "see_coverage", "coverage", coverage.id)
    payers = {one.id: one.name for one in clients.find_payers(session, act.client_id).values()}
    return Pane(
        "panes/coverage_correction.html",
        {
            "payer_name": payers[coverage.payer_id],
            "rank": coverage.rank,
            "ours": see_field(access, FieldKind.MEMBER_ID, row.old_member_id),
            "theirs": see_field(access, FieldKind.MEMBER_ID, row.new_member_id),
            "is_changed": coverage.member_id != row.old_member_id,
            "is_proposed": row.state == CoverageCorrectionState.PROPOSED,
            "may_work": opened.is_mine and opened.person.may(Right.VERIFY_COVERAGE),
        },
    )
