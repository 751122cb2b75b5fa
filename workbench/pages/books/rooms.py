"""The tabs of a practice's books. Whoever builds a room of the books adds its tab here."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    """

    name: str
    label: str
    path: str
    right: Right

    def address(self, client_key: str) -> str:
        """Return the address of the room at a practice."""
        return self.path.replace(CLIENT, client_key)


ROOMS_OF_BOOKS: Final = (
    BooksRoom("trial", "Trial balance", "/books/{client}/trial", Right.SEE_BOOKS),
    BooksRoom("ageing", "Ageing", "/books/{client}/ageing", Right.SEE_BOOKS),
    BooksRoom("entries", "Entries", "/books/{client}/entries", Right.SEE_BOOKS),
    BooksRoom("deposits", "Deposits", "/books/{client}/deposits", Right.SEE_BOOKS),
    BooksRoom("posting", "Posting", "/books/{client}/posting", Right.SEE_BOOKS),
    BooksRoom("recoveries", "Taken back", "/books/{client}/recoveries", Right.SEE_BOOKS),
    BooksRoom("periods", "Periods", "/books/{client}/periods", Right.KEEP_BOOKS),
    BooksRoom("refunds", "Refunds", "/books/{client}/refunds", Right.SEE_BOOKS),
    BooksRoom("contracts", "Contracts", "/books/{client}/contracts", Right.SEE_BOOKS),
    BooksRoom("variances", "Variances", "/books/{client}/variances", Right.SEE_BOOKS),
    BooksRoom("what_if", "What if", "/books/{client}/what-if", Right.SEE_BOOKS),
    BooksRoom("prevention", "Prevention", "/books/{client}/prevention", Right.SEE_BOOKS),
)


def offered_rooms(paths: frozenset[str], rights: frozenset[Right]) -> Sequence[BooksRoom]:
    """List the tabs that a person is offered: rooms that exist, and that the person may enter."""
    return [room for room in ROOMS_OF_BOOKS if room.path in paths and room.right in rights]
