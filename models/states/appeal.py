"""The life of an appeal: a letter that asks a payer to decide anew."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class AppealState(StrEnum):
    """Where an appeal stands."""

    PREPARED = "prepared"
    SENT = "sent"
    WON = "won"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


class AppealEvent(StrEnum):
    """What can happen to an appeal."""

    SEND = "send"
    WIN = "win"
    LOSE = "lose"
    WITHDRAW = "withdraw"


TERMINAL_APPEAL_STATES: Final = frozenset(
    {AppealState.WON, AppealState.LOST, AppealState.WITHDRAWN}
)

APPEAL_TRANSITIONS: Final[Mapping[tuple[AppealState, AppealEvent], AppealState]] = MappingProxyType(
    {
        (AppealState.PREPARED, AppealEvent.SEND): AppealState.SENT,
        (AppealState.PREPARED, AppealEvent.WITHDRAW): AppealState.WITHDRAWN,
        (AppealState.SENT, AppealEvent.WIN): AppealState.WON,
        (AppealState.SENT, AppealEvent.LOSE): AppealState.LOST,
        (AppealState.SENT, AppealEvent.WITHDRAW): AppealState.WITHDRAWN,
    }
)
