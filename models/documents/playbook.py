"""The playbook of denials: which adjustment calls for which work."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.values.money import Money


@dataclass(frozen=True, slots=True)
class Play:
    """What to do first about one kind of denial. An empty set fits anything.

    Attributes:
        id: Stable name.
        due_days: Calendar days until the first action is due.
    """

    id: str
    category: str
    first_action: str
    due_days: int
    groups: frozenset[str] = frozenset()
    carcs: frozenset[str] = frozenset()
    rarcs: frozenset[str] = frozenset()
    payer_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewDenial:
    """One denied charge, or a part of it, with the play found for it."""

    claim_id: UUID
    charge_id: UUID
    remittance_adjustment_id: UUID
    group: str
    reason: str
    remarks: tuple[str, ...]
    amount: Money
    play: Play
    due_on: date
