"""Denials: lines adjudicated and not paid, to be worked."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlmodel import Field

from models.states.appeal import AppealState
from models.states.denial import DenialState
from models.tables.columns import MoneyColumn, belongs_to, one_of
from models.tables.owned import Owned
from models.values.money import Money

# A decision that was taken off a claim may come back to it, and deny the same again.
STANDS = text("state <> 'reversed'")


class Denial(Owned, table=True):
    """One adjustment that denies a line, or a part of it."""

    __tablename__ = "denial"
    __table_args__ = (
        Index(
            "uq_denial_standing",
            "client_id",
            "remittance_adjustment_id",
            "charge_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        CheckConstraint(one_of("state", DenialState), name="state_known"),
        belongs_to("claim"),
        belongs_to("charge"),
        belongs_to("remittance_adjustment"),
    )

    claim_id: UUID = Field(index=True)
    charge_id: UUID
    remittance_adjustment_id: UUID
    group: str = Field(max_length=2)
    reason: str = Field(max_length=5)  # CARC
    remarks: str = Field(default="", max_length=200)  # RARCs, joined by a colon
    amount: Money = Field(sa_type=MoneyColumn)
    category: str = Field(max_length=40)  # from the playbook
    first_action: str = Field(max_length=80)
    due_on: date
    state: DenialState = Field(default=DenialState.OPEN, sa_type=String(20), index=True)
    requested_by: str = Field(default="", max_length=80)  # who asked for the write-off


class Appeal(Owned, table=True):
    """One letter that asks a payer to decide a denial anew."""

    __tablename__ = "appeal"
    __table_args__ = (
        UniqueConstraint("client_id", "denial_id", "level"),
        CheckConstraint(one_of("state", AppealState), name="state_known"),
        belongs_to("denial"),
    )

    denial_id: UUID
    level: int  # from 1
    wording: str = Field(max_length=40)  # which text of templates/letters
    letter: str  # the text as it leaves; names the patient
    prepared_at: datetime
    prepared_by: str = Field(max_length=80)
    answer_by: date  # when the payer should have answered
    sent_on: date | None = None
    state: AppealState = Field(default=AppealState.PREPARED, sa_type=String(20))
