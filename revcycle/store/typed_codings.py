"""Queries on codings that were typed and not saved. Each is read by whoever typed it, only."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.states.work_item import WorkItemState
from models.tables import TypedCodingRow, WorkItem


@dataclass(frozen=True, slots=True, repr=False)
class TypedForm:
    """The fields of a form by name, as they were typed last, and when that was."""

    fields: Mapping[str, str]
    kept_at: datetime


def find_typed(
    session: Session, client_id: UUID, work_item_id: UUID, login: str
) -> TypedForm | None:
    """Find what a person has typed for a work item."""
    row = _find(session, client_id, work_item_id, login)
    return TypedForm(json.loads(row.content), row.kept_at) if row else None


def save_typed(
    session: Session, client_id: UUID, act: Act, work_item_id: UUID, fields: Mapping[str, str]
) -> bool:
    """Keep a form in the place of what the actor had typed before; tell whether it is the first.

    The caller holds the lock of the work item, so that two requests of a person wait for each
    other.
    """
    row = _find(session, client_id, work_item_id, act.actor)
    is_first = row is None
    content = json.dumps(fields)
    row = row or TypedCodingRow(
        client_id=client_id,
        work_item_id=work_item_id,
        login=act.actor,
        content=content,
        kept_at=act.at,
    )
    row.content, row.kept_at = content, act.at
    session.add(row)
    session.flush()
    return is_first


def drop_typed(session: Session, client_id: UUID, work_item_id: UUID, login: str = "") -> None:
    """Forget what was typed for a work item: by one person, or by everybody."""
    chosen = [
        col(TypedCodingRow.client_id) == client_id,
        col(TypedCodingRow.work_item_id) == work_item_id,
    ]
    if login:
        chosen.append(col(TypedCodingRow.login) == login)
    session.execute(delete(TypedCodingRow).where(*chosen))


def drop_typed_of_finished(session: Session, client_id: UUID) -> None:
    """Forget what was typed for items that somebody finished otherwise."""
    is_finished = exists().where(
        col(WorkItem.client_id) == client_id,
        col(WorkItem.id) == col(TypedCodingRow.work_item_id),
        col(WorkItem.state) != WorkItemState.OPEN,
    )
    session.execute(
        delete(TypedCodingRow).where(col(TypedCodingRow.client_id) == client_id, is_finished)
    )


def _find(
    session: Session, client_id: UUID, work_item_id: UUID, login: str
) -> TypedCodingRow | None:
    return session.exec(
        select(TypedCodingRow).where(
            TypedCodingRow.client_id == client_id,
            TypedCodingRow.work_item_id == work_item_id,
            TypedCodingRow.login == login,
        )
    ).one_or_none()
