"""What a practice's completed charts teach the suggestions, learned when its day is over."""

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from revcycle.connectors import clock
from revcycle.connectors.code_book import get_code_book
from revcycle.operations.coding.train_suggestions import list_accepted_notes, train_suggestions
from revcycle.settings import settings
from revcycle.store.session import transaction
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
    with transaction(settings().database, client_id) as session:
        facts = train_suggestions(session, act, book, list_accepted_notes(session, client_id))
    return facts.note_count if facts else 0
