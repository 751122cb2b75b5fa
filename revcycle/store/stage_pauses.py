"""Queries on stages that no flow runs for now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import CursorResult
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select

from models.documents.act import Act
from models.states.stage import Stage
from models.tables import StagePause
from models.values.identifiers import new_id


@dataclass(frozen=True, slots=True)
class PausedStage:
    """A stage of a practice that is paused, since when, by whom and why."""

    client_id: UUID
    stage: Stage
    paused_at: datetime
    paused_by: str
    reason: str


def list_pauses(session: Session, client_ids: Collection[UUID]) -> list[PausedStage]:
    """List what is paused at these practices, the longest pause first."""
    rows = session.exec(
        select(StagePause)
        .where(col(StagePause.client_id).in_(client_ids))
        .order_by(col(StagePause.paused_at), col(StagePause.id))
    ).all()
    return [
        PausedStage(row.client_id, Stage(row.stage), row.paused_at, row.paused_by, row.reason)
        for row in rows
    ]


def is_paused(session: Session, client_id: UUID, stage: Stage) -> bool:
    """Tell whether a stage of a practice is paused."""
    statement = select(StagePause.id).where(
        StagePause.client_id == client_id, StagePause.stage == stage
    )
    return session.exec(statement).first() is not None


def add_pause(session: Session, client_id: UUID, act: Act, stage: Stage, reason: str) -> bool:
    """Pause a stage; False when it was paused already, also by somebody at the same moment."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = (
        dialect.insert(StagePause)
        .values(
            client_id=client_id,
            id=new_id(),
            stage=stage,
            paused_at=act.at,
            paused_by=act.actor,
            reason=reason,
        )
        .on_conflict_do_nothing(index_elements=["client_id", "stage"])
    )
    # Without the option PostgreSQL's driver forgets how many rows an INSERT made.
    result = session.execute(statement, execution_options={"preserve_rowcount": True})
    return isinstance(result, CursorResult) and result.rowcount == 1


def drop_pause(session: Session, client_id: UUID, stage: Stage) -> bool:
    """Let a stage go on; False when it was not paused."""
    result = session.execute(
        delete(StagePause).where(
            col(StagePause.client_id) == client_id, col(StagePause.stage) == stage
        )
    )
    return isinstance(result, CursorResult) and result.rowcount == 1
