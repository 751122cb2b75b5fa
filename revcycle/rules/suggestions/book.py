"""The book: titles and other names of ICD-10-CM codes, searched by words.

Each name is a document of its own (a code with ten inclusion terms is not longer than one with
none). The name of a heading stands for the code below it that says the least: ``Pneumonia`` for
J18.9. Of seventh characters only the first encounter is in the book. A question about a phrase is
ranked by BM25 over words and over pieces of words; a note is ranked by how much of a name one of
its clauses has (``read_note``).

Source:
    Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from scipy.sparse import diags

from revcycle.reference.icd10 import find_icd10_detail, is_valid_icd10
from revcycle.reference.tabular import TabularCode
from revcycle.rules.suggestions.book_names import list_book_names
from revcycle.rules.suggestions.clauses import Clause, Saying
from revcycle.rules.suggestions.counting import (
    Matrix,
    count_words,
    learn_vocabulary,
    rarity,
)
from revcycle.rules.suggestions.words import list_words, to_grams

SATURATION: Final = 1.2  # k1 of BM25
LENGTH_WEIGHT: Final = 0.75  # b of BM25
GRAMS_WEIGHT: Final = 0.5  # of pieces of words beside words
LOOKED_AT: Final = 400  # names that are ranked exactly; several may belong to one code
COVERED_LEAST: Final = 0.45  # a clause that has less of a name does not speak of it
RARE_ENOUGH: Final = 2.0  # a name that only has common words says too little to be found in notes
PERSONAL: Final = "personal history of "
FAMILY: Final = "family history of "

Vector = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A code that the book finds for a phrase; ``name`` is the title or term that was found."""

    code: str
    title: str
    score: float
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class BookIndex:
    """The book, ready to be searched; made by ``build_book``.

    Attributes:
        codes: The billable codes that names stand for, in order.
        titles: Their titles.
        names: Every name; the rows of the matrices.
        code_of: For each name the place of its code in ``codes``.
        vocabulary: Words to columns; ``grams`` the same for pieces of words.
        words: BM25 weights, a column a word; ``pieces`` the same for pieces of words.
        shares: How much of its name each word is, from 0 to 1; ``weights`` the sum before that.
    """

    codes: tuple[str, ...]
    titles: tuple[str, ...]
    names: tuple[str, ...]
    code_of: Vector
    vocabulary: Mapping[str, int]
    grams: Mapping[str, int]
    words: Matrix
    pieces: Matrix
    shares: Matrix
    weights: Vector

    def title_of(self, code: str) -> str:
        """Return the title of a code; empty for one that is not in the book."""
        at = self.place_of(code)
        return "" if at is None else self.titles[at]

    def place_of(self, code: str) -> int | None:
        """Return the place of a code in ``codes``."""
        at = bisect_left(self.codes, code)
        return at if at < len(self.codes) and self.codes[at] == code else None


@dataclass(frozen=True, slots=True, eq=False)
class NoteInBook:
    """What the book says of one note, for each of the book's codes.

    Attributes:
        covered: The largest share of a name of the code that one clause has; 0 below a half.
        strength: The same, more for names of rare words.
        clause: Which clause it was; -1 where none speaks of the code.
    """

    covered: Vector
    strength: Vector
    clause: Vector


def build_book(tabular: Iterable[TabularCode]) -> BookIndex:
    """Make the index: a few seconds, and 60 MB for all of ICD-10-CM."""
    listed = {one.code: one for one in tabular}
    names = sorted(list_book_names(listed.values()), key=lambda one: (one.code, one.depth))
    codes = tuple(dict.fromkeys(one.code for one in names))
    places = {code: at for at, code in enumerate(codes)}
    words = [list_words(one.text) for one in names]
    pieces = [to_grams(one) for one in words]
    vocabulary, grams = learn_vocabulary(words), learn_vocabulary(pieces)
    counts = count_words(words, vocabulary)
    shares, weights = _shares(counts)
    return BookIndex(
        codes=codes,
        titles=tuple(listed[code].title for code in codes),
        names=tuple(one.text for one in names),
        code_of=np.array([places[one.code] for one in names], np.int32),
        vocabulary=vocabulary,
        grams=grams,
        words=_bm25(counts),
        pieces=_bm25(count_words(pieces, grams)),
        shares=shares,
        weights=weights,
    )


def search_book(book: BookIndex, phrase: str, on: date, limit: int) -> list[FoundCode]:
    """Find codes that may be billed on a date by words of their names, the best first."""
    words = list_words(phrase)
    scores = _weigh(book.words, words, book.vocabulary)
    scores += GRAMS_WEIGHT * _weigh(book.pieces, to_grams(words), book.grams)
    found: dict[str, FoundCode] = {}
    for name in _best(scores):
        code = billable_code(book.codes[book.code_of[name]], on)
        if code and code not in found:
            title = book.title_of(code) or book.titles[book.code_of[name]]
            found[code] = FoundCode(code, title, float(scores[name]), book.names[name])
            if len(found) == limit:
                break
    return list(found.values())


