"""The books of a practice: append-only double entry.

Database triggers refuse UPDATE and DELETE on all of these tables, and INSERT of what would count
in a closed month (see the migrations).
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlmodel import Field

from models.tables.columns import MoneyColumn, belongs_to, one_of
from models.tables.owned import Owned
from models.values.accounts import Account
from models.values.money import Money


class LedgerEntry(Owned, table=True):
    """One event in the books. Its postings sum to zero; it is never changed, only reversed."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("client_id", "source_key"),
        UniqueConstraint("client_id", "reverses_id"),
        belongs_to("ledger_entry", "reverses_id"),
        Index("ix_ledger_entry_client_id_posted_at", "client_id", "posted_at"),
        Index("ix_ledger_entry_client_id_period", "client_id", "period"),
    )

    kind: str = Field(max_length=40)  # charge, remittance_line, reversal, write_off ...
    source_key: str = Field(max_length=160)  # what it books; a second booking is refused
    effective_date: date
    # First day of the month in which it counts: its own, or the earliest open one after closing.
    period: date
    posted_at: datetime
    actor: str = Field(max_length=80)
    reverses_id: UUID | None = None


class Posting(Owned, table=True):
    """One line of an entry: a debit is positive, a credit negative, zero does not exist."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        CheckConstraint(one_of("account", Account), name="account_known"),
        belongs_to("ledger_entry"),
        belongs_to("patient"),
        belongs_to("charge"),
        belongs_to("claim"),
        belongs_to("remittance"),
        Index(None, "client_id", "charge_id", "account"),
        Index(None, "client_id", "account", "patient_id"),
        Index(None, "client_id", "remittance_id"),
    )

    ledger_entry_id: UUID = Field(index=True)
    account: Account = Field(sa_type=String(20))
    amount: Money = Field(sa_type=MoneyColumn)
    patient_id: UUID | None = None
    charge_id: UUID | None = None
    claim_id: UUID | None = None
    remittance_id: UUID | None = None
    group: str = Field(default="", max_length=2)
    reason: str = Field(default="", max_length=5)  # CARC or PLB reason
    reference: str = Field(default="", max_length=80)  # sub-ledger: payer and PLB reference


class AccountingPeriod(Owned, table=True):
    """A month of the books that was closed. Nothing counts in it any more; it never reopens."""

    __tablename__ = "accounting_period"
    __table_args__ = (UniqueConstraint("client_id", "month"),)

    month: date  # its first day
    closed_at: datetime
    closed_by: str = Field(max_length=80)


class PeriodTotal(Owned, table=True):
    """What one account held when a month was closed: a figure that verify computes again.

    It copies accounts of postings, whose own CHECK says which there are.
    """

    __tablename__ = "period_total"
    __table_args__ = (
        UniqueConstraint("client_id", "accounting_period_id", "account"),
        belongs_to("accounting_period"),
    )

    accounting_period_id: UUID
    account: Account = Field(sa_type=String(20))
    movement: Money = Field(sa_type=MoneyColumn)  # of entries that count in the month
    balance: Money = Field(sa_type=MoneyColumn)  # of these and all earlier ones
