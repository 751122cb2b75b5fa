"""Texts as rows of numbers: which word of a vocabulary stands in them how often."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

# A sparse matrix: scipy has no types.
Matrix = Any
Words = Iterable[str]


def learn_vocabulary(texts: Iterable[Words], *, least: int = 1) -> dict[str, int]:
    """Number the words that stand in at least so many of the texts, in the order of the words."""
    found = Counter(chain.from_iterable(map(set, texts)))
    kept = sorted(word for word, count in found.items() if count >= least)
    return {word: at for at, word in enumerate(kept)}


def count_words(texts: Iterable[Words], vocabulary: Mapping[str, int]) -> Matrix:
    """Count the words of each text: one row a text, one column a word of the vocabulary."""
    counts, columns, ends = array("f"), array("i"), array("q", [0])
    for text in texts:
        row = Counter(at for at in map(vocabulary.get, text) if at is not None)
        columns.extend(row.keys())
        counts.extend(row.values())
        ends.append(len(columns))
    shape = (len(ends) - 1, len(vocabulary))
    if not counts:
        return csr_matrix(shape, dtype=np.float32)
    parts = (np.frombuffer(counts, np.float32), np.frombuffer(columns, np.int32), ends)
    return csr_matrix(parts, shape=shape)


def rarity(counts: Matrix) -> np.ndarray[Any, Any]:
    """Weigh each word by how few texts have it (Robertson and Sparck Jones)."""
    having = np.bincount(counts.indices, minlength=counts.shape[1])
    weights: np.ndarray[Any, Any] = np.log(1 + (counts.shape[0] - having + 0.5) / (having + 0.5))
    return weights.astype(np.float32)
