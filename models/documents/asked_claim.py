"""A claim that we asked its payer about."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.values.money import Money


@dataclass(frozen=True, slots=True, repr=False)
class AskedClaim:
    """A question that nobody answered yet, with what an answer may repeat of its claim.

    Attributes:
        numbers: Every number under which we sent the claim.
        payer_number: What the payer called it so far; may be empty.
        member_id: Under which the payer knows the patient.
    """

    check_id: UUID
    numbers: frozenset[str]
    payer_number: str
    charge: Money
    service_date: date | None
    member_id: str = ""
