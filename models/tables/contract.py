"""What contracts say of claim lines, and where payers differed from it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlmodel import Field

from models.states.variance import VarianceState
from models.tables.columns import MoneyColumn, belongs_to, one_of
from models.tables.owned import Owned
from models.values.money import ZERO, Money

STANDS = text("state IN ('open', 'disputed')")


class ExpectedAmount(Owned, table=True):
    """What a claim line should bring, computed when the claim leaves; computed anew at will."""

    __tablename__ = "expected_amount"
    __table_args__ = (
        UniqueConstraint("client_id", "claim_line_id"),
        belongs_to("claim"),
        belongs_to("claim_line"),
        Index(None, "client_id", "claim_id"),
    )

    claim_id: UUID
    claim_line_id: UUID
    amount: Money | None = Field(default=None, sa_type=MoneyColumn)  # None: no term says it
    term_key: str = Field(default="", max_length=12)
    version: str = Field(default="", max_length=12)  # of the contract files
    arithmetic: str = Field(max_length=400)
    tolerance: Money = Field(default=ZERO, sa_type=MoneyColumn)
    priced_at: datetime
    compared_at: datetime | None = None  # when a decision was last held against it


class Variance(Owned, table=True):
    """One decision of a payer that differs from the contract; at most one of a claim stands."""

    __tablename__ = "variance"
    __table_args__ = (
        UniqueConstraint("client_id", "remittance_claim_id"),
        Index(
            "uq_variance_standing",
            "client_id",
            "claim_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        CheckConstraint(one_of("state", VarianceState), name="state_known"),
        belongs_to("claim"),
        belongs_to("remittance_claim"),
        Index(None, "client_id", "opened_on"),
    )

    claim_id: UUID
    remittance_claim_id: UUID  # the decision that opened it
    state: VarianceState = Field(default=VarianceState.OPEN, sa_type=String(20))
    reason: str = Field(max_length=40)
    expected: Money = Field(sa_type=MoneyColumn)  # of the lines that differ
    allowed: Money = Field(sa_type=MoneyColumn)
    first_shortfall: Money = Field(sa_type=MoneyColumn)  # when it was opened; below zero: too much
    recovered: Money = Field(default=ZERO, sa_type=MoneyColumn)  # by later decisions
    opened_on: date
    disputed_on: date | None = None
    note: str = Field(default="", max_length=200)
    let_be_asked_by: str = Field(default="", max_length=80)  # while a second person decides


class VarianceLine(Owned, table=True):
    """One line of a variance. Replaced when a later decision changes it."""

    __tablename__ = "variance_line"
    __table_args__ = (
        UniqueConstraint("client_id", "variance_id", "ordinal"),
        belongs_to("variance"),
        belongs_to("claim_line"),
    )

    variance_id: UUID
    ordinal: int
    claim_line_id: UUID | None = None  # None: the payer judged other services than were billed
    expected: Money = Field(sa_type=MoneyColumn)
    allowed: Money = Field(sa_type=MoneyColumn)
    reason: str = Field(max_length=40)
    arithmetic: str = Field(max_length=400)
