"""Audits of coding: samples, the charts in them, and every code that two people decided."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlmodel import Field

from models.states.audited_case import AuditedCaseState
from models.tables.columns import belongs_to, one_of
from models.tables.owned import Owned
from models.values.coding_audit import CodePart, CodeVerdict, Gravity, SampleMethod


class AuditSample(Owned, table=True):
    """Charts of one coder, of some days, chosen in one way."""

    __tablename__ = "audit_sample"
    __table_args__ = (
        UniqueConstraint("client_id", "coder", "first_day", "last_day", "method"),
        CheckConstraint(one_of("method", SampleMethod), name="method_known"),
    )

    coder: str = Field(max_length=80)
    first_day: date
    last_day: date
    method: SampleMethod = Field(sa_type=String(20))
    seed: str = Field(max_length=80)  # with the population it says which charts are drawn
    population: int  # charts that could be drawn
    drawn_at: datetime
    drawn_by: str = Field(max_length=80)


class AuditedCase(Owned, table=True):
    """One chart in an audit, with both codings as they were made."""

    __tablename__ = "audited_case"
    __table_args__ = (
        UniqueConstraint("client_id", "completion_id"),
        CheckConstraint(one_of("state", AuditedCaseState), name="state_known"),
        Index(None, "client_id", "coder", "coded_on"),
        Index(None, "client_id", "encounter_id"),
        belongs_to("audit_sample"),
        belongs_to("encounter"),
    )

    audit_sample_id: UUID
    encounter_id: UUID
    completion_id: UUID  # the state change by which the coder finished the chart
    coder: str = Field(max_length=80)
    coded_at: datetime
    coded_on: date  # the practice's day
    service_date: date
    coder_coding: str  # JSON, as it stood when the chart was drawn
    sampled_at: datetime
    state: AuditedCaseState = Field(sa_type=String(20))
    auditor: str = Field(default="", max_length=80)
    auditor_coding: str = Field(default="")  # JSON
    audited_at: datetime | None = None
    is_blind: bool = True  # False: the auditor had opened the chart's record before
    decided_by: str = Field(default="", max_length=80)
    decided_at: datetime | None = None
    education: str = Field(default="", max_length=2000)  # what the coder learns from it
    education_seen_at: datetime | None = None


class AuditedCode(Owned, table=True):
    """One thing that both coded, or one of them, and who was right."""

    __tablename__ = "audited_code"
    __table_args__ = (
        UniqueConstraint("client_id", "audited_case_id", "number"),
        CheckConstraint(one_of("part", CodePart), name="part_known"),
        CheckConstraint(one_of("weight", Gravity), name="weight_known"),
        CheckConstraint(one_of("verdict", CodeVerdict), name="verdict_known"),
        belongs_to("audited_case"),
    )

    audited_case_id: UUID
    number: int  # from 1, in the order of the chart
    part: CodePart = Field(sa_type=String(20))
    coder_code: str = Field(default="", max_length=20)
    auditor_code: str = Field(default="", max_length=20)
    right_code: str = Field(default="", max_length=20)
    weight: Gravity = Field(sa_type=String(10))
    verdict: CodeVerdict = Field(sa_type=String(10))
