"""Give a person the most urgent item that the person may work, and say why this one."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import Worker, WorkLine
from models.states.work_item import Queue
from models.tables import WorkItem
from revcycle.operations.work.keep_item import give_back_item
from revcycle.operations.work.open_item import TAKEN
from revcycle.rules.denials.rank_denial import worth_words
from revcycle.rules.work.why_next import Claim, why_next
from revcycle.store import best_items, work_leases
from revcycle.store.audit import record_act
from revcycle.store.best_items import BestItem, HeldItem
from revcycle.store.denial_ranks import find_worth

TRIES = 8  # somebody else may be given the same head of a pool first


def take_next(
    session: Session,
    client_ids: Collection[UUID],
    worker: Worker,
    queues: Collection[Queue],
    *,
    at: datetime,
    leaving: UUID | None = None,
) -> HeldItem | None:
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
    hands = best_items.look_at_hands(session, client_ids, worker.login, at)
    if hands.has_overdue:
        work_leases.free_expired_leases(session, client_ids, at)
        work_leases.wake_snoozed_items(session, client_ids, at)
    kept = [item for item in hands.held if item.id != leaving and item.queue in queues]
    found = kept[0] if kept else _take_best(session, client_ids, worker, queues, at)
    for item in hands.held:  # only now, so that it is not given at once to whoever leaves it
        if item.id == leaving:
            give_back_item(session, _act(item.client_id, worker, at), item.id)
    return found


def why_this(session: Session, line: WorkLine, worker: Worker, *, at: datetime) -> str:
    """Say in one sentence why a person was given an item."""
    claim = _claim(line.assignee, is_escalated=line.escalated_at is not None, worker=worker)
    left = best_items.count_pool(session, line.client_id, line.queue) if claim is Claim.POOL else 0
    return why_next(
        claim,
        priority=line.priority,
        due_at=line.due_at,
        at=at,
        left=left,
        worth=_worth(session, line),
    )


def _worth(session: Session, line: WorkLine) -> str:
    if line.subject_kind != "denial":
        return ""
    found = find_worth(session, line.client_id, line.subject_id)
    return worth_words(*found) if found else ""


def _take_best(
    session: Session,
    client_ids: Collection[UUID],
    worker: Worker,
    queues: Collection[Queue],
    at: datetime,
) -> HeldItem | None:
    for _ in range(TRIES):
        best = best_items.find_best_item(session, client_ids, worker, queues)
        if best is None:
            return None
        if item := _take(session, best, worker, at):
            act = _act(item.client_id, worker, at)
            record_act(session, item.client_id, act, TAKEN, "work_item", item.id)
            return HeldItem(item.client_id, item.id, best.queue, item.lease_token)
    return None


def _take(session: Session, best: BestItem, worker: Worker, at: datetime) -> WorkItem | None:
    """Take the item found; out of a pool, take the next free one if others are taking it."""
    if best.is_in_pool:
        return work_leases.lease_next_work_item(
            session, best.client_id, best.queue, holder=worker.login, at=at
        )
    return work_leases.lease_work_item(session, best.client_id, best.id, holder=worker.login, at=at)


def _act(client_id: UUID, worker: Worker, at: datetime) -> Act:
    """Act at the practice of an item; taking and leaving are of no day of its books."""
    return Act(client_id, worker.login, at, at.date())


def _claim(assignee: str | None, *, is_escalated: bool, worker: Worker) -> Claim:
    if assignee == worker.login:
        return Claim.ASSIGNED
    return Claim.ESCALATED if is_escalated else Claim.POOL
