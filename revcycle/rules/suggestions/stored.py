"""The book and what was learned as bytes, and back: arrays and JSON in one file of numpy.

Never a pickle: reading one runs whatever its writer wanted. ``allow_pickle`` is off, so that bytes
which are not ours fail to be read.
"""

import io
import json
from collections.abc import Mapping
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from revcycle.rules.suggestions.book import BookIndex
from revcycle.rules.suggestions.counting import Matrix
from revcycle.rules.suggestions.fusion import Weights, find_places
from revcycle.rules.suggestions.history import History
from revcycle.rules.suggestions.suggest import Learned

TEXTS: Final = "texts"
_UNREADABLE: Final = (BadZipFile, ValueError, KeyError, OSError, EOFError)

Arrays = Mapping[str, Any]


class ForeignBytesError(ValueError):
    """These bytes were not written by this version."""


def write_book(book: BookIndex) -> bytes:
    """Write the book; the same book gives the same bytes."""
    return _write(
        {
            "code_of": book.code_of,
            "weights": book.weights,
            **_parts("words", book.words),
            **_parts("pieces", book.pieces),
            **_parts("shares", book.shares),
        },
        codes=book.codes,
        titles=book.titles,
        names=book.names,
        vocabulary=list(book.vocabulary),
        grams=list(book.grams),
    )


def read_book(content: bytes) -> BookIndex:
    """Read what ``write_book`` wrote.

    Raises:
        ForeignBytesError: it is something else.
    """
    try:
        arrays, texts = _read(content)
        return BookIndex(
            codes=tuple(texts["codes"]),
            titles=tuple(texts["titles"]),
            names=tuple(texts["names"]),
            code_of=arrays["code_of"],
            vocabulary=_numbered(texts["vocabulary"]),
            grams=_numbered(texts["grams"]),
            words=csc_matrix(_joined("words", arrays), shape=tuple(arrays["words_shape"])),
            pieces=csc_matrix(_joined("pieces", arrays), shape=tuple(arrays["pieces_shape"])),
            shares=csr_matrix(_joined("shares", arrays), shape=tuple(arrays["shares_shape"])),
            weights=arrays["weights"],
        )
    except _UNREADABLE as error:
        raise ForeignBytesError from error


def write_learned(learned: Learned) -> bytes:
    """Write what one practice's notes taught; the same notes give the same bytes."""
    history, weights = learned.history, learned.weights
    arrays = {
        "rarities": history.rarities,
        "times": history.times,
        "category_shares": history.category_shares,
        "solution": history.solution,
        "category_solution": history.category_solution,
        **_parts("notes", history.notes),
        **_parts("accepted", history.accepted),
    }
    if weights is not None:
        arrays |= {"center": weights.center, "scale": weights.scale, "weight": weights.weight}
    return _write(
        arrays,
        codes=history.codes,
        categories=history.categories,
        vocabulary=list(history.vocabulary),
    )


def read_learned(content: bytes, book: BookIndex) -> Learned:
    """Read what ``write_learned`` wrote, to be used with this book.

    Raises:
        ForeignBytesError: it is something else.
    """
    try:
        arrays, texts = _read(content)
        history = History(
            codes=tuple(texts["codes"]),
            categories=tuple(texts["categories"]),
            vocabulary=_numbered(texts["vocabulary"]),
            rarities=arrays["rarities"],
            notes=csr_matrix(_joined("notes", arrays), shape=tuple(arrays["notes_shape"])),
            accepted=csr_matrix(_joined("accepted", arrays), shape=tuple(arrays["accepted_shape"])),
            times=arrays["times"],
            category_shares=arrays["category_shares"],
            solution=arrays["solution"],
            category_solution=arrays["category_solution"],
        )
        weights = (
            Weights(arrays["center"], arrays["scale"], arrays["weight"])
            if "weight" in arrays
            else None
        )
        return Learned(history, weights, find_places(book, history))
    except _UNREADABLE as error:
        raise ForeignBytesError from error


def _write(arrays: Arrays, **texts: Any) -> bytes:
    written = np.frombuffer(json.dumps(texts, ensure_ascii=True).encode("ascii"), np.uint8)
    target = io.BytesIO()
    np.savez(target, **{TEXTS: written, **arrays})
    return target.getvalue()


def _read(content: bytes) -> tuple[Arrays, Mapping[str, Any]]:
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    return arrays, json.loads(arrays[TEXTS].tobytes())


def _parts(name: str, matrix: Matrix) -> dict[str, Any]:
    return {
        f"{name}_values": matrix.data,
        f"{name}_places": matrix.indices,
        f"{name}_ends": matrix.indptr,
        f"{name}_shape": np.array(matrix.shape, np.int64),
    }


def _joined(name: str, arrays: Arrays) -> tuple[Any, Any, Any]:
    return arrays[f"{name}_values"], arrays[f"{name}_places"], arrays[f"{name}_ends"]


def _numbered(words: list[str]) -> dict[str, int]:
    return {word: at for at, word in enumerate(words)}
