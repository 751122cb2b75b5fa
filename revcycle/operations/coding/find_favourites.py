"""Find codes that are at hand: with a star first, then those that the practice uses most."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.billing_code import BillingCodeDocument
from models.values.billing_codes import (
    SYSTEMS_OF_KIND,
    CodeKind,
    CodeSystem,
    to_code_beginning,
    to_search_words,
)
from revcycle.operations.coding.find_codes import FOUND_MAX
from revcycle.store import billing_codes, favourite_codes

LEARNED_FROM: Final = timedelta(days=365)


def find_starred(
    session: Session,
    client_id: UUID,
    person: str,
    systems: Collection[CodeSystem],
    typed: str,
    on: date,
) -> list[BillingCodeDocument]:
    """Find codes with a star that fit what is typed; nothing typed fits all.

    A code fits by how it begins, or when each word typed begins a word of its title.
    """
    stars = favourite_codes.list_favourites(session, client_id, person)
    wanted = list(dict.fromkeys(one.code for one in stars))
    return [one for one in _in_order(session, systems, wanted, on).values() if _fits(one, typed)]


def find_most_used(
    session: Session, client_id: UUID, kinds: Collection[CodeKind], on: date
) -> list[BillingCodeDocument]:
    """Find the codes that a practice used on most encounters in the year up to a day."""
    found: list[BillingCodeDocument] = []
    for kind in kinds:
        used = favourite_codes.list_most_used(
            session, client_id, kind, on - LEARNED_FROM, FOUND_MAX
        )
        found += _in_order(session, SYSTEMS_OF_KIND[kind], used, on).values()
    return found


def _in_order(
    session: Session, systems: Collection[CodeSystem], wanted: Sequence[str], on: date
) -> Mapping[str, BillingCodeDocument]:
    """Load codes once each, in the order wanted; of several periods the one that holds the day."""
    loaded: dict[str, BillingCodeDocument] = {}
    for one in billing_codes.list_by_codes(session, systems, wanted):
        known = loaded.get(one.code)
        if known is None or (one.may_be_billed(on) and not known.may_be_billed(on)):
            loaded[one.code] = one
    return {code: loaded[code] for code in wanted if code in loaded}


def _fits(code: BillingCodeDocument, typed: str) -> bool:
    beginning = to_code_beginning(typed)
    if beginning and code.code.startswith(beginning):
        return True
    words = to_search_words(code.title)
    return all(any(word.startswith(asked) for word in words) for asked in to_search_words(typed))