def billable_code(code: str, on: date) -> str:
    """Return the code, or the first below it, that may be billed on a date; else empty.

    The book is of one edition: since then a code may have become a heading.
    """
    return code if is_valid_icd10(code, on) else find_icd10_detail(code, on)


def read_note(book: BookIndex, clauses: Sequence[Clause]) -> NoteInBook:
    """Say of each code how well one clause of a note speaks of it; denied clauses say nothing."""
    said = [(at, one) for at, one in enumerate(clauses) if one.saying is not Saying.NEGATED]
    empty = np.zeros(len(book.codes), np.float32)
    result = NoteInBook(empty, empty.copy(), np.full(len(book.codes), -1, np.int32))
    for saying in (Saying.PRESENT, Saying.HISTORY, Saying.FAMILY):
        chosen = [(at, one) for at, one in said if one.saying is saying]
        if chosen:
            _read_clauses(book, chosen, saying, result)
    return result


def may_stand_for(code: str, saying: Saying) -> bool:
    """Tell whether a clause of this kind can support a code."""
    if saying is Saying.PRESENT:
        return True
    if saying is Saying.FAMILY:
        return "Z80" <= code < "Z85"
    return saying is Saying.HISTORY and "Z85" <= code < "Z90"


def _read_clauses(
    book: BookIndex, chosen: Sequence[tuple[int, Clause]], saying: Saying, result: NoteInBook
) -> None:
    begin = {Saying.HISTORY: PERSONAL, Saying.FAMILY: FAMILY}.get(saying, "")
    counts = count_words((list_words(begin + one.text) for _, one in chosen), book.vocabulary)
    counts.data[:] = 1
    covered = (counts @ book.shares.T).tocsr()
    rows = np.repeat(np.arange(len(chosen)), np.diff(covered.indptr))
    names, shares = covered.indices, covered.data
    speaks = (shares >= COVERED_LEAST) & (book.weights[names] >= RARE_ENOUGH)
    codes, shares, rows = book.code_of[names[speaks]], shares[speaks], rows[speaks]
    strengths = shares * np.sqrt(shares * book.weights[names[speaks]])
    if saying is not Saying.PRESENT:
        may = np.array([may_stand_for(book.codes[code], saying) for code in codes], bool)
        codes, shares, rows, strengths = codes[may], shares[may], rows[may], strengths[may]
    # Written from the weakest to the strongest: the last one stands.
    order = np.argsort(shares, kind="stable")
    order = order[shares[order] > result.covered[codes[order]]]
    result.covered[codes[order]] = shares[order]
    result.clause[codes[order]] = np.array([at for at, _ in chosen], np.int32)[rows[order]]
    np.maximum.at(result.strength, codes, strengths)


def _shares(counts: Matrix) -> tuple[Matrix, Vector]:
    present = counts.copy()
    present.data[:] = 1
    weighed = (present @ diags(rarity(counts))).tocsr().astype(np.float32)
    sums = np.asarray(weighed.sum(axis=1)).ravel()
    return (diags(1 / np.maximum(sums, 1e-6)) @ weighed).tocsr().astype(np.float32), sums


def _bm25(counts: Matrix) -> Matrix:
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    long = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * lengths[rows] / max(float(lengths.mean()), 1.0)
    found = counts.copy()
    found.data = counts.data * (SATURATION + 1) / (counts.data + SATURATION * long)
    found.data *= rarity(counts)[counts.indices]
    return found.astype(np.float32).tocsc()


def _weigh(weights: Matrix, words: Sequence[str], vocabulary: Mapping[str, int]) -> Vector:
    """Add up the columns of the words of a phrase; only they are touched."""
    scores = np.zeros(weights.shape[0], np.float32)
    asked = count_words([words], vocabulary)
    for column, times in zip(asked.indices, asked.data, strict=True):
        part = slice(weights.indptr[column], weights.indptr[column + 1])
        scores[weights.indices[part]] += times * weights.data[part]
    return scores


def _best(scores: Vector) -> Vector:
    """List the names with the highest scores; of equals the one that comes first in the book."""
    count = min(LOOKED_AT, len(scores) - 1)
    chosen = np.argpartition(-scores, count)[:count] if count > 0 else np.arange(len(scores))
    ranked = chosen[np.lexsort((chosen, -scores[chosen]))]
    return ranked[scores[ranked] > 0]
