"""Queries on what charts need of whoever codes them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.states.work_item import Queue
from models.tables import Encounter, Provider, WorkItem
from models.tables.work_item import IS_OPEN
from revcycle.store import staff
from revcycle.store.asked import Login
from revcycle.store.ledger import in_chunks

QUEUES_BY_SKILL: Final = (Queue.CODING,)  # in no other queue does an item need anything


def within_skills(login: Login, queues: Collection[Queue]) -> list[ColumnElement[bool]]:
    """Leave out what a person lacks the skill for; nothing is asked where nothing needs one."""
    if not set(queues) & set(QUEUES_BY_SKILL):
        return []
    needs = col(WorkItem.needs)
    return [or_(needs == "", needs.in_(staff.select_needs_met(login)))]


def list_needs_not_met(
    session: Session, client_id: UUID, work_item_ids: Collection[UUID], login: str
) -> dict[UUID, str]:
    """Map those of these open items that a person lacks a skill for to what they need."""
    needs = col(WorkItem.needs)
    statement = select_columns(col(WorkItem.id), needs).where(
        col(WorkItem.client_id) == client_id,
        col(WorkItem.id).in_(work_item_ids),
        IS_OPEN,
        needs != "",
        needs.not_in(staff.select_needs_met(login)),
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def find_taxonomies(
    session: Session, client_id: UUID, encounter_ids: Iterable[UUID]
) -> dict[UUID, str]:
    """Map encounters to the taxonomy code of whoever rendered; those of nobody are left out."""
    found: dict[UUID, str] = {}
    for chunk in in_chunks(list(encounter_ids)):
        statement = (
            select_columns(col(Encounter.id), col(Provider.taxonomy))
            .join(
                Provider,
                (col(Provider.client_id) == col(Encounter.client_id))
                & (col(Provider.id) == col(Encounter.rendering_provider_id)),
            )
            .where(col(Encounter.client_id) == client_id, col(Encounter.id).in_(chunk))
        )
        found.update({row[0]: row[1] for row in session.execute(statement)})
    return found


def list_charts_of_queue(
    session: Session, client_id: UUID, queue: Queue
) -> dict[UUID, tuple[UUID, str]]:
    """Map the open items about encounters to the encounter and what the item needs now."""
    statement = select_columns(
        col(WorkItem.id), col(WorkItem.subject_id), col(WorkItem.needs)
    ).where(
        col(WorkItem.client_id) == client_id,
        col(WorkItem.queue) == queue,
        col(WorkItem.subject_kind) == "encounter",
        IS_OPEN,
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(statement)}


def find_last_needs(session: Session, client_id: UUID, encounter_id: UUID) -> str:
    """Find what the last coding item of an encounter needed; nothing if there never was one."""
    statement = (
        select(WorkItem.needs)
        .where(
            WorkItem.client_id == client_id,
            WorkItem.subject_kind == "encounter",
            WorkItem.subject_id == encounter_id,
            WorkItem.queue == Queue.CODING,
        )
        .order_by(col(WorkItem.opened_at).desc(), col(WorkItem.id).desc())
        .limit(1)
    )
    return session.exec(statement).first() or ""


def restate_needs(session: Session, client_id: UUID, needs: Mapping[UUID, str]) -> None:
    """Say of open items what they need from now on: one statement for each need that there is."""
    for need in sorted(set(needs.values())):
        ids = [item_id for item_id, one in needs.items() if one == need]
        for chunk in in_chunks(ids):
            session.execute(
                update(WorkItem)
                .where(col(WorkItem.client_id) == client_id, col(WorkItem.id).in_(chunk), IS_OPEN)
                .values(needs=need)
                .execution_options(synchronize_session=False)
            )
