"""Statements to guarantors and the messages that leave by e-mail."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlmodel import Field

from models.states.statement import MessageState, StatementState
from models.tables.columns import MoneyColumn, belongs_to, one_of
from models.tables.owned import Owned
from models.values.money import Money

OWN_PERIOD = text("state <> 'cancelled' AND joined_from_id IS NULL")


class Statement(Owned, table=True):
    """What we ask a guarantor to pay; one per account and period, never for nothing."""

    __tablename__ = "statement"
    __table_args__ = (
        # A cancelled statement never left, so it does not use its period up; two accounts that were
        # joined later may both have had theirs.
        Index(
            "uq_statement_period",
            "client_id",
            "patient_id",
            "period",
            unique=True,
            sqlite_where=OWN_PERIOD,
            postgresql_where=OWN_PERIOD,
        ),
        UniqueConstraint("client_id", "number"),
        Index(None, "client_id", "patient_id"),
        CheckConstraint("balance > 0", name="balance_positive"),
        CheckConstraint(one_of("state", StatementState), name="state_known"),
        belongs_to("patient"),
    )

    patient_id: UUID
    joined_from_id: UUID | None = None  # the account it names, which was joined with another since
    number: str = Field(max_length=20)
    period: str = Field(max_length=10)
    statement_date: date
    due_date: date
    balance: Money = Field(sa_type=MoneyColumn)
    state: StatementState = Field(default=StatementState.DRAFTED, sa_type=String(20))


class StatementLineRow(Owned, table=True):
    """One encounter of a statement, as it stood on the day."""

    __tablename__ = "statement_line"
    __table_args__ = (
        UniqueConstraint("client_id", "statement_id", "ordinal"),
        belongs_to("statement"),
        belongs_to("encounter"),
        Index(None, "client_id", "encounter_id"),
    )

    statement_id: UUID
    ordinal: int
    encounter_id: UUID
    charge: Money = Field(sa_type=MoneyColumn)
    insurance_paid: Money = Field(sa_type=MoneyColumn)
    adjusted: Money = Field(sa_type=MoneyColumn)
    patient_paid: Money = Field(sa_type=MoneyColumn)
    balance: Money = Field(sa_type=MoneyColumn)


class Message(Owned, table=True):
    """One e-mail: an outbox like that of files. ``content`` is the complete message."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("client_id", "cause_key"),
        UniqueConstraint("client_id", "message_id"),
        CheckConstraint(one_of("state", MessageState), name="state_known"),
        belongs_to("statement"),
        Index(None, "client_id", "statement_id"),
    )

    kind: str = Field(max_length=20)  # see store.messages.MessageKind
    cause_key: str = Field(max_length=160)  # statement:<id>, client_report:<day>:<recipient>
    message_id: str = Field(max_length=200)  # the Message-ID header, kept over retries
    recipient: str = Field(max_length=254)
    content: bytes
    statement_id: UUID | None = None
    state: MessageState = Field(default=MessageState.QUEUED, sa_type=String(20), index=True)
    created_at: datetime
    taken_at: datetime | None = None  # when a sender last took it
    sent_at: datetime | None = None
    reply_code: int | None = None
