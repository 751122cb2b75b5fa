"""Contracts with payers: what they say they pay, and what a service should bring by them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from models.documents.claim import Adjustment
from models.values.money import ZERO, Money


class PriceMethod(StrEnum):
    """How a term comes to an amount. The value stands in ``contracts.csv``."""

    FEE = "fee"  # an amount of a fee schedule for each unit
    CASE_RATE = "case_rate"  # one amount for the line, whatever its units
    PER_UNIT = "per_unit"  # a rate finer than a cent for each unit, as drugs have
    PERCENT_OF_MPFS = "percent_of_mpfs"  # of Medicare's physician fee schedule
    PERCENT_OF_CHARGE = "percent_of_charge"
    CARVE_OUT = "carve_out"  # paid otherwise: nothing is expected by this contract


@dataclass(frozen=True, slots=True)
class ContractTerm:
    """One row of ``contracts.csv``. Empty texts and None narrow nothing.

    Attributes:
        line: Its line in the file, for people.
        key: Twelve hexadecimal digits of what it says; the same row has the same key for ever.
        code_low: First code of the range; the same as ``code_high`` for one code; empty for any.
        rate: Dollars for each unit, or percent, by the method; zero for a carve-out.
        multiple: Percent of the first, second, third ... procedure of a day by their value; the
            last one counts for all that follow. Empty: none is reduced.
        has_multiple_of_mpfs: The fee schedule says which codes are reduced.
        bilateral: Percent for both sides together; None: no rule.
        has_bilateral_of_mpfs: The fee schedule says which codes have two sides.
        tolerance: A difference up to it is none; so is one up to ``tolerance_percent``.
    """

    line: int
    key: str
    payer_key: str
    valid_from: date
    method: PriceMethod
    rate: Decimal = Decimal(0)
    valid_to: date | None = None
    plan: str = ""
    provider_npi: str = ""
    taxonomy: str = ""
    place_of_service: str = ""
    code_low: str = ""
    code_high: str = ""
    modifier: str = ""
    mpfs_year: int = 0
    mpfs_locality: str = ""
    multiple: tuple[Decimal, ...] = ()
    has_multiple_of_mpfs: bool = False
    bilateral: Decimal | None = None
    has_bilateral_of_mpfs: bool = False
    is_lesser_of_charge: bool = False
    tolerance: Money = ZERO
    tolerance_percent: Decimal = Decimal(0)
    note: str = ""


MpfsKey = tuple[str, str, int, str]  # code, modifier, year, locality


@dataclass(frozen=True, slots=True)
class MpfsAmount:
    """What Medicare's physician fee schedule says of a code.

    Attributes:
        multiple_indicator: ``2``: reduced as one of several procedures of a day.
        bilateral_indicator: ``1``: both sides together are 150 percent.
    """

    nonfacility: Money
    facility: Money
    multiple_indicator: str = ""
    bilateral_indicator: str = ""


@dataclass(frozen=True, slots=True)
class ContractBook:
    """All terms of a practice, and the fee schedules they name.

    Attributes:
        version: Twelve hexadecimal digits of both files; empty when the practice has none.
    """

    terms: tuple[ContractTerm, ...] = ()
    mpfs: Mapping[MpfsKey, MpfsAmount] = field(default_factory=dict)
    version: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class ContractService:
    """A line of a claim as contracts see it; no patient is in it.

    Attributes:
        group_npi: The practice's own number, which a term for the whole group names.
    """

    claim_line_id: UUID
    claim_id: UUID
    number: int
    payer_key: str
    payer_name: str
    plan: str
    rendering_npi: str
    group_npi: str
    taxonomy: str
    place_of_service: str
    service_date: date
    code: str
    modifiers: tuple[str, ...]
    units: Decimal
    charge: Money


@dataclass(frozen=True, slots=True)
class ExpectedPrice:
    """What a service should bring.

    Attributes:
        amount: The payer's and the patient's part together; None where no term says it.
        arithmetic: How it came about, in words.
    """

    claim_line_id: UUID
    amount: Money | None
    arithmetic: str
    term: ContractTerm | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a line of a claim should bring, as it is stored.

    Attributes:
        amount: None where no term says it.
        tolerance: A difference up to it is none.
        version: Of the contract files it was computed by.
    """

    claim_id: UUID
    claim_line_id: UUID
    amount: Money | None
    arithmetic: str
    tolerance: Money
    term_key: str
    version: str


@dataclass(frozen=True, slots=True)
class JudgedService:
    """One service as the payer judged it; ``claim_line_id`` is None where it is none of ours."""

    claim_line_id: UUID | None
    procedure_code: str
    charge: Money
    paid: Money
    allowed: Money | None
    adjustments: tuple[Adjustment, ...]


@dataclass(frozen=True, slots=True)
class LineDifference:
    """A line that was allowed below or above what the contract says.

    Attributes:
        claim_line_id: None where the payer judged the claim's services as others.
        reason: A word of ``rules.contracts.explain_difference``.
    """

    claim_line_id: UUID | None
    expected: Money
    allowed: Money
    reason: str
    arithmetic: str

    @property
    def shortfall(self) -> Money:
        """What is missing; below zero what is too much."""
        return self.expected - self.allowed
