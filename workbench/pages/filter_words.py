"""The words that lists can be narrowed to, remembered for a moment."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.states.work_item import Queue
from revcycle.store.work_lists import FilterWords, list_filter_words

KEPT_FOR: Final = timedelta(minutes=2)
KEPT_MAX: Final = 1_000


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What one process remembers of reasons, payers and needs, by practices and queue.

    To find them is two thirds of what a page of a list asks of the database, and they hardly
    change. Items and counts are never remembered, nor which reasons a filter means.
    """

    _kept: dict[tuple[frozenset[UUID], Queue], tuple[datetime, FilterWords]] = field(
        default_factory=dict
    )

    def recall(
        self, session: Session, client_ids: Collection[UUID], queue: Queue, at: datetime
    ) -> FilterWords:
        """Return words that are at most ``KEPT_FOR`` old, for the lists to choose from."""
        found = self._kept.get((frozenset(client_ids), queue))
        if found is not None and timedelta(0) <= at - found[0] < KEPT_FOR:
            return found[1]
        if len(self._kept) >= KEPT_MAX:
            self._kept.clear()
        words = list_filter_words(session, client_ids, queue)
        self._kept[frozenset(client_ids), queue] = (at, words)
        return words
