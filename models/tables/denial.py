"""Denials: lines adjudicated and not paid, to be worked."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlmodel import Field

from models.states.appeal import AppealState
from models.states.cause_party import CauseParty
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
        CheckConstraint(
            f"cause_party = '' OR {one_of('cause_party', CauseParty)}", name="cause_party_known"
        ),
        belongs_to("claim"),
        belongs_to("claim", "rebilled_claim_id"),
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
    play_id: str = Field(default="", max_length=60)  # the play of the playbook that fitted
    write_off_reason: str = Field(default="", max_length=40)
    cause_party: str = Field(default="", max_length=10)  # of a write-off; empty: not said
    rebilled_claim_id: UUID | None = None  # the claim to another payer that answers it
    # As the last ranking found them; what they are made of is shown with them.
    chance_permille: int | None = None  # of recovery
    expected_value: Money | None = Field(default=None, sa_type=MoneyColumn)
    ranked_priority: int | None = None  # what the ranking set, to tell it from a person's choice


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
    level_name: str = Field(default="", max_length=60)  # as the payer calls it
    is_reconsideration: bool = False  # asked before the first appeal, and counts as none
    send_by: date | None = None  # the last day of the level's limit
    acknowledged_on: date | None = None  # when the payer said that it has the letter
    payer_reference: str = Field(default="", max_length=60)  # the payer's number of the appeal
    decided_on: date | None = None
    state: AppealState = Field(default=AppealState.PREPARED, sa_type=String(20))


class RecordsRequest(Owned, table=True):
    """What a payer asked for before it decides a denial, and what was sent."""

    __tablename__ = "records_request"
    __table_args__ = (
        UniqueConstraint("client_id", "denial_id", "number"),
        belongs_to("denial"),
    )

    denial_id: UUID
    number: int  # from 1; a payer may ask more than once
    asked: str = Field(max_length=400)  # in words; may hold PHI
    asked_on: date
    send_by: date
    noted_by: str = Field(max_length=80)
    sent_on: date | None = None
    way: str = Field(default="", max_length=20)
    answer_by: date | None = None
    attachment_ids: str = Field(default="", max_length=400)  # joined by a blank
