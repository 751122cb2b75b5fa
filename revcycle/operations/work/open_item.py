"""Take one item that a person chose from a list."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import NotFoundError, RejectedError
from models.states.work_item import WorkItemState
from revcycle.rules.work.needs import to_need_words
from revcycle.store import own_work, work_leases, work_lists, work_needs
from revcycle.store.audit import record_act
from revcycle.store.work_items import StaleLeaseError

TAKEN: Final = "take"


def open_item(session: Session, act: Act, work_item_id: UUID) -> WorkLine:
    """Lease an item to the actor; whoever holds it already goes on holding it.

    Raises:
        NotFoundError: this practice has no such item.
        StaleLeaseError: somebody else holds it, or it is finished.
        RejectedError: it is about the actor's own work, which others judge; or it needs a skill
            that the actor lacks, and nobody assigned it in spite of that.
    """
    work_leases.free_expired_leases(session, [act.client_id], act.at)
    line = get_item(session, act.client_id, work_item_id)
    if line.state is WorkItemState.OPEN and line.holder == act.actor:
        work_leases.renew_lease(
            session,
            act.client_id,
            work_item_id,
            holder=act.actor,
            token=line.lease_token,
            at=act.at,
        )
    elif own_work.is_own_work(session, act.client_id, work_item_id, act.actor):
        msg = "this is about your own coding or audit: somebody else must take it"
        raise RejectedError(msg)
    elif needs := _needs_not_met(session, line, act.actor):
        msg = f"this chart needs {needs}, which you do not have; a team lead may assign it to you"
        raise RejectedError(msg)
    elif (
        work_leases.lease_work_item(
            session, act.client_id, work_item_id, holder=act.actor, at=act.at
        )
        is None
    ):
        raise StaleLeaseError(_why(line))
    else:
        record_act(session, act.client_id, act, TAKEN, "work_item", work_item_id)
    return get_item(session, act.client_id, work_item_id)


def get_item(session: Session, client_id: UUID, work_item_id: UUID) -> WorkLine:
    """Find an item.

    Raises:
        NotFoundError: this practice has no such item.
    """
    line = work_lists.get_work_line(session, client_id, work_item_id)
    if line is None:
        msg = f"no work item {work_item_id}"
        raise NotFoundError(msg)
    return line


def _needs_not_met(session: Session, line: WorkLine, login: str) -> str:
    if not line.needs or line.assignee == login or line.state is not WorkItemState.OPEN:
        return ""
    found = work_needs.list_needs_not_met(session, line.client_id, [line.id], login)
    return to_need_words(found.get(line.id, ""))


def _why(line: WorkLine) -> str:
    if line.state is not WorkItemState.OPEN:
        return f"work item {line.id} is finished"
    return f"work item {line.id} is held by {line.holder}"
