"""Encounters with what was sent of them and what was coded."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, String, UniqueConstraint
from sqlmodel import Field

from models.states.eligibility import EligibilityVerdict
from models.states.encounter import EncounterState
from models.tables.columns import MoneyColumn, belongs_to, one_of
from models.tables.owned import Owned
from models.values.money import Money


class Encounter(Owned, table=True):
    """One meeting of patient and provider on one date."""

    __tablename__ = "encounter"
    __table_args__ = (
        UniqueConstraint("client_id", "source_key"),
        CheckConstraint(one_of("state", EncounterState), name="state_known"),
        CheckConstraint(
            f"verdict IS NULL OR {one_of('verdict', EligibilityVerdict)}", name="verdict_known"
        ),
        belongs_to("patient"),
        belongs_to("provider", "rendering_provider_id"),
        belongs_to("inbound_file"),
    )

    source_key: str = Field(max_length=120)  # the practice's own number
    inbound_file_id: UUID
    patient_id: UUID | None = Field(default=None, index=True)  # None while a match is in doubt
    rendering_provider_id: UUID | None = None
    service_date: date | None = None
    service_end_date: date | None = None
    place_of_service: str = Field(default="", max_length=2)
    prior_authorization: str = Field(default="", max_length=50)
    state: EncounterState = Field(sa_type=String(20), index=True)
    verdict: EligibilityVerdict | None = Field(default=None, sa_type=String(20))
    verdict_reason: str = Field(default="", max_length=80)  # coded, no free text


class ClinicalNote(Owned, table=True):
    """The text a coder reads."""

    __tablename__ = "clinical_note"
    __table_args__ = (belongs_to("encounter"),)

    encounter_id: UUID = Field(index=True)
    ordinal: int
    text: str
    written_on: date | None = None
    author: str = Field(default="", max_length=120)
    is_signed: bool = True


class SourceCodeRow(Owned, table=True):
    """A code as the practice sent it; SNOMED and others we cannot bill with are kept here."""

    __tablename__ = "source_code"
    __table_args__ = (belongs_to("encounter"),)

    encounter_id: UUID = Field(index=True)
    kind: str = Field(max_length=10)  # diagnosis, procedure
    ordinal: int
    system: str = Field(max_length=20)
    code: str = Field(max_length=40)
    text: str = Field(default="", max_length=500)


class Diagnosis(Owned, table=True):
    """One coded diagnosis; the first is the principal one."""

    __tablename__ = "diagnosis"
    __table_args__ = (
        UniqueConstraint("client_id", "encounter_id", "ordinal"),
        Index(None, "client_id", "code"),
        belongs_to("encounter"),
    )

    encounter_id: UUID
    ordinal: int  # from 1; charges point at it
    code: str = Field(max_length=7)  # ICD-10-CM without the dot


class Charge(Owned, table=True):
    """One service of an encounter, before any claim."""

    __tablename__ = "charge"
    __table_args__ = (
        UniqueConstraint("client_id", "encounter_id", "ordinal"),
        CheckConstraint("units > 0", name="units_positive"),
        Index(None, "client_id", "procedure_code"),
        belongs_to("encounter"),
    )

    encounter_id: UUID
    ordinal: int  # from 1
    procedure_code: str = Field(max_length=5)
    modifiers: str = Field(default="", max_length=11)  # up to four, joined by a colon
    units: Decimal = Field(default=Decimal(1), sa_type=Numeric(10, 3))
    diagnosis_pointers: str = Field(default="", max_length=11)  # ordinals, joined by a colon
    service_date: date
    revenue_code: str = Field(default="", max_length=4)
    amount: Money | None = Field(default=None, sa_type=MoneyColumn)  # None until priced
    # The chart does not say it any more; the row stays, because the books speak of it.
    is_withdrawn: bool = False
