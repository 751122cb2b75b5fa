"""Suggested codes, step by step: the book of names, and what a practice's charts teach."""

from datetime import date

from revcycle.connectors.code_book import get_code_book
from revcycle.operations.coding.train_suggestions import (
    keep_learned,
    learn_lesson,
    read_lesson,
)
from revcycle.settings import settings
from revcycle.store.session import reading
from tasks.runtime import act_of, client_id_of, client_transaction, config_of, step


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
    """Learn from completed charts; return from how many notes the practice's model learned.

    Nothing is locked while it learns; a model that somebody kept meanwhile stays.
    """
    if not config_of(client_key).coding.suggestions:
        return 0
    book = get_code_book(settings().home)
    act = act_of(client_key, "suggestions", today)
    with reading(settings().database, [client_id_of(client_key)]) as session:
        lesson = read_lesson(session, act.client_id)
    facts, learned = lesson.known, learn_lesson(book, lesson, act.at)
    if learned:
        with client_transaction(client_key) as session:
            facts = keep_learned(session, act, lesson, learned)
    return facts.note_count if facts else 0
