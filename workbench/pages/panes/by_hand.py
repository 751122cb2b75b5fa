"""The pane of work that is done elsewhere: say what was done, and the item is finished."""

from sqlmodel import Session

from workbench.pages.panes.pane import OpenedItem, Pane


def build_by_hand(_session: Session, opened: OpenedItem) -> Pane:
    """Show the form that finishes an item with a note."""
    return Pane("panes/by_hand.html", {"what": opened.typed.get("what", "")})
