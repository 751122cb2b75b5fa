"""Work items: what a person must do, and where it waits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, TextClause, UniqueConstraint, text
from sqlmodel import Field

from models.states.stage import Stage
from models.states.work_item import Queue, WorkItemState
from models.tables.columns import MoneyColumn, belongs_to, one_of
from models.tables.owned import Owned
from models.values.money import Money

IS_OPEN = text("state = 'open'")
# Free for whoever works in the queue: nobody holds it, has it assigned, put it off or escalated it.
IS_IN_POOL = text(
    "state = 'open' AND lease_holder IS NULL AND assignee IS NULL"
    " AND snoozed_until IS NULL AND escalated_at IS NULL"
)
IS_WAITING = text("state = 'open' AND snoozed_until IS NULL")  # whoever holds it
IS_ASSIGNED = text("state = 'open' AND assignee IS NOT NULL")
IS_ESCALATED = text("state = 'open' AND escalated_at IS NOT NULL")
IS_HELD = text("state = 'open' AND lease_holder IS NOT NULL")
IS_SNOOZED = text("state = 'open' AND snoozed_until IS NOT NULL")
IS_FOR_SKILLED = text("state = 'open' AND needs <> ''")
IS_CLOSED = text("closed_at IS NOT NULL")
URGENCY = ("priority", "due_at", "id")


def _where(name: str, condition: TextClause, *columns: str, unique: bool = False) -> Index:
    """Index the rows that a question is about, and no other."""
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


class WorkItem(Owned, table=True):
    """One thing to do. At most one is open per cause, so a second run opens no second item."""

    __tablename__ = "work_item"
    __table_args__ = (
        CheckConstraint(one_of("state", WorkItemState), name="state_known"),
        CheckConstraint(one_of("queue", Queue), name="queue_known"),
        _where("uq_work_item_open_cause", IS_OPEN, "client_id", "cause_key", unique=True),
        _where("ix_work_item_pool", IS_IN_POOL, "client_id", "queue", *URGENCY, "needs"),
        _where("ix_work_item_needs", IS_FOR_SKILLED, "client_id", "queue", "needs"),
        _where("ix_work_item_assigned", IS_ASSIGNED, "assignee", *URGENCY, "client_id"),
        _where("ix_work_item_waiting", IS_WAITING, "client_id", "queue", "opened_at", "due_at"),
        _where("ix_work_item_escalated", IS_ESCALATED, "client_id", "queue", *URGENCY),
        _where("ix_work_item_held", IS_HELD, "lease_holder", "lease_expires_at"),
        _where("ix_work_item_lease_end", IS_HELD, "client_id", "lease_expires_at"),
        _where("ix_work_item_snoozed", IS_SNOOZED, "snoozed_until"),
        _where("ix_work_item_open", IS_OPEN, "queue", *URGENCY),
        _where("ix_work_item_open_of_client", IS_OPEN, "client_id", "queue", *URGENCY),
        _where("ix_work_item_reason", IS_OPEN, "queue", "reason", "client_id"),
        _where("ix_work_item_payer", IS_OPEN, "queue", "payer_name", "client_id"),
        _where("ix_work_item_closed", IS_CLOSED, "client_id", "closed_at"),
        Index(None, "client_id", "subject_kind", "subject_id"),
        Index("ix_work_item_client_id_opened_at", "client_id", "opened_at"),
        belongs_to("patient"),
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
    # What the list shows and sorts by, as it was when the item was opened.
    patient_id: UUID | None = Field(default=None, index=True)
    amount: Money | None = Field(default=None, sa_type=MoneyColumn)
    payer_name: str = Field(default="", max_length=60)
    # Specialty and certification that a chart asks for, see rules/work/needs.py; empty: anybody's.
    # The database fills it too: so a table of millions of rows gets the column at once.
    needs: str = Field(default="", max_length=45, sa_column_kwargs={"server_default": text("''")})
    assignee: str | None = Field(default=None, max_length=80)  # the login that it waits for
    snoozed_until: datetime | None = None  # nobody is given it before
    escalated_at: datetime | None = None  # it waits for a team lead
    lease_holder: str | None = Field(default=None, max_length=80)
    lease_token: int = 0  # rises with every lease; a write with an old token changes nothing
    lease_expires_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = Field(default="", max_length=80)
    resolution: str = Field(default="", max_length=60)


class WorkItemNote(Owned, table=True):
    """What somebody wrote down about an item, for whoever takes it next."""

    __tablename__ = "work_item_note"
    __table_args__ = (belongs_to("work_item"),)

    work_item_id: UUID = Field(index=True)
    at: datetime
    author: str = Field(max_length=80)
    text: str = Field(max_length=1000)  # may hold PHI


class StagePause(Owned, table=True):
    """A stage of a practice that no flow runs until somebody lets it go on."""

    __tablename__ = "stage_pause"
    __table_args__ = (
        UniqueConstraint("client_id", "stage"),
        CheckConstraint(one_of("stage", Stage), name="stage_known"),
    )

    stage: Stage = Field(sa_type=String(20))
    paused_at: datetime
    paused_by: str = Field(max_length=80)
    reason: str = Field(max_length=200)
