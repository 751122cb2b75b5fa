"""Claims, their versions and their lines."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, String, UniqueConstraint
from sqlmodel import Field

from models.documents.claim import ClaimForm, FrequencyCode
from models.states.claim import ClaimState
from models.tables.columns import MoneyColumn, belongs_to, one_of
from models.tables.owned import Owned
from models.values.money import Money


class Claim(Owned, table=True):
    """One bill for one encounter to one payer, whatever versions of it were sent."""

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("client_id", "control_number"),
        UniqueConstraint("client_id", "encounter_id", "payer_rank"),
        CheckConstraint(one_of("state", ClaimState), name="state_known"),
        CheckConstraint("payer_rank BETWEEN 1 AND 3", name="payer_rank_known"),
        CheckConstraint(one_of("form", ClaimForm), name="form_known"),
        belongs_to("encounter"),
        belongs_to("payer"),
        belongs_to("coverage"),
        Index(None, "client_id", "payer_claim_control_number"),
    )

    encounter_id: UUID
    payer_id: UUID
    coverage_id: UUID
    payer_rank: int
    form: ClaimForm = Field(sa_type=String(20))
    control_number: str = Field(max_length=20)  # the body; a version adds two digits
    state: ClaimState = Field(default=ClaimState.DRAFT, sa_type=String(20), index=True)
    charge_total: Money = Field(sa_type=MoneyColumn)
    # What the next version will say of itself; fixed in claim_version when it leaves.
    frequency_code: FrequencyCode = Field(default=FrequencyCode.ORIGINAL, sa_type=String(1))
    original_reference: str = Field(default="", max_length=50)
    payer_claim_control_number: str = Field(default="", max_length=50)  # latest the payer gave
    file_by: date  # last day of the filing limit
    # The payer asked before was not responsible: this claim is written as a first one.
    stands_alone: bool = False
    # Of a claim that was given up before any payer judged it.
    write_off_reason: str = Field(default="", max_length=40)
    cause_party: str = Field(default="", max_length=10)


class ClaimVersion(Owned, table=True):
    """One version of a claim inside one outbound file. No version is ever sent twice."""

    __tablename__ = "claim_version"
    __table_args__ = (
        UniqueConstraint("client_id", "claim_id", "number"),
        UniqueConstraint("client_id", "control_number"),
        belongs_to("claim"),
        belongs_to("outbound_file"),
    )

    claim_id: UUID
    number: int  # from 1
    control_number: str = Field(max_length=20)  # CLM01 as sent
    frequency_code: FrequencyCode = Field(sa_type=String(1))
    outbound_file_id: UUID = Field(index=True)
    charge_total: Money = Field(sa_type=MoneyColumn)
    created_at: datetime


class ClaimLine(Owned, table=True):
    """One service on a claim: a charge as this payer is told of it."""

    __tablename__ = "claim_line"
    __table_args__ = (
        UniqueConstraint("client_id", "claim_id", "number"),
        UniqueConstraint("client_id", "claim_id", "charge_id"),
        belongs_to("claim"),
        belongs_to("charge"),
    )

    claim_id: UUID
    charge_id: UUID
    number: int  # LX01, from 1; REF*6R says it again
    procedure_code: str = Field(max_length=5)
    modifiers: str = Field(default="", max_length=11)
    units: Decimal = Field(sa_type=Numeric(10, 3))
    diagnosis_pointers: str = Field(default="", max_length=11)
    service_date: date
    revenue_code: str = Field(default="", max_length=4)
    charge: Money = Field(sa_type=MoneyColumn)


class ClaimFinding(Owned, table=True):
    """What the scrubber last said about a claim. Replaced at each scrub."""

    __tablename__ = "claim_finding"
    __table_args__ = (belongs_to("claim"),)

    claim_id: UUID = Field(index=True)
    rule_id: str = Field(max_length=60)
    severity: str = Field(max_length=10)
    field: str = Field(max_length=60)
    message: str = Field(max_length=400)
