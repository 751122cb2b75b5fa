"""Suggested codes, step by step: the book of names, and what a practice's charts teach."""

from datetime import date

from revcycle.connectors.code_book import get_code_book
from revcycle.operations.coding.train_suggestions import list_accepted_notes, train_suggestions
from revcycle.settings import settings
from tasks.runtime import act_of, client_transaction, config_of, step


@step("make-code-book")
def make_code_book_task(client_key: str) -> int:
    """Make the book if this machine has none of the lists in use; return how many codes it names.

    A practice without suggestions needs none: zero.
    """
    if not config_of(client_key).coding.suggestions:
        return 0
    return len(get_code_book(settings().home).codes)


@step("train-suggestions")
def train_suggestions_task(client_key: str, today: date) -> int:
    """Learn from completed charts; return from how many notes the practice's model learned."""
    if not config_of(client_key).coding.suggestions:
        return 0
    book = get_code_book(settings().home)
    with client_transaction(client_key) as session:
        act = act_of(client_key, "suggestions", today)
        notes = list_accepted_notes(session, act.client_id)
        facts = train_suggestions(session, act, book, notes)
    return facts.note_count if facts else 0
