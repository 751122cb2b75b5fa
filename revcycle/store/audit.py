"""The audit trail: who did what, in the transaction that does it."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.tables import AuditEvent


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
