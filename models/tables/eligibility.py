"""Insurance questions and their answers."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Numeric, String, UniqueConstraint
from sqlmodel import Field

from models.states.eligibility import EligibilityState, EligibilityVerdict
from models.tables.columns import MoneyColumn, belongs_to, one_of
from models.tables.owned import Owned
from models.values.money import Money


class EligibilityCheck(Owned, table=True):
    """One question about one coverage on one date of service; asked once for all encounters."""

    __tablename__ = "eligibility_check"
    __table_args__ = (
        UniqueConstraint("client_id", "coverage_id", "service_date"),
        UniqueConstraint("client_id", "trace_number"),
        CheckConstraint(one_of("state", EligibilityState), name="state_known"),
        CheckConstraint(
            f"verdict IS NULL OR {one_of('verdict', EligibilityVerdict)}", name="verdict_known"
        ),
        belongs_to("coverage"),
        belongs_to("outbound_file"),
        belongs_to("inbound_file"),
    )

    coverage_id: UUID
    service_date: date
    trace_number: str = Field(max_length=30)  # TRN02
    state: EligibilityState = Field(default=EligibilityState.OPEN, sa_type=String(20), index=True)
    verdict: EligibilityVerdict | None = Field(default=None, sa_type=String(20))
    reason: str = Field(default="", max_length=80)  # AAA03 or EB01, coded
    copay: Money | None = Field(default=None, sa_type=MoneyColumn)
    deductible_remaining: Money | None = Field(default=None, sa_type=MoneyColumn)
    visits_remaining: Decimal | None = Field(default=None, sa_type=Numeric(10, 2))
    other_payer: str = Field(default="", max_length=80)
    outbound_file_id: UUID | None = None
    inbound_file_id: UUID | None = None
    answered_at: datetime | None = None
