"""What the menu offers: only rooms that exist, and only to those who may enter them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models.values.access import Right


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the menu.

    Attributes:
        name: What a page says as ``here`` so that its entry is marked.
        right: Who sees the entry.
        is_elsewhere: Whether it leads to another program's pages.
    """

    name: str
    label: str
    address: str
    right: Right
    is_elsewhere: bool = False


ROOMS_OF_MENU: Final = (
    MenuEntry("queues", "Queues", "/", Right.SEE_WORK),
    MenuEntry("search", "Search", "/search", Right.SEE_PATIENTS),
    MenuEntry("clocks", "Clocks", "/clocks", Right.SEE_WORK),
    MenuEntry("board", "Board", "/board", Right.SEE_BOARD),
    MenuEntry("people", "People", "/people", Right.SEE_BOARD),
    MenuEntry("own_figures", "My figures", "/people/me", Right.TAKE_WORK),
    MenuEntry("books", "Books", "/books", Right.SEE_BOOKS),
    MenuEntry("coding_audits", "Coding audits", "/coding/audits", Right.AUDIT_CODES),
    MenuEntry("reference", "Reference data", "/reference", Right.SEE_REFERENCE),
    MenuEntry("audit", "Audit trail", "/audit", Right.SEE_AUDIT),
    MenuEntry("portal", "Portal", "/portal", Right.SEE_REPORTS),
    MenuEntry("reviews", "Reviews", "/emergency/reviews", Right.REVIEW_BREAK_GLASS),
    MenuEntry("mails", "Mails", "/mails", Right.SEE_MAILS),
)


def build_menu(
    paths: frozenset[str], rights: frozenset[Right], *, has_mails: bool, prefect_url: str
) -> Sequence[MenuEntry]:
    """List what a person is offered.

    Args:
        paths: The routes of the application; an entry without one is a dead link, so left out.
        rights: What the person may.
        has_mails: Whether a mail catcher keeps mails here.
        prefect_url: The address of Prefect's own pages; empty when nobody told us.
    """
    rooms = [one for one in ROOMS_OF_MENU if one.address in paths and one.right in rights]
    if not has_mails:
        rooms = [one for one in rooms if one.name != "mails"]
    if prefect_url and Right.SEE_BOARD in rights:
        rooms.append(
            MenuEntry("flows", "Flow runs", prefect_url, Right.SEE_BOARD, is_elsewhere=True)
        )
    return rooms
