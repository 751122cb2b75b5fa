"""Clocks that run, questions about claims, and what was said of them on the telephone."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlmodel import Field

from models.documents.clock import ClockKind
from models.states.clock import ClockState
from models.states.status_check import StatusCheckState, StatusVerdict
from models.tables.columns import MoneyColumn, belongs_to, one_of
from models.tables.owned import Owned
from models.values.money import Money

IS_RUNNING = text("state = 'running'")
IS_UNDER_WAY = text("state IN ('open', 'asked')")


class ClockRow(Owned, table=True):
    """One clock of one kind of one thing: a claim, a denial, a credit.

    Its end is fixed when it starts, so that a change of the client file never moves it.
    """

    __tablename__ = "clock"
    __table_args__ = (
        UniqueConstraint("client_id", "kind", "subject_kind", "subject_id"),
        CheckConstraint(one_of("kind", ClockKind), name="kind_known"),
        CheckConstraint(one_of("state", ClockState), name="state_known"),
        belongs_to("claim"),
        belongs_to("patient"),
        Index(None, "client_id", "claim_id"),
        Index(
            "ix_clock_running",
            "client_id",
            "ends_on",
            "id",
            sqlite_where=IS_RUNNING,
            postgresql_where=IS_RUNNING,
        ),
    )

    kind: ClockKind = Field(sa_type=String(20))
    subject_kind: str = Field(max_length=20)  # claim, denial, work_item
    subject_id: UUID
    claim_id: UUID | None = None
    patient_id: UUID | None = None
    amount: Money | None = Field(default=None, sa_type=MoneyColumn)  # as it was when it started
    payer_name: str = Field(default="", max_length=120)
    rule_id: str = Field(max_length=80)
    source: str = Field(default="", max_length=200)
    started_on: date
    warn_on: date  # from this day on a person is told
    ends_on: date  # the last day that still counts
    state: ClockState = Field(default=ClockState.RUNNING, sa_type=String(20))
    stopped_at: datetime | None = None


class StatusCheck(Owned, table=True):
    """One question about one claim (276) and its answer (277). One is under way at most."""

    __tablename__ = "status_check"
    __table_args__ = (
        UniqueConstraint("client_id", "trace_number"),
        CheckConstraint(one_of("state", StatusCheckState), name="state_known"),
        CheckConstraint(
            f"verdict IS NULL OR {one_of('verdict', StatusVerdict)}", name="verdict_known"
        ),
        Index(
            "uq_status_check_under_way",
            "client_id",
            "claim_id",
            unique=True,
            sqlite_where=IS_UNDER_WAY,
            postgresql_where=IS_UNDER_WAY,
        ),
        belongs_to("claim"),
        belongs_to("outbound_file"),
        belongs_to("inbound_file"),
        Index(None, "client_id", "claim_id"),
        Index(None, "client_id", "outbound_file_id"),
    )

    claim_id: UUID
    trace_number: str = Field(max_length=30)  # TRN02
    state: StatusCheckState = Field(default=StatusCheckState.OPEN, sa_type=String(20), index=True)
    opened_at: datetime
    opened_by: str = Field(max_length=80)
    asked_on: date | None = None
    outbound_file_id: UUID | None = None
    inbound_file_id: UUID | None = None
    answered_at: datetime | None = None
    verdict: StatusVerdict | None = Field(default=None, sa_type=String(20))
    code: str = Field(default="", max_length=40)  # category:status:entity, such as F1:65:PR
    payer_claim_control_number: str = Field(default="", max_length=50)
    paid: Money | None = Field(default=None, sa_type=MoneyColumn)
    check_number: str = Field(default="", max_length=50)
    paid_on: date | None = None
    message: str = Field(default="", max_length=300)  # as the payer wrote it
    # Why it failed, or how an answer without our trace was known; coded.
    reason: str = Field(default="", max_length=60)


class ClaimContact(Owned, table=True):
    """A telephone call about a claim, or a decision to wait. Nothing of it is ever changed."""

    __tablename__ = "claim_contact"
    __table_args__ = (belongs_to("claim"), Index(None, "client_id", "claim_id"))

    claim_id: UUID
    at: datetime
    author: str = Field(max_length=80)
    spoken_with: str = Field(default="", max_length=80)  # empty where nobody was called
    reference: str = Field(default="", max_length=60)  # the number of the call
    said: str = Field(default="", max_length=1000)  # may hold PHI
    wait_until: date | None = None  # nobody asks or is reminded before
