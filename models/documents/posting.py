"""Claims as remittances find them: what posting must know of our side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from models.documents.remittance import RemittanceClaim
from models.values.money import Money

TraceKey = tuple[str, str]  # TRN03 and TRN02: what identifies a payment
Service = tuple[str, date | None, Money]  # code, day and charge of one line


@dataclass(frozen=True, slots=True)
class PaymentContent:
    """What a payment says, as far as two of one trace number are compared.

    Attributes:
        claims: Our number, status, charge and payment of each claim, sorted.
    """

    amount: Money
    claims: tuple[tuple[str, str, Money, Money], ...]


class PostingOutcome(StrEnum):
    """What became of one claim of a remittance."""

    DECIDED = "decided"  # booked as the payer's decision
    REVERSED = "reversed"  # took an earlier decision back
    UNAPPLIED = "unapplied"  # its money waits for a person
    NOTED = "noted"  # no decision of ours: forwarded elsewhere or a prediction


@dataclass(frozen=True, slots=True)
class PostableLine:
    """One of our claim lines."""

    claim_line_id: UUID
    charge_id: UUID
    number: int  # REF*6R says it again
    procedure_code: str
    charge: Money
    service_date: date | None = None
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostableClaim:
    """One of our claims.

    Attributes:
        payer_key: The payer's name in the client file.
        asked_rank: As which payer the claim itself asks. One that stands alone asks as a first
            one, whatever its place in the books.
        later_payers: The places of the payers that come after this one, by payer id: of coverages
            that are valid on the date of service.
    """

    claim_id: UUID
    patient_id: UUID | None
    payer_rank: int
    payer_key: str
    lines: tuple[PostableLine, ...]
    asked_rank: int
    later_payers: Mapping[str, int] = field(default_factory=dict)

    def rank_after(self, rank: int) -> int | None:
        """Return the place of the payer who comes after one; None when the patient is next."""
        return min((later for later in self.later_payers.values() if later > rank), default=None)


@dataclass(frozen=True, slots=True, repr=False)
class MatchedClaim:
    """One claim of a remittance beside the claim of ours it is about.

    Attributes:
        remittance_claim_id: The id under which the payer's claim is stored.
        ordinal: Its place in the remittance, from 1.
        decision: What the payer said.
        claim: Ours, or None while nobody knows whose it is.
        lines: Ours for each of the payer's lines; None where none, or more than one, fits.
        adjustment_ids: The id of each adjustment by line ordinal (0: claim level) and its own.
        rank: As which payer it was decided: first, second or third.
        merged: Ours by the place of a payer's line, from 1, that stands for several of them.
    """

    remittance_claim_id: UUID
    ordinal: int
    decision: RemittanceClaim
    claim: PostableClaim | None
    lines: tuple[PostableLine | None, ...]
    adjustment_ids: Mapping[tuple[int, int], UUID]
    rank: int = 1
    merged: Mapping[int, tuple[PostableLine, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EarlierDecision:
    """A remittance claim posted before, of a claim of ours, that still stands."""

    remittance_claim_id: UUID
    remittance_id: UUID
    ordinal: int
    claim_id: UUID
    status: str
    charge: Money
    paid: Money
    payer_claim_control_number: str
    outcome: PostingOutcome
    rank: int

    @property
    def source_prefix(self) -> str:
        """How the keys of its ledger entries begin."""
        return f"remit:{self.remittance_id}:{self.ordinal}:"


@dataclass(frozen=True, slots=True)
class PendingReversal:
    """A reversal that came before the decision it takes back, and waits for it.

    Attributes:
        paid_on: The day of the payment that carries it.
    """

    remittance_claim_id: UUID
    remittance_id: UUID
    ordinal: int
    claim_id: UUID
    charge: Money
    paid: Money
    paid_on: date


@dataclass(frozen=True, slots=True)
class UnownedDecision:
    """What a payer said of a claim that is none of ours, or takes back of one, and still stands.

    Attributes:
        number: The claim number that the payer repeats; nobody here knows it.
        paid_on: The day of the payment that carries it.
    """

    remittance_claim_id: UUID
    remittance_id: UUID
    ordinal: int
    number: str
    is_reversal: bool
    charge: Money
    paid: Money
    paid_on: date


@dataclass(frozen=True, slots=True)
class PaidCharge:
    """What a payer paid for one charge, less what it took back already."""

    charge_id: UUID
    paid: Money
