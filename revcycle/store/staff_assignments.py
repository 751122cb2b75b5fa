"""Queries on who may take work from which queue of a practice."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session, col, delete, select

from models.states.work_item import Queue
from models.tables import StaffAssignment


def list_assigned_queues(
    session: Session, client_id: UUID, staff_member_id: UUID
) -> frozenset[Queue]:
    """List the queues of this practice from which a person may take work."""
    found = session.exec(
        select(StaffAssignment.queue).where(
            StaffAssignment.client_id == client_id,
            StaffAssignment.staff_member_id == staff_member_id,
        )
    ).all()
    return frozenset(Queue(queue) for queue in found)


def replace_queues(
    session: Session, client_id: UUID, staff_member_id: UUID, queues: Iterable[Queue]
) -> None:
    """Let a person take work of this practice from these queues and no other."""
    session.execute(
        delete(StaffAssignment).where(
            col(StaffAssignment.client_id) == client_id,
            col(StaffAssignment.staff_member_id) == staff_member_id,
        )
    )
    session.add_all(
        StaffAssignment(client_id=client_id, staff_member_id=staff_member_id, queue=queue)
        for queue in queues
    )
    session.flush()
