"""Money at the bank: lines of its statements, and the remittances that explain them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlmodel import Field

from models.documents.deposit import BankLineKind, DepositWay
from models.states.bank_line import BankLineState
from models.tables.columns import MoneyColumn, belongs_to, one_of
from models.tables.owned import Owned
from models.values.money import Money

IS_STANDING = text("undone_at IS NULL")


class BankLine(Owned, table=True):
    """One line of a bank statement. The same line of two exports is one row."""

    __tablename__ = "bank_line"
    __table_args__ = (
        UniqueConstraint("client_id", "inbound_file_id", "ordinal"),
        UniqueConstraint("client_id", "natural_key"),
        CheckConstraint(one_of("state", BankLineState), name="state_known"),
        CheckConstraint(one_of("kind", BankLineKind), name="kind_known"),
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        belongs_to("inbound_file"),
        belongs_to("bank_line", "counterpart_id"),
        Index(None, "client_id", "state", "posted_on", "id"),
        Index(None, "client_id", "trace_number"),
    )

    inbound_file_id: UUID
    ordinal: int  # which line of the file, from 1
    natural_key: str = Field(max_length=64)  # account, day, amount, number, and which of equals
    account: str = Field(max_length=4)  # the last four digits; the whole number stands nowhere
    posted_on: date
    amount: Money = Field(sa_type=MoneyColumn)  # negative where money left the account
    kind: BankLineKind = Field(sa_type=String(20))
    type_code: str = Field(default="", max_length=40)
    trace_number: str = Field(default="", max_length=50)  # TRN02 of the payer's addenda
    payer_trace_id: str = Field(default="", max_length=50)  # TRN03
    check_number: str = Field(default="", max_length=50)
    reference: str = Field(default="", max_length=80)
    text: str = Field(default="", max_length=300)  # for the page; may hold PHI
    state: BankLineState = Field(default=BankLineState.UNMATCHED, sa_type=String(20))
    reason: str = Field(default="", max_length=60)  # why set aside
    booking: int = 1  # how often it was booked by itself: each time has an entry of its own
    counterpart_id: UUID | None = None  # the line that took this deposit back, and the reverse


class DepositMatch(Owned, table=True):
    """So much of a bank line is the payment of this remittance."""

    __tablename__ = "deposit_match"
    __table_args__ = (
        Index(
            "uq_deposit_match_standing",
            "client_id",
            "bank_line_id",
            "remittance_id",
            unique=True,
            sqlite_where=IS_STANDING,
            postgresql_where=IS_STANDING,
        ),
        CheckConstraint(one_of("way", DepositWay), name="way_known"),
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        belongs_to("bank_line"),
        belongs_to("remittance"),
        Index(None, "client_id", "remittance_id"),
    )

    bank_line_id: UUID
    remittance_id: UUID
    amount: Money = Field(sa_type=MoneyColumn)
    way: DepositWay = Field(sa_type=String(20))
    matched_at: datetime
    matched_by: str = Field(max_length=80)
    undone_at: datetime | None = None
    undone_by: str = Field(default="", max_length=80)
