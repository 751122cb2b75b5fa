"""What the levels above a claim say of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.documents.claim import ClaimPayer, Subscriber
from models.documents.claim_codes import KeptSegment
from models.documents.claim_supplements import NO_SUPPLEMENT, ClaimSupplement
from models.documents.party import Organization, Person
from revcycle.formats.x12.claims.reading_state import frozen

NOBODY = Person("", "")
NO_ORGANIZATION = Organization("")
NO_PAYER = ClaimPayer("", "", "", "", id_qualifier="")
NO_SUBSCRIBER = Subscriber(NOBODY, "", id_qualifier="")


@dataclass(slots=True, repr=False)
class Level:
    """One HL: from where to where, what it says beyond the frame, and whether it has a claim."""

    start: int = 0
    end: int = 0
    has_claim: bool = False
    extra: dict[str, Any] = field(default_factory=dict)
    kept: list[KeptSegment] = field(default_factory=list)


@dataclass(slots=True, repr=False)
class Frame:
    """Everything that holds for the claims that come next."""

    created_on: date  # BHT04: where nothing else dates a service
    billing_provider: Organization = NO_ORGANIZATION
    payer: ClaimPayer = NO_PAYER
    subscriber: Subscriber = NO_SUBSCRIBER
    patient: Person = NOBODY
    billing: Level = field(default_factory=Level)
    policy: Level = field(default_factory=Level)
    dependent: Level = field(default_factory=Level)
    supplement: ClaimSupplement = NO_SUPPLEMENT
    kept: tuple[KeptSegment, ...] = ()

    def settle(self) -> None:
        """Gather what the levels say, once for all claims below them."""
        above, policy, dependent = self.billing, self.policy, self.dependent
        self.kept = (*above.kept, *policy.kept, *dependent.kept)
        self.supplement = NO_SUPPLEMENT
        if above.extra or policy.extra or dependent.extra:
            self.supplement = ClaimSupplement(**frozen(self.extra()))

    def extra(self) -> dict[str, Any]:
        """Say what the levels add to a claim's supplement."""
        return {**self.billing.extra, **self.policy.extra, **self.dependent.extra}

    def mark(self) -> None:
        """Note that the levels have a claim."""
        self.billing.has_claim = self.policy.has_claim = self.dependent.has_claim = True
