"""The left side of an item: what is known about it."""

from sqlmodel import Session

from revcycle.store import audit, work_lists, work_notes
from workbench.pages.panes.pane import OpenedItem


def build_facts(session: Session, opened: OpenedItem) -> dict[str, object]:
    """Collect the facts, and note in the trail that they were read."""
    act, line = opened.act, opened.line
    audit.record_act(session, act.client_id, act, "see_work_item", "work_item", line.id)
    if line.patient_id:
        audit.record_act(session, act.client_id, act, "see_patient", "patient", line.patient_id)
    subject = (line.subject_kind, line.subject_id)
    return {
        "notes": [
            (note.at, note.author, note.text)
            for note in work_notes.list_notes(session, act.client_id, line.id)
        ],
        "earlier": [
            one
            for one in work_lists.list_work_of_subject(session, act.client_id, [subject])
            if one.id != line.id
        ],
    }
