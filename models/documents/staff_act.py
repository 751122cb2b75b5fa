"""Who acts on people and sign-ins, and when: no practice is concerned."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StaffAct:
    """What operations on people are told by their caller, so that none of them reads a clock.

    Attributes:
        actor: A login, or ``command:staff``; empty while nobody has signed in yet.
        at: The instant, in UTC.
        address: From which machine; empty for a command.
    """

    actor: str
    at: datetime
    address: str = ""
