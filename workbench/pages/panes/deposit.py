"""The pane of money at the bank: a deposit without remittance, or a remittance without deposit."""

from sqlmodel import Session

from models.values.access import Right
from revcycle.operations.deposits.set_aside import SET_ASIDE_REASONS
from workbench.pages.books import deposit_texts
from workbench.pages.books.deposit_picture import picture_line, picture_remittance, terms_of
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.pane import OpenedItem, Pane


def build_deposit(session: Session, opened: OpenedItem) -> Pane:
    """Show what the item is about with what may settle it; of a statement, what was refused."""
    line = opened.line
    facts: dict[str, object] = {
        "texts": deposit_texts,
        "advice": deposit_texts.ADVICE.get(line.reason, ""),
        "reasons": SET_ASIDE_REASONS,
        "what": opened.typed.get("what", ""),
        "may_post": opened.is_mine and opened.person.may(Right.POST_MONEY),
    }
    terms = terms_of(opened.practice.key)
    if line.subject_kind == "bank_line":
        facts["picture"] = picture_line(session, opened.act, line.subject_id, terms)
        return Pane("panes/deposit_line.html", facts)
    if line.subject_kind == "remittance":
        facts["picture"] = picture_remittance(session, opened.act, line.subject_id, terms)
        return Pane("panes/deposit_remittance.html", facts)
    if line.subject_kind == "client":
        return build_by_hand(session, opened)
    return Pane("panes/deposit_file.html", facts)
