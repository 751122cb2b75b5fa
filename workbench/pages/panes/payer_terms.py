"""What a practice's client file says of asking a payer again."""

from dataclasses import dataclass

from models.documents.client_config import PayerSection
from models.documents.party import Organization
from workbench.pages.client_files import find_client_file
from workbench.pages.practices import Practice


@dataclass(frozen=True, slots=True)
class PayerTerms:
    """How a payer is asked again.

    Attributes:
        accepts_replacement: Whether a corrected claim replaces the one before (frequency 7).
        corrected_limit_days: From the decision; None where the client file does not say.
        appeal_limit_days: The same for an appeal.
    """

    accepts_replacement: bool
    corrected_limit_days: int | None = None
    appeal_limit_days: int | None = None


def payer_terms(practice: Practice, payer_key: str) -> PayerTerms:
    """Read the terms of one payer; where nobody wrote them down, limits are not known."""
    config = find_client_file(practice.key)
    payers = config.payers if config else ()
    found = next((payer for payer in payers if payer.key == payer_key), None)
    if found is None:
        return PayerTerms(bool(PayerSection.model_fields["accepts_replacement"].default))
    return PayerTerms(
        found.accepts_replacement, found.corrected_claim_limit_days, found.appeal_limit_days
    )


def letterhead_of(practice: Practice) -> Organization:
    """Name the practice as its letters do."""
    config = find_client_file(practice.key)
    return config.practice.to_document() if config else Organization(practice.name)
