"""The tabs of a practice's books. Whoever builds a room of the books adds its tab here.

The rooms stand in a few groups, so that the bar of tabs fits a telephone: one line of groups, and
below it the rooms of the group one is in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from models.values.access import Right

CLIENT: Final = "{client}"


@dataclass(frozen=True, slots=True)
class BooksRoom:
    """One tab.

    Attributes:
        name: What a page says as ``room`` so that its tab is marked.
        path: Its route, with the practice's key as ``{client}``.
        right: Who sees the tab.
        group: The word above the rooms that belong together.
    """

    name: str
    label: str
    path: str
    right: Right
    group: str

    def address(self, client_key: str) -> str:
        """Return the address of the room at a practice."""
        return self.path.replace(CLIENT, client_key)


@dataclass(frozen=True, slots=True)
class RoomGroup:
    """Rooms that belong together; a group of one room is called as the room is."""

    label: str
    rooms: Sequence[BooksRoom]

    def holds(self, name: str) -> bool:
        """Tell whether the room of this name is one of these."""
        return any(room.name == name for room in self.rooms)


LEDGER: Final = "Ledger"
MONEY_IN: Final = "Money in"
CONTRACTS: Final = "Contracts"
MONEY_OUT: Final = "Money out"
# The rooms of a group stand together, in the order in which they are shown.
ROOMS_OF_BOOKS: Final = (
    BooksRoom("trial", "Trial balance", "/books/{client}/trial", Right.SEE_BOOKS, LEDGER),
    BooksRoom("ageing", "Ageing", "/books/{client}/ageing", Right.SEE_BOOKS, LEDGER),
    BooksRoom("entries", "Entries", "/books/{client}/entries", Right.SEE_BOOKS, LEDGER),
    BooksRoom("periods", "Months", "/books/{client}/periods", Right.KEEP_BOOKS, LEDGER),
    BooksRoom("posting", "Posting", "/books/{client}/posting", Right.SEE_BOOKS, MONEY_IN),
    BooksRoom("deposits", "Deposits", "/books/{client}/deposits", Right.SEE_BOOKS, MONEY_IN),
    BooksRoom("recoveries", "Taken back", "/books/{client}/recoveries", Right.SEE_BOOKS, MONEY_IN),
    BooksRoom("eob", "Paper remittance", "/books/{client}/eob/new", Right.POST_MONEY, MONEY_IN),
    BooksRoom("contracts", "Terms", "/books/{client}/contracts", Right.SEE_BOOKS, CONTRACTS),
    BooksRoom("variances", "Variances", "/books/{client}/variances", Right.SEE_BOOKS, CONTRACTS),
    BooksRoom("what_if", "What if", "/books/{client}/what-if", Right.SEE_BOOKS, CONTRACTS),
    BooksRoom("refunds", "Refunds", "/books/{client}/refunds", Right.SEE_BOOKS, MONEY_OUT),
    BooksRoom("write_offs", "Write-offs", "/books/{client}/write-offs", Right.SEE_BOOKS, MONEY_OUT),
    BooksRoom(
        "prevention", "Prevention", "/books/{client}/prevention", Right.SEE_BOOKS, "Prevention"
    ),
)


def offered_rooms(paths: frozenset[str], rights: frozenset[Right]) -> Sequence[BooksRoom]:
    """List the tabs that a person is offered: rooms that exist, and that the person may enter."""
    return [room for room in ROOMS_OF_BOOKS if room.path in paths and room.right in rights]


def group_rooms(rooms: Sequence[BooksRoom]) -> Sequence[RoomGroup]:
    """Put the rooms into their groups, in the order in which they stand."""
    return [RoomGroup(label, list(some)) for label, some in groupby(rooms, lambda one: one.group)]
