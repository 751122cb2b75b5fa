"""What a practice says of itself on every claim."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.documents.party import Organization


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """The part of a client file that claims repeat.

    Attributes:
        billing_provider: Name, NPI, tax id, taxonomy, address and contact of the practice.
        place_of_service: For encounters that name none.
        bill_type: Four digits, of which the last is replaced by the frequency code.
        filing_indicators: Payer keys to SBR09; CI where a payer is not named.
    """

    billing_provider: Organization
    place_of_service: str = "11"
    bill_type: str = "0131"
    filing_indicators: Mapping[str, str] = field(default_factory=dict)
