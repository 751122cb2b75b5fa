"""Which diagnoses does a note of the tabular list name? Its codes and ranges, out of its words.

Source:
    ICD-10-CM Official Guidelines, section I.A: a dash at the end stands for everything below, as in
    ``J45.-``; ``E10-E14`` names a range; ``E08-E13 with .42`` and ``M51.- with fifth character 4``
    name some codes of it.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

from models.values.billing_codes import CATEGORY_LENGTH

CODE: Final = r"[A-Z][0-9A-Z][0-9A-Z](?:\.[0-9A-Z]{1,4})?"
# A code, and the end of its range or the dash that stands for all below it.
NAMED: Final = re.compile(
    rf"(?<![A-Za-z0-9.])(?P<first>{CODE})"
    rf"(?:\.?-?\s*[-\u2013]+\s*(?P<last>{CODE}))?(?:\.?-|\.)?(?![A-Za-z0-9])"
)
LOOKS_LIKE_CODE: Final = re.compile(r"[A-Z][0-9]")
QUALIFIED: Final = re.compile(r"\bwith\b(?P<words>.*)", re.DOTALL)
ENDINGS: Final = re.compile(r"\.(?P<first>\d+)(?:\s*-\s*\.(?P<last>\d+))?")
POSITION: Final = re.compile(
    r"(?P<place>fifth|5th|sixth|six|6th)(?P<or> or (?:sixth|six|6th))?"
    r"[ -]characters? \.?(?P<first>\d)(?:-(?P<last>\d))?(?: or (?P<other>\d))?\b"
)
FINAL: Final = re.compile(r"final characters? -?(?P<digits>\d+)")
PLACES: Final = {"fifth": 4, "5th": 4, "sixth": 5, "six": 5, "6th": 5}  # counted from 0
PLACEHOLDER: Final = "X"
LENGTH_MAX: Final = 7
EXPANDED_MAX: Final = 100  # more would not fit beside the note


@dataclass(frozen=True, slots=True)
class NamedCodes:
    """What a note names.

    Attributes:
        codes: Codes and ranges without dots, ``E10-E14`` and ``J45``; each stands for all below it.
        is_exact: False where the note means only some of them and nobody can tell which.
        misses: What looks like a code and is in no list.
    """

    codes: tuple[str, ...] = ()
    is_exact: bool = True
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListOfCodes:
    """The codes and headings of an edition, for telling a code from a word such as NOS."""

    names: tuple[str, ...]
    _beginnings: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, names: Collection[str]) -> "ListOfCodes":
        """Take all codes and headings of an edition, without dots."""
        beginnings = {
            name[:length] for name in names for length in range(CATEGORY_LENGTH, len(name) + 1)
        }
        return cls(tuple(sorted(names)), frozenset(beginnings))

    def knows(self, code: str) -> bool:
        """Tell whether a code, or a beginning of codes, is in the list.

        Seventh characters and the placeholders before them are not written out in it.
        """
        stem = code[: LENGTH_MAX - 1] if len(code) == LENGTH_MAX else code
        return code in self._beginnings or stem.rstrip(PLACEHOLDER) in self._beginnings

    def between(self, first: str, last: str) -> Iterator[str]:
        """List what stands in a range, its last heading's codes included."""
        return (one for one in self.names if one >= first and one[: len(last)] <= last)


def find_named_codes(text: str, listed: ListOfCodes) -> NamedCodes:
    """Find the codes and ranges that a note names.

    Args:
        text: The note as the tabular list has it.
        listed: All codes of the edition.
    """
    codes: list[str] = []
    misses: list[str] = []
    is_exact = True
    for found in NAMED.finditer(text):
        first, last = _plain(found["first"]), _plain(found["last"] or "")
        if not _is_known(first, last, listed):
            misses += [found[0]] if LOOKS_LIKE_CODE.match(first) else []
            continue
        meant = _narrowed(first, last or first, _qualification(text, found.end()), listed)
        is_exact = is_exact and meant is not None
        codes += meant if meant is not None else [f"{first}-{last}" if last else first]
    return NamedCodes(tuple(dict.fromkeys(codes)), is_exact, tuple(misses))


def _plain(code: str) -> str:
    return code.replace(".", "")


def _is_known(first: str, last: str, listed: ListOfCodes) -> bool:
    """A range counts when it runs upwards and the list has something in it."""
    if not last:
        return listed.knows(first)
    return first <= last and any(True for _ in listed.between(first, last))


def _qualification(text: str, end: int) -> str:
    """Cut out what is said of a range after ``with``, up to the bracket that closes."""
    following = text[end:].partition(")")[0]
    found = QUALIFIED.search(following)
    return found["words"] if found else ""


def _narrowed(first: str, last: str, words: str, listed: ListOfCodes) -> list[str] | None:
    """Name what of a range is meant; None where that cannot be told.

    Args:
        first: Where the range begins.
        last: Where it ends; the same for a single code.
        words: What is said after ``with``; empty for all of it.
        listed: All codes of the edition.
    """
    if not words:
        return [first if first == last else f"{first}-{last}"]
    inside = list(listed.between(first, last))
    meant = sorted({*_with_ending(inside, words), *_with_character(inside, words)})
    return meant if 0 < len(meant) <= EXPANDED_MAX else None


def _with_ending(inside: Collection[str], words: str) -> Iterator[str]:
    """``.42``, ``.62-``, ``.51-.52`` after the category, and ``final characters -23``."""
    for found in ENDINGS.finditer(words):
        low, high = found["first"], found["last"] or found["first"]
        yield from (
            one[: CATEGORY_LENGTH + len(low)]
            for one in inside
            if low <= one[CATEGORY_LENGTH : CATEGORY_LENGTH + len(low)] <= high
        )
    for found in FINAL.finditer(words):
        yield from (one for one in inside if one[CATEGORY_LENGTH:].endswith(found["digits"]))


def _with_character(inside: Collection[str], words: str) -> Iterator[str]:
    """``fifth character 4``, ``fifth or sixth character 1-4``."""
    for found in POSITION.finditer(words):
        wanted = _characters(found)
        places = {PLACES[found["place"]]} | ({PLACES["sixth"]} if found["or"] else set())
        yield from (
            one[: place + 1]
            for one in inside
            for place in places
            if len(one) > place and one[place] in wanted
        )


def _characters(found: re.Match[str]) -> set[str]:
    first, last = int(found["first"]), int(found["last"] or found["first"])
    other = {found["other"]} if found["other"] else set()
    return {str(digit) for digit in range(first, last + 1)} | other
