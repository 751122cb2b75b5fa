"""What a practice's own coders have made of notes like this one.

A ridge regression in its dual form (one column a code, one row a note) over the pieces of words of
the notes, and the nearest of those notes. Both are exact and closed: a thousand notes take a second
or two. What each note would have got had it not been among them follows from the same solution, and
is what ``fusion`` learns its weights from; so no weight ever saw the note it is judged on.

Source:
    Ridge regression and its leave-one-out residuals: Hastie, Tibshirani and Friedman, The Elements
    of Statistical Learning (2009), section 7.10.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix, diags

from models.values.billing_codes import CATEGORY_LENGTH
from revcycle.rules.suggestions.clauses import Clause, Saying, split_clauses
from revcycle.rules.suggestions.counting import Matrix, count_words, learn_vocabulary, rarity
from revcycle.rules.suggestions.words import list_words, to_grams

NOTES_MAX: Final = 2_500  # the latest; the solution takes the cube of it
NEIGHBOURS: Final = 20
RIDGE: Final = 0.1
NOTES_OF_A_PIECE: Final = 2  # a piece of one note only says which note it is
HISTORY_MARK: Final = "past:"  # "history of asthma" is not asthma

Vector = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class AcceptedNote:
    """A note and the diagnoses that a coder gave it, without dots."""

    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """What was learned from accepted notes; made by ``learn_history``.

    Attributes:
        codes: Every code that was accepted, in order; the columns of ``accepted``.
        categories: Their first three characters, in order.
        vocabulary: Pieces of words to columns of ``notes``.
        rarities: Of each piece.
        notes: A row of length 1 for each note.
        accepted: Which codes each note has; ``times`` how often each was.
        category_shares: How many of the notes have each category, from 0 to 1.
        solution: Of the regression, one column a code; ``category_solution`` one a category.
    """

    codes: tuple[str, ...]
    categories: tuple[str, ...]
    vocabulary: Mapping[str, int]
    rarities: Vector
    notes: Matrix
    accepted: Matrix
    times: Vector
    category_shares: Vector
    solution: Vector
    category_solution: Vector

    @property
    def note_count(self) -> int:
        """Count the notes it was learned from."""
        return int(self.notes.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Remembered:
    """What the history says of notes: one row a note, one column a code or category of it."""

    expected: Vector
    by_category: Vector
    by_neighbours: Vector
    times_accepted: Vector


def learn_history(notes: Sequence[AcceptedNote]) -> tuple[History, Remembered]:
    """Learn from accepted notes, of which there are at least two.

    Returns:
        The history, and what it would have said of each of these notes without that note.
    """
    latest = notes[-NOTES_MAX:]
    pieces = [note_pieces(split_clauses(one.text)) for one in latest]
    vocabulary = learn_vocabulary(pieces, least=NOTES_OF_A_PIECE)
    counts = count_words(pieces, vocabulary)
    rarities = rarity(counts)
    rows = _unit_rows(counts, rarities)
    codes, accepted = _indicators([set(one.codes) for one in latest])
    categories, in_category = _indicators([{c[:CATEGORY_LENGTH] for c in n.codes} for n in latest])
    alike = (rows @ rows.T).toarray()
    inverse = np.linalg.inv(alike + RIDGE * np.eye(len(latest)))
    solution, expected = _solve(inverse, accepted)
    category_solution, by_category = _solve(inverse, in_category)
    np.fill_diagonal(alike, -1.0)
    without = Remembered(
        expected, by_category, _nearest(alike) @ accepted, accepted.sum(axis=0) - accepted
    )
    history = History(
        codes,
        categories,
        vocabulary,
        rarities,
        rows,
        csr_matrix(accepted.astype(np.float32)),
        accepted.sum(axis=0),
        in_category.mean(axis=0),
        solution.astype(np.float32),
        category_solution.astype(np.float32),
    )
    return history, without


def remember(history: History, clauses: Sequence[Clause]) -> Remembered:
    """Say what the history expects of one note."""
    row = _unit_rows(count_words([note_pieces(clauses)], history.vocabulary), history.rarities)
    alike = (row @ history.notes.T).toarray()
    return Remembered(
        alike @ history.solution + history.times / history.note_count,
        alike @ history.category_solution + history.category_shares,
        np.asarray(_nearest(alike) @ history.accepted),
        history.times[np.newaxis, :],
    )


def supporting_clauses(
    history: History, clauses: Sequence[Clause], codes: Sequence[str]
) -> dict[str, int]:
    """Find for each code the clause that speaks most for it; without one it is left out."""
    if not clauses or not codes:
        return {}
    pieces = [note_pieces([one]) for one in clauses]
    weighed = _weighed(count_words(pieces, history.vocabulary), history.rarities)
    places = {code: at for at, code in enumerate(history.codes)}
    columns = history.solution[:, [places[code] for code in codes]]
    votes = (weighed @ history.notes.T) @ columns
    best = votes.argmax(axis=0)
    return {code: int(best[at]) for at, code in enumerate(codes) if votes[best[at], at] > 0}


def note_pieces(clauses: Iterable[Clause]) -> list[str]:
    """List the pieces of words of what a note says is there; what is past or denied is not."""
    found = []
    for one in clauses:
        if one.saying is not Saying.NEGATED:
            mark = "" if one.saying is Saying.PRESENT else HISTORY_MARK
            found += [mark + piece for piece in to_grams(list_words(one.text))]
    return found


def _indicators(labels: Sequence[set[str]]) -> tuple[tuple[str, ...], Vector]:
    known = tuple(sorted(set().union(*labels)))
    places = {one: at for at, one in enumerate(known)}
    found = np.zeros((len(labels), len(known)))
    for row, chosen in enumerate(labels):
        found[row, [places[one] for one in chosen]] = 1
    return known, found


def _solve(inverse: Vector, accepted: Vector) -> tuple[Vector, Vector]:
    """Solve, and say what each note would have got without itself."""
    count = len(accepted)
    solution = inverse @ (accepted - accepted.mean(axis=0))
    left_out = accepted - accepted.mean(axis=0) - solution / np.diag(inverse)[:, np.newaxis]
    others = (accepted.sum(axis=0) - accepted) / (count - 1)
    return solution, left_out + others


def _nearest(alike: Vector) -> Vector:
    """Keep the likeness of the nearest notes, and nothing of the others."""
    count = min(NEIGHBOURS, alike.shape[1])
    least = np.partition(alike, -count, axis=1)[:, -count]
    near: Vector = np.where(alike >= np.maximum(least, 0)[:, np.newaxis], alike, 0)
    return near


def _weighed(counts: Matrix, rarities: Vector) -> Matrix:
    found = counts.copy()
    found.data = 1 + np.log(np.maximum(found.data, 1))
    return found @ diags(rarities)


def _unit_rows(counts: Matrix, rarities: Vector) -> Matrix:
    found = _weighed(counts, rarities)
    lengths = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    return (diags(1 / np.maximum(lengths, 1e-9)) @ found).tocsr().astype(np.float32)
