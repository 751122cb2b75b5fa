"""The parts of a client file that rules of coding need, as plain values."""

from models.documents.client_config import ClientConfig
from models.documents.coding_policy import CodingPolicy
from revcycle.rules.work.needs import NeedsPolicy


def coding_policy(config: ClientConfig) -> CodingPolicy:
    """Read how grave findings are for a practice and its payers, and on which form it bills."""
    return CodingPolicy(
        weights=config.coding.severity,
        payer_weights=config.coding.payer_severity,
        form=config.practice.claim_form,
    )


def needs_policy(config: ClientConfig) -> NeedsPolicy:
    """Read what a practice asks of whoever codes its charts."""
    skills = config.coding.skills
    return NeedsPolicy(skills.specialties, skills.certification or "")
