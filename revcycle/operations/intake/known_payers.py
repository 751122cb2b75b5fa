"""The payers of a practice as its client file names them."""

from models.documents.client_config import ClientConfig
from revcycle.rules.intake.match_payer import KnownPayer


def known_payers(config: ClientConfig) -> tuple[KnownPayer, ...]:
    """Return every payer with the other names under which files know it."""
    return tuple(
        KnownPayer(payer.key, payer.name, payer.payer_id, payer.aliases) for payer in config.payers
    )
