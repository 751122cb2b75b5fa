"""The words by which a note and the title of a code are compared.

Letters are small and without marks, British spellings American, plurals singular, abbreviations
written out, and words that mean the same are one word (``reference.medical_words``). Both sides go
through here, so that ``renal tumours`` and ``Neoplasm of kidney`` have the same words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from revcycle.reference.medical_words import medical_words

GRAM_LENGTH: Final = 4
SHORT: Final = 4  # a shorter word has no ending to take off
# Words that stand in every second title and say nothing of what a patient has.
EMPTY_WORDS: Final = frozenset(
    (
        *("a", "an", "and", "any", "as", "at", "be", "by", "can", "due", "for", "from", "has"),
        *("have", "in", "is", "it", "its", "of", "on", "or", "that", "the", "this", "to", "with"),
        *("which", "nec", "nos", "elsewhere", "classified", "specified", "unspecified"),
    )
)
_WORD: Final = re.compile(r"[a-z0-9]+")
_POSSESSIVE: Final = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]s\\b")
_GREEK: Final = str.maketrans(
    {
        "\N{GREEK SMALL LETTER ALPHA}": "alpha",
        "\N{GREEK SMALL LETTER BETA}": "beta",
        "\N{GREEK SMALL LETTER GAMMA}": "gamma",
        "\N{GREEK SMALL LETTER DELTA}": "delta",
    }
)
_SPELLINGS: Final = (
    ("haem", "hem"),
    ("aemia", "emia"),
    ("oesoph", "esoph"),
    ("oedem", "edem"),
    ("paed", "ped"),
    ("caec", "cec"),
    ("faec", "fec"),
    ("tumour", "tumor"),
    ("rrhoea", "rrhea"),
    ("foet", "fet"),
    ("anaes", "anes"),
    ("aetiol", "etiol"),
    ("dyspnoea", "dyspnea"),
    ("ischaem", "ischem"),
    ("colour", "color"),
    ("fibre", "fiber"),
    ("centre", "center"),
)
_ENDINGS: Final = (
    ("itides", "itis"),
    ("oses", "osis"),
    ("iases", "iasis"),
    ("eses", "esis"),
    ("yses", "ysis"),
    ("omata", "oma"),
    ("ies", "y"),
    ("sses", "ss"),
    ("xes", "x"),
    ("ches", "ch"),
    ("shes", "sh"),
)
_NOT_PLURAL: Final = ("ss", "us", "is")


def list_words(text: str) -> list[str]:
    """List the words of a text in their order, each as the one that stands for it."""
    return [
        _standing_for(word) for word in _write_out(_plain_words(text)) if word not in EMPTY_WORDS
    ]


def to_grams(words: Iterable[str]) -> list[str]:
    """List the pieces of four letters of each word, its ends marked: ``<kid kidn idne ...``."""
    return [gram for word in words for gram in _grams(word)]


def _plain_words(text: str) -> list[str]:
    small = _POSSESSIVE.sub(" ", text.lower())
    if not small.isascii():
        apart = unicodedata.normalize("NFKD", small.translate(_GREEK))
        small = "".join(one for one in apart if not unicodedata.combining(one))
    return _WORD.findall(small)


def _write_out(words: list[str]) -> Iterator[str]:
    """Replace abbreviations and everyday words, the longest first."""
    known, stems = _written_out(), [_stem(word) for word in words]
    at = 0
    while at < len(words):
        for length in range(min(_longest(), len(words) - at), 0, -1):
            long = known.get(tuple(stems[at : at + length]))
            if long is not None:
                yield from long
                at += length
                break
        else:
            yield words[at]
            at += 1


@cache
def _written_out() -> dict[tuple[str, ...], tuple[str, ...]]:
    listed = medical_words().written_out.items()
    return {tuple(_stem(word) for word in short): long for short, long in listed}


@cache
def _longest() -> int:
    return max(len(words) for words in _written_out())


@cache
def _same_words() -> dict[str, str]:
    return {_stem(word): _stem(one) for word, one in medical_words().same.items()}


@lru_cache(maxsize=200_000)
def _standing_for(word: str) -> str:
    stem = _stem(word)
    return _same_words().get(stem, stem)


@lru_cache(maxsize=200_000)
def _grams(word: str) -> tuple[str, ...]:
    marked = f"<{word}>"
    ends = range(max(1, len(marked) - GRAM_LENGTH + 1))
    return tuple(marked[start : start + GRAM_LENGTH] for start in ends)


def _stem(word: str) -> str:
    if word.isdigit() or len(word) < SHORT:
        return word
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    for many, one in _ENDINGS:
        if word.endswith(many):
            return word[: -len(many)] + one
    if word.endswith("s") and not word.endswith(_NOT_PLURAL):
        return word[:-1]
    return word
