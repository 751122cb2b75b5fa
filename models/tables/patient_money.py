"""What patients pay, what is owed back, and what is given up of what they owe."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlmodel import Field

from models.states.balance_write_off import BalanceWriteOffKind, BalanceWriteOffState
from models.states.patient_payment import PatientPaymentState, PaymentMethod
from models.states.refund import CreditBalanceState, RefundPayee, RefundState
from models.tables.columns import MoneyColumn, belongs_to, one_of
from models.tables.owned import Owned
from models.values.accounts import Account
from models.values.money import Money

CREDIT_STANDS = text("state = 'open'")
WRITE_OFF_STANDS = text("state = 'requested'")
REFUND_STANDS = text("state NOT IN ('refused', 'void')")
INSTRUMENT_USED = text("instrument <> '' AND state <> 'void'")


class PatientPayment(Owned, table=True):
    """Money that a patient gave; ``ledger_entry`` says where it went."""

    __tablename__ = "patient_payment"
    __table_args__ = (
        UniqueConstraint("client_id", "form_key"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint(one_of("method", PaymentMethod), name="method_known"),
        CheckConstraint(one_of("state", PatientPaymentState), name="state_known"),
        belongs_to("patient"),
        Index(None, "client_id", "patient_id"),
    )

    patient_id: UUID
    method: PaymentMethod = Field(sa_type=String(20))
    reference: str = Field(default="", max_length=20)  # last four digits, or the check's number
    amount: Money = Field(sa_type=MoneyColumn)
    received_on: date
    taken_by: str = Field(max_length=80)
    taken_at: datetime
    form_key: str = Field(max_length=40)  # of the page that took it: one form, one payment
    returned_reason: str = Field(default="", max_length=40)
    state: PatientPaymentState = Field(default=PatientPaymentState.RECEIVED, sa_type=String(20))


class CreditBalance(Owned, table=True):
    """Money of somebody else that stands with us, from the day on which we knew of it."""

    __tablename__ = "credit_balance"
    __table_args__ = (
        Index(
            "uq_credit_balance_standing",
            "client_id",
            "subject_id",
            "account",
            unique=True,
            sqlite_where=CREDIT_STANDS,
            postgresql_where=CREDIT_STANDS,
        ),
        CheckConstraint("account IN ('PATIENT_CREDIT', 'INS_CREDIT')", name="account_known"),
        CheckConstraint(one_of("state", CreditBalanceState), name="state_known"),
        belongs_to("patient"),
    )

    subject_kind: str = Field(max_length=20)  # charge, or patient for what belongs to no charge
    subject_id: UUID
    account: Account = Field(sa_type=String(20))
    patient_id: UUID | None = None
    amount: Money = Field(sa_type=MoneyColumn)  # on the day on which it was identified
    identified_on: date  # never moved: the clock of 42 CFR 401.305 runs from here
    return_by: date
    cleared_on: date | None = None
    state: CreditBalanceState = Field(default=CreditBalanceState.OPEN, sa_type=String(20))


class Refund(Owned, table=True):
    """A credit, or a part of it, that goes back to whose it is."""

    __tablename__ = "refund"
    __table_args__ = (
        Index(
            "uq_refund_instrument",
            "client_id",
            "instrument",
            unique=True,
            sqlite_where=INSTRUMENT_USED,
            postgresql_where=INSTRUMENT_USED,
        ),
        Index(
            "uq_refund_remittance_claim",
            "client_id",
            "remittance_claim_id",
            unique=True,
            sqlite_where=REFUND_STANDS,
            postgresql_where=REFUND_STANDS,
        ),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint(
            "account IN ('PATIENT_CREDIT', 'INS_CREDIT', 'UNAPPLIED')", name="account_known"
        ),
        CheckConstraint(one_of("payee", RefundPayee), name="payee_known"),
        CheckConstraint(one_of("state", RefundState), name="state_known"),
        belongs_to("patient"),
        belongs_to("charge"),
        belongs_to("patient_payment"),
        belongs_to("remittance_claim"),
        Index(None, "client_id", "state"),
    )

    payee: RefundPayee = Field(sa_type=String(20))
    account: Account = Field(sa_type=String(20))
    receivable: str = Field(default="", max_length=20)  # what the credit came out of
    patient_id: UUID | None = None
    charge_id: UUID | None = None
    patient_payment_id: UUID | None = None
    remittance_claim_id: UUID | None = None  # what brought unapplied money; no credit is given back
    amount: Money = Field(sa_type=MoneyColumn)
    two_persons: bool  # whether a second person had to decide
    reason: str = Field(max_length=40)
    requested_by: str = Field(max_length=80)
    requested_at: datetime
    decided_by: str = Field(default="", max_length=80)
    instrument: str = Field(default="", max_length=20)  # the check's number
    paid_on: date | None = None
    cleared_on: date | None = None
    payer_reference: str = Field(default="", max_length=80)  # under which a PLB 72 names it
    acknowledged_on: date | None = None
    state: RefundState = Field(default=RefundState.REQUESTED, sa_type=String(20))


class BalanceWriteOff(Owned, table=True):
    """A request to give up all that a patient owes."""

    __tablename__ = "balance_write_off"
    __table_args__ = (
        Index(
            "uq_balance_write_off_standing",
            "client_id",
            "patient_id",
            unique=True,
            sqlite_where=WRITE_OFF_STANDS,
            postgresql_where=WRITE_OFF_STANDS,
        ),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint(one_of("kind", BalanceWriteOffKind), name="kind_known"),
        CheckConstraint(one_of("state", BalanceWriteOffState), name="state_known"),
        belongs_to("patient"),
    )

    patient_id: UUID
    kind: BalanceWriteOffKind = Field(sa_type=String(20))
    reason: str = Field(max_length=40)
    amount: Money = Field(sa_type=MoneyColumn)  # what was owed when it was asked for
    requested_by: str = Field(max_length=80)
    requested_at: datetime
    decided_by: str = Field(default="", max_length=80)
    state: BalanceWriteOffState = Field(default=BalanceWriteOffState.REQUESTED, sa_type=String(20))
