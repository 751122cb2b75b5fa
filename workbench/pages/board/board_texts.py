"""The words of the board and of the lists behind it."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from models.states.claim import ClaimState
from models.states.stage import Stage
from models.values.display import to_short_date
from revcycle.connectors.prefect_api import CYCLE
from revcycle.rules.reports.collection import matured_days, recent_first
from revcycle.store.board_lists import ItemKind
from revcycle.store.claim_firsts import FirstAnswer
from revcycle.store.collection_figures import RECENT, BookFigure
from revcycle.store.file_figures import Trouble
from revcycle.store.money_figures import Payers

ITEM_TEXTS: Final[Mapping[ItemKind, str]] = MappingProxyType(
    {
        ItemKind.OPENED: "Items opened",
        ItemKind.DONE: "Items done",
        ItemKind.IN_TIME: "Items done in time",
        ItemKind.LATE: "Items done after they were due",
        ItemKind.CANCELLED: "Items whose cause went away",
        ItemKind.WAITING: "Items that wait",
        ItemKind.OVERDUE: "Items that are overdue",
        ItemKind.HELD: "Items in somebody's hands",
        ItemKind.ASSIGNED: "Items assigned to somebody",
    }
)
PAYERS_TEXTS: Final[Mapping[Payers, str]] = MappingProxyType(
    {Payers.INSURANCE: "Payers", Payers.PATIENT: "Patients"}
)
FIRST_TEXTS: Final[Mapping[FirstAnswer, str]] = MappingProxyType(
    {
        FirstAnswer.CLEAN: "Claims that passed our edits at once",
        FirstAnswer.STOPPED: "Claims that an edit held at once",
        FirstAnswer.PAID: "Claims that were paid at the first decision",
        FirstAnswer.DENIED: "Claims that were denied at the first decision",
    }
)
BOOK_TEXTS: Final[Mapping[BookFigure, str]] = MappingProxyType(
    {
        BookFigure.CREDITS: "Credits to give back",
        BookFigure.CHARGED: "Charged",
        BookFigure.PAID: "Paid",
        BookFigure.MATURED_CHARGED: "Charged",
        BookFigure.MATURED_REDUCED: "Taken off by contract and law",
        BookFigure.MATURED_PAID: "Paid",
    }
)
TROUBLE_TEXTS: Final[Mapping[Trouble, str]] = MappingProxyType(
    {
        Trouble.QUARANTINED: "Received, in quarantine",
        Trouble.REFUSED: "Sent, refused by the partner",
        Trouble.UNCERTAIN: "Sent, arrival in doubt",
    }
)
FLOW_TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        CYCLE: "Cycle",
        **{stage: stage.title() for stage in Stage},
        "client-report": "Report",
        "suggestions": "Suggestions",
    }
)
# What the chart adds up; the table names each state. Closed claims would only ever grow.
CLAIM_GROUPS: Final[Mapping[str, tuple[ClaimState, ...]]] = MappingProxyType(
    {
        "being made": (ClaimState.DRAFT, ClaimState.READY),
        "held, or with a coder again": (ClaimState.HELD, ClaimState.RECODING),
        "with the payer": (ClaimState.SUBMITTED, ClaimState.RECEIVED, ClaimState.ACCEPTED),
        "rejected": (ClaimState.REJECTED,),
        "denied or taken back": (ClaimState.DENIED, ClaimState.REVERSED),
        "paid": (ClaimState.PAID,),
    }
)


def say_figure(figure: BookFigure, last: date) -> str:
    """Say what a list of postings is, with the days that it is about."""
    text = BOOK_TEXTS[figure]
    if figure is BookFigure.CREDITS:
        return f"{text} when {to_short_date(last)} ended"
    if figure in RECENT:
        return f"{text}, recorded {to_short_date(recent_first(last))} to {to_short_date(last)}"
    first, until = matured_days(last)
    return f"{text}, services of {to_short_date(first)} to {to_short_date(until)}"
