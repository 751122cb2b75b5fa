"""Which names stand for which billable code."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from revcycle.reference.tabular import TabularCode

FULL_LENGTH: Final = 7
FIRST_ENCOUNTER: Final = "A"
_LEAST_SAID: Final = ("9", "0")  # how codes that say no more than their heading end, mostly


@dataclass(frozen=True, slots=True)
class BookName:
    """A title or an inclusion term. ``depth`` is 0 for a code's own, more for a heading's."""

    code: str
    text: str
    depth: int


def list_book_names(tabular: Iterable[TabularCode]) -> Iterator[BookName]:
    """List every name with the billable code that it stands for.

    A heading stands for the code below it that says the least. Subsequent encounters, sequelae and
    the further trimesters of seventh characters are left out: the first of them has the same names.
    """
    listed = {one.code: one for one in tabular}
    below = _below(listed.values())
    for one in listed.values():
        if _is_later_encounter(one, below):
            continue
        code = _least_said(one, below)
        if code:
            depth = 0 if one.is_billable else 1
            yield BookName(code, one.title, depth)
            for term in one.terms:
                yield BookName(code, term, depth)


def _below(tabular: Iterable[TabularCode]) -> Mapping[str, Sequence[TabularCode]]:
    found = defaultdict(list)
    for one in tabular:
        found[one.parent].append(one)
    return found


def _is_later_encounter(one: TabularCode, below: Mapping[str, Sequence[TabularCode]]) -> bool:
    if len(one.code) < FULL_LENGTH or not one.is_billable:
        return False
    beside = [each.code for each in below[one.parent]]
    first = next((code for code in beside if code.endswith(FIRST_ENCOUNTER)), beside[0])
    return one.code != first


def _least_said(one: TabularCode, below: Mapping[str, Sequence[TabularCode]]) -> str:
    while not one.is_billable:
        beside = below.get(one.code, ())
        if not beside:
            return ""
        one = min(beside, key=_how_much_it_says)
    return one.code


def _how_much_it_says(one: TabularCode) -> tuple[bool, bool, bool]:
    """Sort "unspecified" first, then the ends that mean it; ``min`` keeps the first of equals."""
    is_first = one.code.endswith(FIRST_ENCOUNTER) and len(one.code) == FULL_LENGTH
    return (
        "unspecified" not in one.title.lower(),
        not one.code.endswith(_LEAST_SAID) and not is_first,
        not one.code.endswith("9") and not is_first,
    )
