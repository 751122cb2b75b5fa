"""Payments of patients, credits and refunds, as rules and pages know them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models.states.balance_write_off import BalanceWriteOffKind, BalanceWriteOffState
from models.states.patient_payment import PatientPaymentState, PaymentMethod
from models.states.refund import RefundPayee, RefundState
from models.values.accounts import Account
from models.values.money import Money


@dataclass(frozen=True, slots=True)
class PaymentForm:
    """What somebody wrote down about money that a patient gave.

    Attributes:
        reference: The last four digits of a card, or the number of a check.
        form_key: Made with the page; the same key again is the same payment.
        encounter_id: What it pays; None pays the oldest charges first.
    """

    method: PaymentMethod
    amount: Money
    received_on: date
    form_key: str
    reference: str = ""
    encounter_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PaymentPicture:
    """One payment as lists show it."""

    id: UUID
    patient_id: UUID
    method: PaymentMethod
    reference: str
    amount: Money
    received_on: date
    taken_by: str
    state: PatientPaymentState
    returned_reason: str


@dataclass(frozen=True, slots=True)
class StandingCredit:
    """Money of somebody else in one account, about one charge or about none.

    Attributes:
        receivable: What it came out of; of a patient's credit always the patient's receivable.
        since: The last day on which it moved.
    """

    account: Account
    patient_id: UUID | None
    charge_id: UUID | None
    receivable: Account
    amount: Money
    since: date

    @property
    def subject(self) -> tuple[str, UUID | None]:
        """What the credit is about: its charge, or the patient where there is none."""
        if self.charge_id is not None:
            return "charge", self.charge_id
        return "patient", self.patient_id


@dataclass(frozen=True, slots=True)
class CreditClock:
    """Since when a credit is known, and by when it must be back."""

    id: UUID
    account: Account
    subject_kind: str
    subject_id: UUID
    amount: Money
    identified_on: date
    return_by: date


@dataclass(frozen=True, slots=True)
class RefundPolicy:
    """What the client file says about refunds."""

    limit: Money
    return_days: int


@dataclass(frozen=True, slots=True)
class RefundPicture:
    """One refund as lists show it."""

    id: UUID
    payee: RefundPayee
    account: Account
    patient_id: UUID | None
    charge_id: UUID | None
    amount: Money
    reason: str
    state: RefundState
    two_persons: bool
    requested_by: str
    requested_at: datetime
    decided_by: str
    instrument: str
    paid_on: date | None
    cleared_on: date | None
    payer_reference: str
    acknowledged_on: date | None


@dataclass(frozen=True, slots=True)
class BalanceWriteOffPicture:
    """A request to give up what a patient owes."""

    id: UUID
    patient_id: UUID
    kind: BalanceWriteOffKind
    reason: str
    amount: Money
    requested_by: str
    state: BalanceWriteOffState


@dataclass(frozen=True, slots=True)
class SmallBalancePolicy:
    """From a day on, which balances of patients are given up without a person."""

    since: date
    up_to: Money
    after_days: int
