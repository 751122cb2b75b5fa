"""What happened: state changes of records, and acts of people and programs. Append-only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from models.tables.owned import Owned


class StateChange(Owned, table=True):
    """One move of one record; replaying all of them gives its present state."""

    __tablename__ = "state_change"
    __table_args__ = (
        Index(None, "client_id", "noun", "subject_id"),
        Index("ix_state_change_client_id_noun_at", "client_id", "noun", "at"),
    )

    noun: str = Field(max_length=20)  # the table
    subject_id: UUID
    event: str = Field(max_length=30)  # ``create`` for the first
    from_state: str = Field(default="", max_length=20)
    to_state: str = Field(max_length=20)
    at: datetime
    actor: str = Field(max_length=80)


class AuditEvent(Owned, table=True):
    """Who did what, when, to what, with which outcome. Ids and codes only."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index(None, "client_id", "at"),
        Index(None, "client_id", "subject_id"),
    )

    at: datetime
    actor: str = Field(max_length=80)
    action: str = Field(max_length=60)
    subject_kind: str = Field(max_length=20)
    subject_id: UUID | None = None
    outcome: str = Field(default="done", max_length=40)
