"""Switch a proposed edit on or off, or reject it."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.learned_edit import EditSeverity
from models.states.learned_edit import EDIT_TRANSITIONS, EditEvent
from revcycle.store import learned_edits
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


def decide_edit(
    session: Session,
    act: Act,
    edit_id: UUID,
    event: EditEvent,
    *,
    severity: EditSeverity = EditSeverity.WARNING,
) -> None:
    """Follow a manager's decision; claims scrubbed from now on are judged by it.

    Args:
        session: The open transaction.
        act: Who decides.
        edit_id: The edit.
        event: What is decided.
        severity: Of an edit that is switched on: a warning lets claims go, an error holds them.

    Raises:
        NotFoundError: this client has no such edit.
        IllegalTransitionError: somebody decided so before.
    """
    row = learned_edits.lock_edit(session, act.client_id, edit_id)
    move(session, act.client_id, act, row, EDIT_TRANSITIONS, event)
    row.decided_by = act.actor
    if event is EditEvent.SWITCH_ON:
        row.severity = severity
        row.switched_on = act.today
    outcome = str(severity) if event is EditEvent.SWITCH_ON else "done"
    record_act(
        session, act.client_id, act, f"{event}_edit", "learned_edit", edit_id, outcome=outcome
    )
