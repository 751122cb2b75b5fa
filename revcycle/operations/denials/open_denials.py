"""Open denials, each with the work that its play calls for."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session

from models.documents.act import Act
from models.documents.playbook import NewDenial
from models.states.work_item import Queue
from revcycle.store import denials, work_items
from revcycle.store.ledger import in_chunks
from revcycle.store.work_items import NewWorkItem


def open_denials(session: Session, act: Act, new: Sequence[NewDenial]) -> int:
    """Add denials and one work item for each; called within posting, in its transaction."""
    ids = denials.insert_denials(session, act.client_id, act, new)
    items = [
        NewWorkItem(
            queue=Queue.DENIAL,
            cause_key=f"denial:{denial_id}",
            subject_kind="denial",
            subject_id=denial_id,
            reason=f"{denial.group}-{denial.reason}",
            field=denial.play.category,
            detail=denial.play.first_action,
            due_on=act.today + timedelta(days=denial.play.due_days),
        )
        for denial_id, denial in zip(ids, new, strict=True)
    ]
    for chunk in in_chunks(items):
        work_items.open_work_items(session, act.client_id, act, chunk)
    return len(ids)
