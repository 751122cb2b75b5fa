"""Whose own work an audit is about: that person may not take it."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, literal, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.states.work_item import Queue
from models.tables import AuditedCase, WorkItem
from revcycle.store.asked import Ids, Login

AUDIT_QUEUES: Final = (Queue.CODING_AUDIT, Queue.ADJUDICATION)


def is_own_work(session: Session, client_id: UUID, work_item_id: UUID, login: str) -> bool:
    """Tell whether an item is about what this person coded or audited, so that others take it."""
    statement = (
        select(WorkItem.id)
        .join(AuditedCase, _is_about_case())
        .where(WorkItem.client_id == client_id, WorkItem.id == work_item_id, _is_by(login))
    )
    return session.exec(statement).first() is not None


def not_own(client_ids: Ids, login: Login, queues: Collection[Queue]) -> list[ColumnElement[bool]]:
    """Leave out audits of a person's own work; nothing is asked where no audit can wait."""
    if not set(queues) & set(AUDIT_QUEUES):
        return []
    own = (
        select_columns(literal(1))
        .select_from(AuditedCase)
        .where(col(AuditedCase.client_id).in_(client_ids), _is_about_case(), _is_by(login))
        .correlate(WorkItem)
        .exists()
    )
    return [or_(col(WorkItem.queue).not_in(AUDIT_QUEUES), ~own)]


def _is_about_case() -> ColumnElement[bool]:
    return and_(
        col(AuditedCase.client_id) == col(WorkItem.client_id),
        col(AuditedCase.id) == col(WorkItem.subject_id),
        col(WorkItem.subject_kind) == "audited_case",
    )


def _is_by(login: Login) -> ColumnElement[bool]:
    return or_(col(AuditedCase.coder) == login, col(AuditedCase.auditor) == login)
