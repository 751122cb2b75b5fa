"""Find codes by what somebody types into a field."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import partial
from typing import Final

from sqlmodel import Session

from models.documents.billing_code import BillingCodeDocument
from models.values.billing_codes import CodeSystem, to_code_beginning, to_search_words
from revcycle.store.billing_codes import list_by_beginning, list_by_words

DOT: Final = "."
FOUND_MAX: Final = 20  # what an eye takes in; more letters find less
Way = Callable[..., list[BillingCodeDocument]]


def find_codes(
    session: Session, systems: Collection[CodeSystem], typed: str, on: date
) -> list[BillingCodeDocument]:
    """Find codes by how they begin, or by words of their titles, each by its beginning.

    First what may be billed on the date, then what may not; of each, first what the text begins
    and then what the words name. The same text always finds the same, in the same order. A code
    stands once, with its latest period where it has several.

    Args:
        session: The database.
        systems: Of which lists.
        typed: As typed; nothing finds nothing.
        on: The date of service.
    """
    found: dict[str, BillingCodeDocument] = {}
    for way in _ways(session, systems, typed, on):
        # Some of them may have been found already, and then they take no room.
        for code in way(limit=FOUND_MAX):
            if len(found) < FOUND_MAX:
                found.setdefault(code.code, code)
        if len(found) == FOUND_MAX:
            break
    return list(found.values())


def _ways(session: Session, systems: Collection[CodeSystem], typed: str, on: date) -> Iterator[Way]:
    beginning = to_code_beginning(typed)
    is_code = bool(beginning) and DOT in typed  # a dot stands in codes, not in words
    words = [] if is_code else to_search_words(typed)
    for is_valid in (True, False):
        if beginning:
            yield partial(list_by_beginning, session, systems, beginning, on, is_valid=is_valid)
        if words:
            yield partial(list_by_words, session, systems, words, on, is_valid=is_valid)
