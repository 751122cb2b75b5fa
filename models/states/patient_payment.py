"""The life of a patient's payment."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class PaymentMethod(StrEnum):
    """How a patient paid."""

    CASH = "cash"
    CARD = "card"
    CHECK = "check"


class PatientPaymentState(StrEnum):
    """Where a patient's payment stands."""

    RECEIVED = "received"
    RETURNED = "returned"  # the bank or the card's holder took it back
    REFUNDED = "refunded"  # all of it went back to the patient


class PatientPaymentEvent(StrEnum):
    """What can happen to a patient's payment."""

    RETURN = "return"
    REFUND = "refund"
    VOID_REFUND = "void_refund"


TERMINAL_PATIENT_PAYMENT_STATES: Final = frozenset({PatientPaymentState.RETURNED})

PATIENT_PAYMENT_TRANSITIONS: Final[
    Mapping[tuple[PatientPaymentState, PatientPaymentEvent], PatientPaymentState]
] = MappingProxyType(
    {
        (
            PatientPaymentState.RECEIVED,
            PatientPaymentEvent.RETURN,
        ): PatientPaymentState.RETURNED,
        (
            PatientPaymentState.RECEIVED,
            PatientPaymentEvent.REFUND,
        ): PatientPaymentState.REFUNDED,
        (
            PatientPaymentState.REFUNDED,
            PatientPaymentEvent.VOID_REFUND,
        ): PatientPaymentState.RECEIVED,
    }
)
