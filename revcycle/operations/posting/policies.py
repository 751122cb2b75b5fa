"""The parts of a client file that posting needs, as plain values."""

from dataclasses import dataclass
from typing import Final

from models.documents.client_config import ClientConfig
from models.documents.playbook import Play


@dataclass(frozen=True, slots=True)
class PostingTerms:
    """What a practice itself says about decisions of its payers.

    Attributes:
        plays: The practice's plays before the product's.
        capitated_payers: Keys of payers that pay the practice per person.
    """

    plays: tuple[Play, ...] = ()
    capitated_payers: frozenset[str] = frozenset()


NO_TERMS: Final = PostingTerms()


@dataclass(frozen=True, slots=True)
class RemittancePolicy:
    """Whose payments may be posted, and what to do about denials.

    Attributes:
        payee_npis: The practice's own NPIs.
        payee_tin: The practice's tax number.
        plays: The practice's plays before the product's.
        capitated_payers: Keys of payers that pay the practice per person.
        answered_connections: Keys of connections whose remittance files we answer with a 999.
    """

    payee_npis: frozenset[str]
    payee_tin: str
    plays: tuple[Play, ...] = ()
    capitated_payers: frozenset[str] = frozenset()
    answered_connections: frozenset[str] = frozenset()

    @property
    def terms(self) -> PostingTerms:
        """What holds for decisions, whoever posts them."""
        return PostingTerms(self.plays, self.capitated_payers)


def remittance_policy(config: ClientConfig) -> RemittancePolicy:
    """Say whose payments are ours, and what the practice itself does about denials."""
    return RemittancePolicy(
        payee_npis=frozenset({config.practice.npi}),
        payee_tin=config.practice.tin,
        plays=config.plays,
        capitated_payers=frozenset(payer.key for payer in config.payers if payer.capitated),
        answered_connections=frozenset(
            one.key for one in config.connections if one.sends_acknowledgements
        ),
    )
