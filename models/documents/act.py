"""Who acts for which practice, and when."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Act:
    """What every operation is told by its caller, so that none of them reads a clock.

    Attributes:
        client_id: The practice. Nothing of another practice is read or changed.
        actor: A login, or the name of a program such as ``flow:submission``; never a patient.
        at: The instant, in UTC.
        today: The practice's day.
    """

    client_id: UUID
    actor: str
    at: datetime
    today: date
