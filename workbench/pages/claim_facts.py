"""What every claim says of a practice, as far as this machine knows it."""

from models.documents.party import Organization
from models.documents.practice import PracticeFacts
from revcycle.operations.submission.policies import practice_facts
from workbench.pages.client_files import find_client_file
from workbench.pages.practices import Practice


def claim_facts_of(practice: Practice) -> PracticeFacts:
    """Read what claims say of a practice; without a client file only its name is known."""
    config = find_client_file(practice.key)
    return practice_facts(config) if config else PracticeFacts(Organization(practice.name))
