"""What a practice's completed charts teach the suggestions, learned when its day is over."""

from collections.abc import Sequence

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from revcycle.connectors import clock
from revcycle.connectors.code_book import get_code_book
from revcycle.operations.coding.train_suggestions import (
    keep_learned,
    learn_lesson,
    read_lesson,
)
from revcycle.rules.suggestions.book import BookIndex
from revcycle.rules.suggestions.history import AcceptedNote
from revcycle.settings import settings
from revcycle.store.session import reading, transaction
from revcycle.store.suggestion_models import ModelFacts
from workbench.commands.practices import chosen_practices

ACTOR = "command:demo"


def learn_from_charts(config: ClientConfig) -> int:
    """Learn from the charts of one practice; return of how many notes it knows now.

    A practice without suggestions learns nothing.
    """
    if not config.coding.suggestions:
        return 0
    ((_, client_id),) = chosen_practices(config.key)
    book = get_code_book(settings().home)
    act = Act(client_id, ACTOR, clock.now(), clock.today_in(config.zone()))
    facts = learn_at_once(act, book)
    return facts.note_count if facts else 0


def learn_at_once(
    act: Act, book: BookIndex, given: Sequence[AcceptedNote] | None = None
) -> ModelFacts | None:
    """Learn from completed charts, or from the notes that are given; lock nothing meanwhile.

    Returns:
        What the practice has now; None where there is too little to learn from.
    """
    with reading(settings().database, [act.client_id]) as session:
        lesson = read_lesson(session, act.client_id, given)
    learned = learn_lesson(book, lesson, act.at)
    if learned is None:
        return lesson.known
    with transaction(settings().database, act.client_id) as session:
        return keep_learned(session, act, lesson, learned)
