"""Give a person the most urgent item that the person may work."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models.documents.work import Worker, WorkLine
from models.states.work_item import Queue
from models.tables import WorkItem
from revcycle.rules.work.why_next import Claim, why_next
from revcycle.store import work_leases, work_lists

TRIES = 8  # somebody else may be given the same head of a pool first


@dataclass(frozen=True, slots=True)
class NextItem:
    """An item in a person's hands, and why this one."""

    line: WorkLine
    why: str


def take_next(
    session: Session,
    client_ids: Collection[UUID],
    worker: Worker,
    queues: Collection[Queue],
    *,
    at: datetime,
    leaving: UUID | None = None,
) -> NextItem | None:
    """Lease the best item; None when there is none.

    Whoever asks twice is given the same item twice: only an item that the person says to be
    leaving is given back.

    Args:
        session: A transaction over all these practices.
        client_ids: The practices the person sees.
        worker: Who takes.
        queues: From which queues.
        at: Now.
        leaving: The item the person has finished with.
    """
    work_leases.free_expired_leases(session, client_ids, at)
    work_leases.wake_snoozed_items(session, client_ids, at)
    held = work_leases.list_held_items(session, client_ids, worker.login)
    kept = [item for item in held if item.id != leaving and item.queue in queues]
    found = (
        _next(session, kept[0], Claim.HELD, at)
        if kept
        else _take_best(session, client_ids, worker, queues, at)
    )
    for item in held:  # only now, so that it is not given at once to whoever leaves it
        if item.id == leaving:
            work_leases.give_back_lease(session, item.client_id, item.id, holder=worker.login)
    return found


def _take_best(
    session: Session,
    client_ids: Collection[UUID],
    worker: Worker,
    queues: Collection[Queue],
    at: datetime,
) -> NextItem | None:
    for _ in range(TRIES):
        best = work_leases.find_best_item(session, client_ids, worker, queues)
        if best is None:
            return None
        claim = _claim(best, worker)
        if item := _take(session, best, claim, worker, at):
            return _next(session, item, claim, at)
    return None


def _claim(item: WorkItem, worker: Worker) -> Claim:
    if item.assignee == worker.login:
        return Claim.ASSIGNED
    return Claim.ESCALATED if item.escalated_at else Claim.POOL


def _take(
    session: Session, best: WorkItem, claim: Claim, worker: Worker, at: datetime
) -> WorkItem | None:
    """Take the item found; out of a pool, take the next free one if others are taking it."""
    if claim is Claim.POOL:
        return work_leases.lease_next_work_item(
            session, best.client_id, Queue(best.queue), holder=worker.login, at=at
        )
    return work_leases.lease_work_item(session, best.client_id, best.id, holder=worker.login, at=at)


def _next(session: Session, item: WorkItem, claim: Claim, at: datetime) -> NextItem:
    line = work_lists.get_work_line(session, item.client_id, item.id)
    assert line is not None, "it was just leased"  # noqa: S101 - a programmer's promise
    left = (
        work_leases.count_pool(session, item.client_id, Queue(item.queue))
        if claim is Claim.POOL
        else 0
    )
    why = why_next(claim, priority=item.priority, due_at=item.due_at, at=at, left=left)
    return NextItem(line, why)
