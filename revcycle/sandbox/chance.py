"""Chance that can be repeated: the same seed and claim always draw the same lots."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

LOT_BYTES: Final = 8
LOTS: Final = 2 ** (8 * LOT_BYTES)


@dataclass(frozen=True, slots=True)
class Chance:
    """The lots of one claim. Each question draws its own, so that no answer moves another."""

    seed: int
    key: str  # CLM01

    def happens(self, question: str, rate: Decimal) -> bool:
        """Tell whether something that happens at ``rate`` (0 to 1) happens here."""
        return self._lot(question) < int(rate * LOTS)

    def pick(self, question: str, weights: Sequence[int]) -> int:
        """Draw one place of ``weights``, each as often as its weight says."""
        ticket = self._lot(question) * sum(weights) // LOTS
        for place, weight in enumerate(weights):
            if ticket < weight:
                return place
            ticket -= weight
        msg = "there is nothing to draw from"
        raise ValueError(msg)

    def _lot(self, question: str) -> int:
        text = f"{self.seed}\x1f{self.key}\x1f{question}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:LOT_BYTES])
