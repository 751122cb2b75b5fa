"""A practice as those who work for it know it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PracticeName:
    """A practice that a person may see.

    Attributes:
        key: The name of its folder, which stands in addresses.
        time_zone: Whose days its books go by.
    """

    id: UUID
    key: str
    name: str
    time_zone: str
