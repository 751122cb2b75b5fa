"""Suggest codes for a note, each with the clause that supports it and the reason.

Nothing is assigned: a person accepts a suggestion or does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from models.values.suggestions import Source
from revcycle.rules.suggestions.book import BookIndex, NoteInBook, billable_code, read_note
from revcycle.rules.suggestions.clauses import Clause, Saying, split_clauses
from revcycle.rules.suggestions.fusion import (
    Places,
    Voices,
    Weights,
    find_places,
    fuse,
    hear,
    learn_weights,
)
from revcycle.rules.suggestions.history import (
    AcceptedNote,
    History,
    learn_history,
    remember,
    supporting_clauses,
)

SHOWN: Final = 10
NOTES_LEAST: Final = 2
_NEAR_COLUMN: Final = 5
_EXPECTED_COLUMN: Final = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """The clause that supports a code; ``start`` and ``end`` count characters of the note."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that a note may speak of. ``score`` is between 0 and 1."""

    code: str
    title: str
    score: float
    evidence: Evidence | None
    source: Source


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """All that one practice's accepted notes teach; made by ``learn``."""

    history: History
    weights: Weights | None
    places: Places


def learn(book: BookIndex, notes: Sequence[AcceptedNote]) -> Learned:
    """Learn from the notes of one practice, the latest last.

    Raises:
        ValueError: fewer than two of them have codes.
    """
    coded = [one for one in notes if one.codes and one.text.strip()]
    if len(coded) < NOTES_LEAST:
        msg = "nothing can be learned from fewer than two coded notes"
        raise ValueError(msg)
    history, without = learn_history(coded)
    places = find_places(book, history)
    latest = coded[-history.note_count :]
    voices = [
        hear(book, history, places, read_note(book, split_clauses(one.text)), without, row)
        for row, one in enumerate(latest)
    ]
    return Learned(history, learn_weights(voices, latest), places)


def suggest_codes(
    book: BookIndex, learned: Learned | None, note: str, on: date, *, limit: int = SHOWN
) -> list[Suggestion]:
    """Suggest codes that may be billed on a date, the best first.

    Args:
        book: The titles and terms.
        learned: What this practice's notes teach; None knows the book only.
        note: The text; several notes of a chart joined.
        on: The date of service.
        limit: How many at most.
    """
    clauses = split_clauses(note)
    in_book = read_note(book, clauses)
    if learned is None:
        return _from_book(book, in_book, clauses, on, limit)
    voices = _voices(book, learned, in_book, clauses)
    scores = fuse(voices, learned.weights, learned.history.note_count)
    chosen: dict[str, int] = {}
    for at in np.argsort(-scores, kind="stable"):
        code = billable_code(voices.codes[at], on)
        if code and scores[at] > 0:
            chosen.setdefault(code, int(at))
        if len(chosen) == limit:
            break
    reasons = _reasons(book, learned, voices, list(chosen.values()), in_book, clauses)
    return [
        _suggestion(book, code, float(scores[at]), reasons[at][1], reasons[at][0])
        for code, at in chosen.items()
    ]


def rank_codes(book: BookIndex, learned: Learned | None, note: str) -> list[str]:
    """Rank codes for a note whatever the date; headings that were accepted are among them."""
    clauses = split_clauses(note)
    in_book = read_note(book, clauses)
    if learned is None:
        return [book.codes[at] for at in _order_of_book(in_book)]
    voices = _voices(book, learned, in_book, clauses)
    scores = fuse(voices, learned.weights, learned.history.note_count)
    return [voices.codes[at] for at in np.argsort(-scores, kind="stable")]


def _voices(
    book: BookIndex, learned: Learned, in_book: NoteInBook, clauses: Sequence[Clause]
) -> Voices:
    remembered = remember(learned.history, clauses)
    return hear(book, learned.history, learned.places, in_book, remembered)


def _order_of_book(in_book: NoteInBook) -> np.ndarray[Any, Any]:
    """Order the codes that a clause speaks of: the whole name first, of equals the rarest words."""
    spoken_of = np.flatnonzero(in_book.clause >= 0)
    order = np.lexsort((-in_book.strength[spoken_of], -in_book.covered[spoken_of]))
    ranked: np.ndarray[Any, Any] = spoken_of[order]
    return ranked


def _from_book(
    book: BookIndex, in_book: NoteInBook, clauses: Sequence[Clause], on: date, limit: int
) -> list[Suggestion]:
    found: dict[str, Suggestion] = {}
    for at in _order_of_book(in_book):
        code = billable_code(book.codes[at], on)
        if code and code not in found:
            score = float(in_book.covered[at])
            clause = clauses[in_book.clause[at]]
            found[code] = _suggestion(book, code, score, clause, Source.BOOK)
        if len(found) == limit:
            break
    return list(found.values())


def _reasons(
    book: BookIndex,
    learned: Learned,
    voices: Voices,
    chosen: Sequence[int],
    in_book: NoteInBook,
    clauses: Sequence[Clause],
) -> dict[int, tuple[Source, Clause | None]]:
    """Say who speaks for each code: the book where a clause has most of a name, else the past."""
    found: dict[int, tuple[Source, Clause | None]] = {}
    for at in chosen:
        place = book.place_of(voices.codes[at])
        if place is not None and in_book.clause[place] >= 0:
            found[at] = (Source.BOOK, clauses[in_book.clause[place]])
    said = [one for one in clauses if one.saying is not Saying.NEGATED]
    others = [at for at in chosen if at not in found]
    best = supporting_clauses(learned.history, said, [voices.codes[at] for at in others])
    for at in others:
        is_expected = voices.features[at, _EXPECTED_COLUMN] * 2 >= _share_of_near(voices, at)
        clause = said[best[voices.codes[at]]] if voices.codes[at] in best else None
        found[at] = (Source.HISTORY if is_expected else Source.NEIGHBOUR, clause)
    return found


def _share_of_near(voices: Voices, at: int) -> float:
    """Say how near the neighbours are that have the code, as a share of the nearest code's."""
    near: np.ndarray[Any, Any] = voices.features[:, _NEAR_COLUMN]
    return float(near[at] / near.max()) if near.max() > 0 else 0.0


def _suggestion(
    book: BookIndex, code: str, score: float, clause: Clause | None, source: Source
) -> Suggestion:
    evidence = None if clause is None else Evidence(clause.start, clause.end, clause.text)
    return Suggestion(code, book.title_of(code), score, evidence, source)
