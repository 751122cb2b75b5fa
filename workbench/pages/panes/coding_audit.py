"""The auditor's pane: the note left, an empty form right, and nothing of the first coding."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session

from models.documents.coding import CodingDocument
from models.states.audited_case import AuditedCaseState
from models.states.work_item import WorkItemState
from models.tables import AuditedCase
from models.values.access import Right
from revcycle.operations.audit.audit_items import SUBJECT
from revcycle.rules.coding.typed_coding import TypedCoding
from revcycle.store import audited_cases, encounter_picture
from revcycle.store.audit import record_act
from revcycle.store.encounter_picture import NoteFacts
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.coding import code_facts, list_sent_codes, sees_notes
from workbench.pages.panes.coding_form import rows_of
from workbench.pages.panes.kept_typing import restore_coding
from workbench.pages.panes.pane import OpenedItem, Pane

OUTCOMES: Final = {
    AuditedCaseState.AGREED: "Both coded the same. Nothing is left to do.",
    AuditedCaseState.DISPUTED: "The two codings differ. A third person decides.",
    AuditedCaseState.DECIDED: "A third person decided what is right.",
    AuditedCaseState.WITHDRAWN: "The chart was coded anew or voided before anybody audited it.",
}
OWN_CHART: Final = "You coded this chart yourself. Give it back: somebody else must audit it."


def build_coding_audit(session: Session, opened: OpenedItem) -> Pane:
    """Show a chart to be coded a second time, as a form to whoever holds the item."""
    act, line = opened.act, opened.line
    if line.subject_kind != SUBJECT:
        return build_by_hand(session, opened)
    case = audited_cases.see_case(session, act.client_id, line.subject_id)
    record_act(session, act.client_id, act, "see_audited_case", SUBJECT, case.id)
    is_own = case.coder == act.actor
    is_open = line.state is WorkItemState.OPEN and case.state == AuditedCaseState.SAMPLED
    may_code = is_open and not is_own and opened.person.may(Right.AUDIT_CODES)
    is_editable = opened.is_mine and may_code
    restored = restore_coding(session, opened, CodingDocument((), (), case.service_date))
    opened = restored.opened if is_editable else opened
    rows = rows_of(opened.typed)
    return Pane(
        "panes/coding_audit.html",
        {
            "why_closed": OWN_CHART
            if is_own
            else OUTCOMES.get(AuditedCaseState(case.state), "")
            if not is_open
            else "",
            "case_id": case.id,
            "is_editable": is_editable,
            "day": case.service_date,
            "is_unsaved": bool(rows and (rows.diagnoses or rows.services)),
            "kept_at": restored.kept_at if may_code else None,
            "differences": restored.differences,
            "focus": opened.typed.get("focus", ""),
            "why_accepted": "",
            "notes": list_notes(session, opened, case),
            "sees_notes": sees_notes(opened),
            "sent": list_sent_codes(session, act.client_id, case.encounter_id),
            **code_facts(
                session, opened, case.encounter_id, rows or TypedCoding(), case.service_date
            ),
        },
    )


def list_notes(session: Session, opened: OpenedItem, case: AuditedCase) -> Sequence[NoteFacts]:
    """List the notes of an audited chart, for those whose roles include notes."""
    if not sees_notes(opened):
        return ()
    client_id = opened.act.client_id
    return encounter_picture.get_coded_encounter(session, client_id, case.encounter_id).notes
