"""Work items: what a person must do, and where it waits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, text
from sqlmodel import Field

from models.states.work_item import Queue, WorkItemState
from models.tables.columns import one_of
from models.tables.owned import Owned

IS_OPEN = text("state = 'open'")
IS_CLAIMABLE = text("state = 'open' AND lease_holder IS NULL")


class WorkItem(Owned, table=True):
    """One thing to do. At most one is open per cause, so a second run opens no second item."""

    __tablename__ = "work_item"
    __table_args__ = (
        CheckConstraint(one_of("state", WorkItemState), name="state_known"),
        CheckConstraint(one_of("queue", Queue), name="queue_known"),
        Index(
            "uq_work_item_open_cause",
            "client_id",
            "cause_key",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index(
            "ix_work_item_claimable",
            "queue",
            "priority",
            "due_at",
            "id",
            sqlite_where=IS_CLAIMABLE,
            postgresql_where=IS_CLAIMABLE,
        ),
    )

    queue: Queue = Field(sa_type=String(20))
    priority: int  # 1 is first
    due_at: datetime
    opened_at: datetime
    state: WorkItemState = Field(default=WorkItemState.OPEN, sa_type=String(20))
    cause_key: str = Field(max_length=160)  # such as scrub:<claim id>
    subject_kind: str = Field(max_length=20)  # encounter, claim, denial, inbound_file ...
    subject_id: UUID
    reason: str = Field(max_length=60)  # rule id or code
    field: str = Field(default="", max_length=60)
    detail: str = Field(default="", max_length=400)  # for the page; may hold PHI
    lease_holder: str | None = Field(default=None, max_length=80)
    lease_token: int = 0  # rises with every lease; a write with an old token changes nothing
    lease_expires_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = Field(default="", max_length=80)
    resolution: str = Field(default="", max_length=60)
