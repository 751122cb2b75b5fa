"""What the levels above a claim say of it."""

from dataclasses import dataclass
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


class Level:
    """One HL: from where to where, what it says beyond the frame, and whether it has a claim."""

    __slots__ = ("code", "end", "extra", "has_claim", "kept", "start")

    def __init__(self, start: int, code: str) -> None:
        self.start = start
        self.code = code  # HL03; a level belongs to those before it with a lower one
        self.end = start
        self.has_claim = False
        self.extra: dict[str, Any] = {}
        self.kept: list[KeptSegment] = []


@dataclass(slots=True, repr=False)
class Frame:
    """Everything that holds for the claims that come next."""

    created_on: date  # BHT04: where nothing else dates a service
    billing_provider: Organization = NO_ORGANIZATION
    payer: ClaimPayer = NO_PAYER
    subscriber: Subscriber = NO_SUBSCRIBER
    patient: Person = NOBODY
    levels: tuple[Level, ...] = ()  # billing, policy and, where there is one, patient
    supplement: ClaimSupplement = NO_SUPPLEMENT
    kept: tuple[KeptSegment, ...] = ()

    def settle(self) -> None:
        """Gather what the levels say, once for all claims below them."""
        self.supplement, self.kept = NO_SUPPLEMENT, ()
        for level in self.levels:
            if level.kept:
                self.kept = (*self.kept, *level.kept)
            if level.extra:
                self.supplement = ClaimSupplement(**frozen(self.extra()))

    def extra(self) -> dict[str, Any]:
        """Say what the levels add to a claim's supplement."""
        return {name: value for level in self.levels for name, value in level.extra.items()}

    def mark(self) -> None:
        """Note that the levels have a claim."""
        for level in self.levels:
            level.has_claim = True
