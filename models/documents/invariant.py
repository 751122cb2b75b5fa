"""What a check of the books or the records found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InvariantResult:
    """One promise of the product, counted.

    Attributes:
        id: The name of the invariant, such as ``I-S1``.
        description: What must hold, in one sentence.
        checked: How many records were looked at.
        violations: Ids, never people, of the records that break it.
    """

    id: str
    description: str
    checked: int
    violations: tuple[str, ...]
