"""One order out of what the book says, what the history expects and what neighbours have.

Where a practice has too few accepted notes, the order is the reciprocal ranks of the three added
up, those of the past weighed by how many notes there are: three notes are no past, and what all of
their charts have in common would else stand above what the note says. With enough of them, the
weight of each voice is learned from the practice's own notes: a logistic regression of "was this
code accepted" on what each voice said, where no voice knew the note (``learn_history``).

Source:
    Cormack, Clarke and Buettcher, Reciprocal Rank Fusion (SIGIR 2009); stacking of rankers:
    Wolpert, Stacked Generalization (1992).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from models.values.billing_codes import CATEGORY_LENGTH
from revcycle.rules.suggestions.book import BookIndex, NoteInBook
from revcycle.rules.suggestions.history import AcceptedNote, History, Remembered

NOTES_TO_WEIGH: Final = 60  # fewer say too little of how far each voice is to be trusted
CANDIDATES: Final = 100  # of each voice
RANK_OFFSET: Final = 60  # of reciprocal ranks
ALL_OF_IT: Final = 0.99  # a clause has the whole name
OFTEN: Final = 2.0
SHRINKAGE: Final = 1.0  # of the weights towards nothing (ridge)
NEWTON_STEPS: Final = 30
LOGIT_MAX: Final = 30.0
CONVERGED: Final = 1e-6

Vector = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Voices:
    """What is said of one note's candidates: one row a code, one column a feature."""

    codes: tuple[str, ...]
    features: Vector


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """How much each feature counts, after each is centred and scaled."""

    center: Vector
    scale: Vector
    weight: Vector


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where the codes of a history stand in the book, and their categories in the history."""

    in_book: Vector  # -1: not in the book
    category: Vector


def find_places(book: BookIndex, history: History) -> Places:
    """Look the codes of a history up."""
    categories = {one: at for at, one in enumerate(history.categories)}
    found = [book.place_of(code) for code in history.codes]
    return Places(
        np.array([-1 if at is None else at for at in found], np.int32),
        np.array([categories[code[:CATEGORY_LENGTH]] for code in history.codes], np.int32),
    )


def hear(
    book: BookIndex,
    history: History,
    places: Places,
    in_book: NoteInBook,
    remembered: Remembered,
    row: int = 0,
) -> Voices:
    """Gather what each voice says of one note; ``row`` is the note's in ``remembered``."""
    expected = remembered.expected[row]
    near = remembered.by_neighbours[row]
    known = np.unique(np.concatenate([_top(expected), _top(near)]))
    said = np.setdiff1d(
        np.union1d(_top(in_book.covered), _top(in_book.strength)), places.in_book[known]
    )
    said = said[in_book.covered[said] > 0]
    of_known = _features(in_book, places.in_book[known])
    times = np.log1p(remembered.times_accepted[row][known])
    by_category = remembered.by_category[row]
    familiar = np.column_stack(
        [
            of_known,
            expected[known],
            by_category[places.category[known]],
            near[known],
            times,
            of_known[:, 0] * np.minimum(times, OFTEN),
            times > 0,
            of_known[:, 0] * expected[known],
        ]
    )
    categories = {one: at for at, one in enumerate(history.categories)}
    of_said = _features(in_book, said)
    category = [categories.get(book.codes[at][:CATEGORY_LENGTH], -1) for at in said]
    strange = np.zeros((len(said), familiar.shape[1]))
    strange[:, : of_said.shape[1]] = of_said
    # A category that was never accepted is expected nowhere: the zero that stands at its end.
    strange[:, of_said.shape[1] + 1] = np.append(by_category, 0.0)[category]
    codes = (*(history.codes[at] for at in known), *(book.codes[at] for at in said))
    lengths = np.array([[len(code)] for code in codes], np.float64).reshape(-1, 1)
    return Voices(codes, np.hstack([np.vstack([familiar, strange]), lengths]))


def learn_weights(voices: Sequence[Voices], notes: Sequence[AcceptedNote]) -> Weights | None:
    """Learn the weights; None where there are too few notes to learn them from."""
    if len(notes) < NOTES_TO_WEIGH:
        return None
    features = np.concatenate([one.features for one in voices])
    accepted = np.array(
        [code in note.codes for one, note in zip(voices, notes, strict=True) for code in one.codes]
    )
    if not accepted.any():
        return None
    center, scale = features.mean(axis=0), features.std(axis=0) + 1e-9
    return Weights(center, scale, _logistic((features - center) / scale, accepted))


def fuse(voices: Voices, weights: Weights | None, note_count: int) -> Vector:
    """Score each candidate between 0 and 1; the highest is the best.

    Args:
        voices: What is said of the candidates.
        weights: What was learned; None where there were too few notes.
        note_count: From how many accepted notes the past speaks.
    """
    if weights is None:
        return _reciprocal_ranks(voices, note_count)
    said = ((voices.features - weights.center) / weights.scale) @ weights.weight[:-1]
    chance: Vector = 1 / (1 + np.exp(-(said + weights.weight[-1])))
    return chance


def _reciprocal_ranks(voices: Voices, note_count: int) -> Vector:
    """Add ranks up; the two voices of the past together never count more than the book."""
    past = min(note_count / NOTES_TO_WEIGH, 1.0) / 2
    counts = {0: 1.0, 3: past, 5: past}  # the book, what is expected, the neighbours
    total = np.zeros(len(voices.codes))
    for column, weight in counts.items():
        values = voices.features[:, column]
        order = np.argsort(-values, kind="stable")
        ranks = np.empty(len(values))
        ranks[order] = np.arange(len(values))
        total += np.where(values > 0, weight / (RANK_OFFSET + ranks), 0)
    return total * RANK_OFFSET / sum(counts.values())


def _logistic(features: Vector, accepted: Vector) -> Vector:
    """Fit a logistic regression by Newton's method; the last weight is the intercept."""
    rows = np.column_stack([features, np.ones(len(features))])
    shrink = np.append(np.full(features.shape[1], SHRINKAGE), 0.0)
    weight: Vector = np.zeros(rows.shape[1])
    for _ in range(NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weight, -LOGIT_MAX, LOGIT_MAX)))
        slope = rows.T @ (accepted - chance) - shrink * weight
        bend = (rows * (chance * (1 - chance))[:, np.newaxis]).T @ rows + np.diag(shrink + 1e-9)
        step = np.linalg.solve(bend, slope)
        weight = weight + step
        if float(np.abs(step).max()) < CONVERGED:
            break
    return weight


def _features(in_book: NoteInBook, places: Vector) -> Vector:
    """Say what the book says: the share, whether it is the whole name, and how rare it is."""
    covered = np.where(places >= 0, in_book.covered[places], 0)
    strength = np.where(places >= 0, in_book.strength[places], 0)
    return np.column_stack([covered, covered >= ALL_OF_IT, strength])


def _top(scores: Vector) -> Vector:
    count = min(CANDIDATES, len(scores))
    return np.argpartition(-scores, count - 1)[:count]
