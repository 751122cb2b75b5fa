"""Questions that coders asked providers, and when each was answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.states.encounter import EncounterEvent
from models.tables import StateChange
from revcycle.store.practice_days import Period, is_within, spans_of


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question about one encounter; ``answered_at`` is None while it waits."""

    client_id: UUID
    encounter_id: UUID
    asked_at: datetime
    answered_at: datetime | None


def list_questions(
    session: Session, client_ids: Collection[UUID], period: Period, login: str
) -> list[AskedQuestion]:
    """List what a person asked in a period, the last asked first, with the first answer after."""
    spans = spans_of(session, client_ids, [period])
    asked, answer = StateChange, aliased(StateChange)
    answered = (
        select_columns(func.min(answer.at))
        .where(
            col(answer.client_id) == col(asked.client_id),
            col(answer.noun) == "encounter",
            col(answer.subject_id) == col(asked.subject_id),
            col(answer.event) == EncounterEvent.ANSWER,
            col(answer.at) >= col(asked.at),
        )
        .correlate(asked)
        .scalar_subquery()
    )
    statement: Select[*tuple[Any, ...]] = (
        select_columns(col(asked.client_id), col(asked.subject_id), col(asked.at), answered)
        .where(
            col(asked.noun) == "encounter",
            col(asked.event) == EncounterEvent.QUERY,
            col(asked.actor) == login,
            *is_within(spans, col(asked.client_id), col(asked.at), client_ids),
        )
        .order_by(col(asked.at).desc(), col(asked.subject_id).desc())
    )
    return [AskedQuestion(*row) for row in session.execute(statement)]
