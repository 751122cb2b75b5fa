"""The books of a practice: append-only double entry.

Database triggers refuse UPDATE and DELETE on both tables (see the migrations).
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
    )

    kind: str = Field(max_length=40)  # charge, remittance_line, reversal, write_off ...
    source_key: str = Field(max_length=160)  # what it books; a second booking is refused
    effective_date: date
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
