"""The audit trail: who did what, in the transaction that does it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.tables import AuditEvent
from models.values.identifiers import new_id


def record_act(
    session: Session,
    client_id: UUID,
    act: Act,
    action: str,
    subject_kind: str,
    subject_id: UUID | None,
    *,
    outcome: str = "done",
) -> None:
    """Write one line of the audit trail; ids and codes only."""
    session.add(
        AuditEvent(
            client_id=client_id,
            at=act.at,
            actor=act.actor,
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            outcome=outcome,
        )
    )


def record_search(session: Session, client_ids: Collection[UUID], act: Act, found: str) -> None:
    """Write into the trail of each practice that a search showed records of it.

    Args:
        session: The database.
        client_ids: The practices whose records were shown.
        act: Who searched, when.
        found: The kinds of records that were shown, never what was typed.
    """
    for client_id in client_ids:
        record_act(session, client_id, act, "see_search", "search", None, outcome=found)


def record_list_read(session: Session, client_ids: Collection[UUID], act: Act, queue: str) -> None:
    """Write into the trail of each practice that a page of its work was seen, in one statement."""
    rows = [
        {
            "client_id": client_id,
            "id": new_id(),
            "at": act.at,
            "actor": act.actor,
            "action": "see_work_list",
            "subject_kind": "queue",
            "outcome": queue,
        }
        for client_id in client_ids
    ]
    if rows:
        session.execute(insert(AuditEvent.metadata.tables[AuditEvent.__tablename__]), rows)


def last_actor(session: Session, client_id: UUID, action: str, subject_id: UUID) -> str | None:
    """Name who did something to a record last; None when nobody did."""
    return session.exec(
        select(AuditEvent.actor)
        .where(
            AuditEvent.client_id == client_id,
            AuditEvent.action == action,
            AuditEvent.subject_id == subject_id,
        )
        .order_by(col(AuditEvent.at).desc(), col(AuditEvent.id).desc())
        .limit(1)
    ).first()
