"""What a practice's client file says of asking a payer again."""

from models.documents.denial import DenialTerms
from models.documents.party import Organization
from models.documents.playbook import Play
from revcycle.operations.denials.policies import denial_terms, plays_of
from workbench.pages.client_files import find_client_file
from workbench.pages.practices import Practice


def payer_terms(practice: Practice, payer_key: str) -> DenialTerms:
    """Read the terms of one payer; where nobody wrote them down, limits are not known."""
    return denial_terms(find_client_file(practice.key), payer_key)


def playbook_of(practice: Practice) -> tuple[Play, ...]:
    """Read the practice's playbook: its own plays, then the product's."""
    return plays_of(find_client_file(practice.key))


def letterhead_of(practice: Practice) -> Organization:
    """Name the practice as its letters do."""
    config = find_client_file(practice.key)
    return config.practice.to_document() if config else Organization(practice.name)
