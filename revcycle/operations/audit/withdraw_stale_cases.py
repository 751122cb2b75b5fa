"""Take charts out of an audit that were coded anew, or voided, before anybody audited them."""

from sqlmodel import Session

from models.documents.act import Act
from models.states.audited_case import AUDITED_CASE_TRANSITIONS, AuditedCaseEvent
from models.tables import AuditedCase
from revcycle.operations.audit.audit_items import audit_cause
from revcycle.store import audited_cases, coded_charts, work_items
from revcycle.store.audit import record_act
from revcycle.store.ledger import in_chunks
from revcycle.store.state_changes import move


def withdraw_stale_cases(session: Session, act: Act) -> int:
    """Withdraw cases whose coding is not the chart's any more; return how many. Repeatable.

    What is coded anew is another chart for the next sample.
    """
    cases = {
        row.encounter_id: row for row in audited_cases.list_sampled_cases(session, act.client_id)
    }
    valid = set()
    for chunk in in_chunks(list(cases)):
        valid |= coded_charts.is_still_as_coded(
            session, act.client_id, {one: cases[one].completion_id for one in chunk}
        )
    stale = [row for row in cases.values() if row.completion_id not in valid]
    for row in stale:
        _withdraw(session, act, row)
    return len(stale)


def _withdraw(session: Session, act: Act, row: AuditedCase) -> None:
    event = AuditedCaseEvent.WITHDRAW
    move(session, act.client_id, act, row, AUDITED_CASE_TRANSITIONS, event)
    record_act(session, act.client_id, act, "withdraw_audited_case", "audited_case", row.id)
    work_items.close_work_items(
        session, act.client_id, act, [audit_cause(row.id)], resolution="coded_anew"
    )
