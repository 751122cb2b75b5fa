"""Queries that show a practice what it is asked, and what became of its files."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models.documents.work import WorkLine
from models.states.encounter import EncounterEvent
from models.states.work_item import Queue, WorkItemState
from models.tables import Encounter, StateChange, WorkItem
from revcycle.store import work_lists
from revcycle.store.work_lists import list_lines


@dataclass(frozen=True, slots=True, repr=False)
class OwnQuery:
    """A question to the practice.

    Attributes:
        line: The item that holds it; ``detail`` is the question.
        service_date: Of the visit it is about; None where it is about a record or a file.
    """

    line: WorkLine
    service_date: date | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.line.state is WorkItemState.OPEN


def list_own_queries(session: Session, client_id: UUID, *, limit: int) -> list[OwnQuery]:
    """List the questions that wait, the first due first, and then the last answered ones."""
    waiting = list_lines(session, client_id, Queue.PROVIDER_QUERY, WorkItemState.OPEN, limit=limit)
    answered = list_lines(session, client_id, Queue.PROVIDER_QUERY, WorkItemState.DONE, limit=limit)
    lines = [*waiting, *answered]
    dates = find_service_dates(session, client_id, lines)
    return [OwnQuery(line, dates.get(line.subject_id)) for line in lines]


def count_waiting_since(session: Session, client_id: UUID, before: datetime) -> int:
    """Count the questions that nobody has answered and that were asked at an instant or earlier."""
    statement = select_columns(func.count()).where(
        col(WorkItem.client_id) == client_id,
        col(WorkItem.queue) == Queue.PROVIDER_QUERY,
        col(WorkItem.state) == WorkItemState.OPEN,
        col(WorkItem.opened_at) <= before,
    )
    return int(session.execute(statement).scalar_one())


def find_own_query(session: Session, client_id: UUID, work_item_id: UUID) -> OwnQuery | None:
    """Find one question to this practice, answered or not."""
    line = work_lists.get_work_line(session, client_id, work_item_id)
    if line is None or line.queue is not Queue.PROVIDER_QUERY:
        return None
    dates = find_service_dates(session, client_id, [line])
    return OwnQuery(line, dates.get(line.subject_id))


def list_answers_of(
    session: Session, client_id: UUID, encounter_ids: Collection[UUID], login: str
) -> list[datetime]:
    """List when a person answered questions about encounters."""
    change = StateChange
    statement = select_columns(col(change.at)).where(
        col(change.client_id) == client_id,
        col(change.noun) == "encounter",
        col(change.subject_id).in_(encounter_ids),
        col(change.event) == EncounterEvent.ANSWER,
        col(change.actor) == login,
    )
    return list(session.execute(statement).scalars())


def find_service_dates(
    session: Session, client_id: UUID, lines: list[WorkLine]
) -> dict[UUID, date | None]:
    """Map the encounters that items are about to their dates of service."""
    ids = {line.subject_id for line in lines if line.subject_kind == "encounter"}
    statement = select_columns(col(Encounter.id), col(Encounter.service_date)).where(
        col(Encounter.client_id) == client_id, col(Encounter.id).in_(ids)
    )
    return {row[0]: row[1] for row in session.execute(statement)}
