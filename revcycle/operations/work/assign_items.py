"""Say who works on items: hand one over, or assign many."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.work_item import Queue
from revcycle.rules.work.needs import to_need_words
from revcycle.store import staff, staff_assignments, work_hands
from revcycle.store.audit import record_act
from revcycle.store.work_needs import list_needs_not_met


class LacksSkillError(RejectedError):
    """Whom items should wait for lacks a skill that one of them needs: nothing was changed."""


def assign_items(
    session: Session,
    act: Act,
    work_item_ids: Collection[UUID],
    *,
    queue: Queue,
    assignee: str | None,
    is_lead: bool,
    in_spite: bool = False,
) -> int:
    """Let open items of a queue wait for one person; None: for whoever works there.

    Whoever leads may take an item out of somebody's hands; others only hand over what is in their
    own, or in nobody's. Only whoever leads may assign what the assignee lacks the skill for, and
    only by saying so.

    Args:
        session: The open transaction.
        act: Who assigns.
        work_item_ids: Which items.
        queue: Where they wait.
        assignee: The login; None: nobody.
        is_lead: Whether the actor leads.
        in_spite: Whether skills that the assignee lacks do not matter this time.

    Returns:
        How many items were changed.

    Raises:
        RejectedError: the assignee may not take work of this queue at this practice.
        LacksSkillError: the assignee lacks a skill that an item needs; none was assigned.
    """
    lacking: Collection[UUID] = ()
    if assignee is not None:
        _require_assignable(session, act.client_id, queue, assignee)
        needs = list_needs_not_met(session, act.client_id, work_item_ids, assignee)
        if needs and not (is_lead and in_spite):
            raise LacksSkillError(_why_not(assignee, needs, is_lead=is_lead))
        lacking = needs.keys()
    changed = work_hands.assign_items(
        session,
        act.client_id,
        work_item_ids,
        queue=queue,
        assignee=assignee,
        holder=None if is_lead else act.actor,
    )
    for work_item_id in changed:
        record_act(
            session,
            act.client_id,
            act,
            "assign_in_spite" if work_item_id in lacking else "assign",
            "work_item",
            work_item_id,
            outcome=(assignee or "nobody")[:40],
        )
    return len(changed)


def _why_not(login: str, needs: Mapping[UUID, str], *, is_lead: bool) -> str:
    """Warn in words: who lacks what, for how many charts, and what can be done."""
    kinds = " or ".join(sorted({to_need_words(one) for one in needs.values()}))
    charts = "1 chart" if len(needs) == 1 else f"{len(needs)} charts"
    way = (
        f"to let {login} have them all the same, choose “Even without the skill”"
        if is_lead
        else "a team lead may assign them all the same"
    )
    return f"{charts} of these need {kinds}, which {login} does not have; {way}"


def _require_assignable(session: Session, client_id: UUID, queue: Queue, login: str) -> None:
    member = staff.find_staff_member(session, login)
    allowed = (
        staff_assignments.list_assigned_queues(session, client_id, member.id)
        if member is not None
        else frozenset()
    )
    if queue not in allowed:
        msg = f"{login} takes no work of this queue at this practice"
        raise RejectedError(msg)
