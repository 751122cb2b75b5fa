"""Patients, their numbers at the practice, their guarantors and coverages."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Computed, Index, String, UniqueConstraint
from sqlmodel import Field

from models.tables.columns import belongs_to
from models.tables.owned import Owned


class Patient(Owned, table=True):
    """Who was treated, and who owes what insurance does not pay."""

    __tablename__ = "patient"
    __table_args__ = (
        Index(None, "client_id", "birth_date"),
        Index(None, "client_id", "last_name_small"),
        Index(None, "client_id", "first_name_small"),
        Index(None, "client_id", "account_number"),
    )

    account_number: str = Field(max_length=20)  # ours, shown on statements
    last_name: str = Field(max_length=60)
    first_name: str = Field(max_length=35)
    middle_name: str = Field(default="", max_length=25)
    suffix: str = Field(default="", max_length=10)
    birth_date: date | None = None
    sex: str = Field(default="", max_length=1)
    line1: str = Field(default="", max_length=55)
    line2: str = Field(default="", max_length=55)
    city: str = Field(default="", max_length=30)
    state: str = Field(default="", max_length=2)
    zip_code: str = Field(default="", max_length=15)
    phone: str = Field(default="", max_length=20)
    email: str = Field(default="", max_length=254)
    # The guarantor: empty names mean the patient.
    guarantor_last_name: str = Field(default="", max_length=60)
    guarantor_first_name: str = Field(default="", max_length=35)
    guarantor_email: str = Field(default="", max_length=254)
    guarantor_line1: str = Field(default="", max_length=55)
    guarantor_city: str = Field(default="", max_length=30)
    guarantor_state: str = Field(default="", max_length=2)
    guarantor_zip_code: str = Field(default="", max_length=15)
    statements_stopped: str = Field(default="", max_length=40)  # the reason; empty: none
    # The database keeps them: a name is searched by its beginning, whatever its capitals.
    last_name_small: str | None = Field(
        default=None, sa_column=Column(String(60), Computed("lower(last_name)"))
    )
    first_name_small: str | None = Field(
        default=None, sa_column=Column(String(35), Computed("lower(first_name)"))
    )


class PatientIdentifier(Owned, table=True):
    """A number by which the practice knows the patient."""

    __tablename__ = "patient_identifier"
    __table_args__ = (
        UniqueConstraint("client_id", "system", "value"),
        Index(None, "client_id", "value"),
        belongs_to("patient"),
    )

    patient_id: UUID = Field(index=True)
    system: str = Field(max_length=200)
    value: str = Field(max_length=80)


class Coverage(Owned, table=True):
    """A patient's right to one payer's benefits, in order and with dates."""

    __tablename__ = "coverage"
    __table_args__ = (
        UniqueConstraint("client_id", "patient_id", "payer_id", "member_id"),
        Index("ix_coverage_client_id_member_id", "client_id", "member_id"),
        CheckConstraint("rank BETWEEN 1 AND 3", name="rank_known"),
        belongs_to("patient"),
        belongs_to("payer"),
    )

    patient_id: UUID = Field(index=True)
    payer_id: UUID
    rank: int
    member_id: str = Field(max_length=80)
    group_number: str = Field(default="", max_length=50)
    plan_name: str = Field(default="", max_length=60)
    relationship: str = Field(default="18", max_length=2)
    # The subscriber: empty names mean the patient.
    subscriber_last_name: str = Field(default="", max_length=60)
    subscriber_first_name: str = Field(default="", max_length=35)
    subscriber_birth_date: date | None = None
    subscriber_sex: str = Field(default="", max_length=1)
    subscriber_line1: str = Field(default="", max_length=55)
    subscriber_city: str = Field(default="", max_length=30)
    subscriber_state: str = Field(default="", max_length=2)
    subscriber_zip_code: str = Field(default="", max_length=15)
    valid_from: date | None = None
    valid_to: date | None = None


class PatientJoin(Owned, table=True):
    """An account that turned out to be another's patient; what is booked under it stays there.

    Everything else moved to the account that goes on. Reading the books follows this row.
    """

    __tablename__ = "patient_join"
    __table_args__ = (
        UniqueConstraint("client_id", "duplicate_id"),
        Index(None, "client_id", "kept_id"),
        belongs_to("patient", "duplicate_id"),
        belongs_to("patient", "kept_id"),
    )

    duplicate_id: UUID
    kept_id: UUID  # never a duplicate itself: joining this one too moves it on
    joined_at: datetime
    joined_by: str = Field(max_length=80)
