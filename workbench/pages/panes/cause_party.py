"""Who caused what is given up, as a form says it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.errors import RejectedError
from models.states.cause_party import CauseParty

PARTY_WORDS: Final[Mapping[CauseParty, str]] = MappingProxyType(
    {
        CauseParty.CLIENT: "the practice",
        CauseParty.BPO: "the billing company",
        CauseParty.PAYER: "the payer",
    }
)


def read_party(text: str) -> CauseParty:
    """Read who caused it.

    Raises:
        RejectedError: nobody was chosen.
    """
    try:
        return CauseParty(text)
    except ValueError:
        msg = "say who caused it: the practice, the billing company or the payer"
        raise RejectedError(msg) from None
