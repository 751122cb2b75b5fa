"""Our claims as somebody looks for the owner of a payment: pictures, candidates, likenesses."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from models.states.claim import ClaimState
from models.values.money import Money


@dataclass(frozen=True, slots=True)
class LinePicture:
    """One line of a claim of ours."""

    claim_line_id: UUID
    number: int
    procedure_code: str
    charge: Money
    service_date: date


@dataclass(frozen=True, slots=True, repr=False)
class ClaimPicture:
    """One of our claims, as far as a payment can be told by it. ``repr`` names nobody.

    Attributes:
        control_numbers: The claim's own number first, then those of its versions, as sent.
        payer_claim_control_number: The latest the payer gave; empty before it gave any.
        payer_name: Whom we asked.
        payer_id: The number of that payer in files.
    """

    claim_id: UUID
    patient_id: UUID | None
    control_numbers: tuple[str, ...]
    payer_claim_control_number: str
    payer_name: str
    payer_id: str
    payer_rank: int
    state: ClaimState
    last_name: str
    first_name: str
    member_id: str
    charge: Money
    lines: tuple[LinePicture, ...]

    def __repr__(self) -> str:
        """Show the id only."""
        return f"ClaimPicture({self.claim_id})"

    @property
    def service_dates(self) -> tuple[date, ...]:
        """Every day of the claim once, in order."""
        return tuple(sorted({line.service_date for line in self.lines}))


@dataclass(frozen=True, slots=True)
class MatchReason:
    """One thing that speaks for a claim, or against it.

    Attributes:
        points: How much; below zero it speaks against.
        text: Why, in words for the page; it may name a patient.
    """

    points: int
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that a payment may be about.

    Attributes:
        score: 0 to 100; it orders candidates and decides nothing.
        reasons: The strongest first; what speaks against the claim last.
    """

    claim: ClaimPicture
    score: int
    reasons: tuple[MatchReason, ...]


class LineKind(StrEnum):
    """How a line of the payer is like a line of ours."""

    SAME = "same"  # code and charge
    CHANGED_CODE = "changed_code"  # the payer judged another code in place of ours
    SPLIT = "split"  # several lines of the payer together charge what ours charges
    FAMILY = "family"  # a neighboring code at the same charge
    CHARGE = "charge"  # the same charge on the same day, under quite another code
    CODE = "code"  # the same code at another charge


@dataclass(frozen=True, slots=True)
class LineLikeness:
    """Which of our lines a line of the payer is most like, and why.

    Attributes:
        text: The reason, in words for the page.
    """

    line: LinePicture
    kind: LineKind
    text: str
