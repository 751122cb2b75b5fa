"""Remittances as the payer sent them: payment, claims, lines, adjustments."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, String, UniqueConstraint
from sqlmodel import Field

from models.documents.posting import PostingOutcome
from models.states.coverage_correction import CoverageCorrectionState
from models.tables.columns import MoneyColumn, belongs_to, one_of
from models.tables.owned import Owned
from models.values.money import Money


class Remittance(Owned, table=True):
    """One 835 payment. The trace identifies it: no payment is posted twice."""

    __tablename__ = "remittance"
    __table_args__ = (
        UniqueConstraint("client_id", "payer_trace_id", "trace_number"),
        UniqueConstraint("client_id", "inbound_file_id", "ordinal"),
        Index(None, "client_id", "trace_number"),
        belongs_to("inbound_file"),
    )

    inbound_file_id: UUID
    ordinal: int  # which ST of the file, from 1
    payer_name: str = Field(max_length=60)
    payer_id: str = Field(default="", max_length=80)
    payer_trace_id: str = Field(max_length=50)  # TRN03
    trace_number: str = Field(max_length=50)  # TRN02
    amount: Money = Field(sa_type=MoneyColumn)  # BPR02
    method: str = Field(max_length=3)
    payment_date: date
    posted_at: datetime


class RemittanceClaimRow(Owned, table=True):
    """One claim of a remittance; ``claim_id`` is empty while nobody knows whose it is."""

    __tablename__ = "remittance_claim"
    __table_args__ = (
        UniqueConstraint("client_id", "remittance_id", "ordinal"),
        UniqueConstraint("client_id", "reverses_id"),  # a decision is taken back once
        CheckConstraint(one_of("outcome", PostingOutcome), name="outcome_known"),
        belongs_to("remittance"),
        belongs_to("claim"),
        belongs_to("remittance_claim", "reverses_id"),
        Index(None, "client_id", "payer_claim_control_number"),
    )

    remittance_id: UUID
    ordinal: int
    claim_id: UUID | None = Field(default=None, index=True)
    claim_control_number: str = Field(max_length=38)
    payer_claim_control_number: str = Field(default="", max_length=50)
    status: str = Field(max_length=2)  # CLP02
    charge: Money = Field(sa_type=MoneyColumn)
    paid: Money = Field(sa_type=MoneyColumn)
    remarks: str = Field(default="", max_length=200)  # joined by a colon
    crossover_payer_id: str = Field(default="", max_length=80)
    outcome: PostingOutcome = Field(sa_type=String(20))
    payer_rank: int  # as which payer it was decided; a forwarded claim comes under our first number
    reverses_id: UUID | None = None  # the earlier decision that a status 22 takes back


class RemittanceLineRow(Owned, table=True):
    """One service of a remittance claim."""

    __tablename__ = "remittance_line"
    __table_args__ = (
        UniqueConstraint("client_id", "remittance_claim_id", "ordinal"),
        belongs_to("remittance_claim"),
        belongs_to("claim_line"),
    )

    remittance_claim_id: UUID
    ordinal: int  # 0 holds what the payer said of the claim as a whole
    claim_line_id: UUID | None = None
    procedure_code: str = Field(default="", max_length=48)
    charge: Money = Field(sa_type=MoneyColumn)
    paid: Money = Field(sa_type=MoneyColumn)
    allowed: Money | None = Field(default=None, sa_type=MoneyColumn)
    remarks: str = Field(default="", max_length=200)


class RemittanceAdjustment(Owned, table=True):
    """One adjustment of a remittance line."""

    __tablename__ = "remittance_adjustment"
    __table_args__ = (
        UniqueConstraint("client_id", "remittance_line_id", "ordinal"),
        belongs_to("remittance_line"),
    )

    remittance_line_id: UUID
    ordinal: int
    group: str = Field(max_length=2)
    reason: str = Field(max_length=5)  # CARC
    amount: Money = Field(sa_type=MoneyColumn)
    quantity: Decimal | None = Field(default=None, sa_type=Numeric(15, 3))


class ProviderAdjustmentRow(Owned, table=True):
    """One PLB pair of a remittance."""

    __tablename__ = "provider_adjustment"
    __table_args__ = (
        UniqueConstraint("client_id", "remittance_id", "ordinal"),
        belongs_to("remittance"),
    )

    remittance_id: UUID
    ordinal: int
    provider_id: str = Field(max_length=50)
    fiscal_period_end: date
    reason: str = Field(max_length=2)
    reference: str = Field(default="", max_length=50)
    amount: Money = Field(sa_type=MoneyColumn)


class CoverageCorrection(Owned, table=True):
    """A member number that a payer corrected (NM1*74): proposed once for each new number."""

    __tablename__ = "coverage_correction"
    __table_args__ = (
        UniqueConstraint("client_id", "coverage_id", "new_member_id"),
        CheckConstraint(one_of("state", CoverageCorrectionState), name="state_known"),
        belongs_to("remittance_claim"),
        belongs_to("coverage"),
    )

    remittance_claim_id: UUID
    coverage_id: UUID
    old_member_id: str = Field(max_length=80)
    new_member_id: str = Field(max_length=80)
    state: CoverageCorrectionState = Field(
        default=CoverageCorrectionState.PROPOSED, sa_type=String(20)
    )
    proposed_at: datetime
    decided_at: datetime | None = None
    decided_by: str = Field(default="", max_length=80)
