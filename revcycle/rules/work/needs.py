"""What a chart asks of whoever codes it, and who lacks it.

A need is written as ``<specialty> <certification>``, either of them or both: ``cardiology``,
``CPC``, ``cardiology CPC``. Specialties are in small letters, certifications in capitals, so that
one is never taken for the other. An empty need is anybody's.

Source:
    The client file: ``[queues.coding] specialties`` and ``certification``.
"""

from dataclasses import dataclass
from typing import Final

MINE: Final = "mine"  # in an address: what I can do. No skill is called so


@dataclass(frozen=True, slots=True)
class NeedsPolicy:
    """What a practice asks of whoever codes its charts.

    Attributes:
        by_specialty: Whether a chart goes to coders of its provider's specialty only.
        certification: What every coder of these charts must hold; empty: nothing.
    """

    by_specialty: bool = False
    certification: str = ""


ASKS_NOTHING: Final = NeedsPolicy()


def write_needs(specialty: str, policy: NeedsPolicy) -> str:
    """Write what a chart of this specialty needs; a chart of none can be anybody's."""
    parts = (specialty if policy.by_specialty else "", policy.certification)
    return " ".join(part for part in parts if part)


def to_need_words(needs: str) -> str:
    """Write a need as people read it: ``cardiology, CPC``."""
    return ", ".join(part.replace("_", " ") for part in needs.split())
