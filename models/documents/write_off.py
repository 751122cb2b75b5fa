"""What was given up of what payers refused, or never judged, and who caused it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from models.states.cause_party import CauseParty
from models.values.money import Money

AVOIDABLE: Final = frozenset({CauseParty.CLIENT, CauseParty.BPO})


@dataclass(frozen=True, slots=True)
class GivenUp:
    """An amount that was given up.

    Attributes:
        id: Of the denial, or of a claim that no payer judged.
        cause_party: Who caused it; empty where nobody said.
        claim_number: Our number of the claim.
    """

    id: UUID
    claim_id: UUID
    cause_party: str
    reason: str
    amount: Money
    at: datetime
    claim_number: str
    payer_key: str

    @property
    def is_denial(self) -> bool:
        """Whether a payer refused it; else no payer ever judged the claim."""
        return self.id != self.claim_id


@dataclass(frozen=True, slots=True)
class GivenUpKind:
    """All that was given up for one reason that one party caused."""

    cause_party: str
    reason: str
    count: int
    amount: Money

    @property
    def is_avoidable(self) -> bool:
        """Whether the practice or the billing company could have avoided it."""
        return self.cause_party in AVOIDABLE


@dataclass(frozen=True, slots=True)
class WriteOffPicture:
    """What was given up in a period: the sums by cause and reason, and what they are made of.

    Attributes:
        kinds: Largest amount first.
        rows: Latest first.
    """

    kinds: tuple[GivenUpKind, ...]
    rows: tuple[GivenUp, ...]
