"""Amounts, counts and numbers of a remittance by the names of the trade; the values are codes."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from models.values.money import Money


class RemittanceAmountKind(StrEnum):
    """What an amount beside those of the balance is (AMT01)."""

    TAX = "T"
    BEFORE_TAXES = "T2"
    FEDERAL_MANDATE_1 = "ZK"
    FEDERAL_MANDATE_2 = "ZL"
    FEDERAL_MANDATE_3 = "ZM"
    FEDERAL_MANDATE_4 = "ZN"
    FEDERAL_MANDATE_5 = "ZO"
    # of claims only
    COVERAGE = "AU"
    DISCOUNT = "D8"
    PER_DAY_LIMIT = "DY"
    PATIENT_PAID = "F5"
    INTEREST = "I"
    NEGATIVE_BALANCE = "NL"
    # of lines only
    ALLOWED = "B6"  # the first stands in a field of its own
    LATE_FILING_REDUCTION = "KH"


class RemittanceQuantityKind(StrEnum):
    """What is counted (QTY01)."""

    FEDERAL_MANDATE_1 = "ZK"
    FEDERAL_MANDATE_2 = "ZL"
    FEDERAL_MANDATE_3 = "ZM"
    FEDERAL_MANDATE_4 = "ZN"
    FEDERAL_MANDATE_5 = "ZO"
    # of claims only
    COVERED_DAYS = "CA"
    COINSURED_DAYS = "CD"
    LIFETIME_RESERVE_DAYS = "LA"
    LIFETIME_RESERVE_ESTIMATED = "LE"
    NONCOVERED_ESTIMATED = "NE"
    BLOOD_NOT_REPLACED = "NR"
    OUTLIER_DAYS = "OU"
    PRESCRIPTIONS = "PS"
    VISITS = "VS"


class RemittanceReferenceKind(StrEnum):
    """What a number of a claim or a line is (REF01), where it is no number of a provider."""

    GROUP_POLICY = "1L"
    MEMBER = "1W"
    EMPLOYEE = "28"
    GROUP = "6P"
    REPRICED_CLAIM = "9A"
    ADJUSTED_REPRICED_CLAIM = "9C"
    AUTHORIZATION = "BB"
    CONTRACT_CLASS = "CE"
    MEDICAL_RECORD = "EA"
    ORIGINAL_CLAIM = "F8"
    PRIOR_AUTHORIZATION = "G1"
    PREDETERMINATION = "G3"
    POLICY = "IG"
    SOCIAL_SECURITY = "SY"
    # of lines only
    AMBULATORY_PATIENT_GROUP = "1S"
    AMBULATORY_PAYMENT_CLASS = "APC"
    ATTACHMENT = "E9"
    LOCATION = "LU"
    RATE_CODE = "RB"


@dataclass(frozen=True, slots=True)
class RemittanceAmount:
    """One amount that takes no part in a balance (AMT)."""

    kind: RemittanceAmountKind
    amount: Money


@dataclass(frozen=True, slots=True)
class RemittanceQuantity:
    """One count (QTY)."""

    kind: RemittanceQuantityKind
    quantity: Decimal
