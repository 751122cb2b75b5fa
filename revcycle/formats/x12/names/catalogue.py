"""Words for the parts of a file: segments, loops, elements and codes.

The words are our own and short. What the catalogue does not know has no words, and an element it
does not know is masked.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from revcycle.formats.x12.segments import Delimiters, Segment

FOLDER = Path(__file__).parent
ANY_ELEMENT: Final = 0

Place = tuple[int, int]  # an element from 1, and its component from 1 or 0 for the whole


class Kind(StrEnum):
    """What an element holds, which decides how it is shown and whether it is."""

    AMOUNT = "amount"
    NUMBER = "number"
    DATE = "date"
    SHORT_DATE = "short_date"
    TIME = "time"
    VERSION = "version"
    CONTROL = "control"
    COMPANY = "company"
    SIGN = "sign"
    TAG = "tag"
    CODE = "code"
    OPEN = "open"
    MODIFIER = "modifier"
    STATE = "state"
    PLACE = "place"
    NAMES = "names"
    NAMED = "named"
    PUBLIC = "public"
    FORM = "form"
    WHEN = "when"
    PARTY = "party"
    PARTY_ID = "party_id"
    REFERENCE = "ref"
    WAY = "way"
    TRACE = "trace"
    PHI = "phi"
    PERSONAL_DATE = "personal_date"


@dataclass(frozen=True, slots=True)
class Element:
    """What is known of an element or component.

    Attributes:
        words: What it is; empty where the segment says it already.
        kind: What it holds.
        codes: Its list in the catalogue; empty for other kinds.
        named_by: Where the qualifier stands that says what it is.
    """

    words: str
    kind: Kind
    codes: str = ""
    named_by: Place | None = None


UNKNOWN: Final = Element("", Kind.PHI)


@dataclass(frozen=True, slots=True)
class Harmless:
    """What may be shown although elements of its kind are masked."""

    organizations: frozenset[str]
    ids: frozenset[str]
    company_ids: frozenset[str]
    references: frozenset[str]
    company_references: frozenset[str]
    personal_dates: frozenset[str]
    payment_traces: frozenset[str]


def code_words(codes: str, code: str) -> str:
    """Say what a code of a list means; empty when the list does not know it."""
    return _codes().get(codes, {}).get(code, "")


def known_codes(codes: str) -> frozenset[str]:
    """Return the codes of a list."""
    return frozenset(_codes().get(codes, {}))


def loop_words(guide: str, loop: str) -> str:
    """Say what a loop is about: ``loop_words("837P", "2010BA")`` is ``subscriber``."""
    return _loops().get(guide, {}).get(loop, "")


def is_known_segment(tag: str) -> bool:
    """Tell whether the catalogue knows a segment."""
    return tag in _segments()


def qualifier_place(tag: str) -> Place:
    """Tell where the qualifier of a segment stands; (0, 0) when it has none."""
    entry = _segments().get(tag, {})
    return _place(entry.get("at", "01")) if "by" in entry else (0, 0)


def segment_qualifier(segment: Segment, delimiters: Delimiters) -> str:
    """Return the qualifier of a segment if its list knows it, otherwise an empty text."""
    number, component = qualifier_place(segment.tag)
    value = segment.get(number) if number else ""
    if component and value:
        value = value.split(delimiters.component)[component - 1]
    return value if code_words(_segments().get(segment.tag, {}).get("by", ""), value) else ""


def segment_words(tag: str, qualifier: str = "") -> str:
    """Say what a segment is: ``REF`` with ``G1`` is ``prior authorization number``."""
    entry = _segments().get(tag)
    if entry is None:
        return "unknown segment"
    particular = code_words(entry.get("by", ""), qualifier) if qualifier else ""
    if not particular:
        return str(entry["words"])
    return _PHRASES.get(tag, "{}").format(particular)


# How a segment is called after its qualifier, where the qualifier alone would say too little.
_PHRASES: Final = {
    "AMT": "amount, {}",
    "QTY": "quantity, {}",
    "HL": "level, {}",
    "PRV": "specialty, {}",
}


@lru_cache(maxsize=4096)
def element_of(tag: str, number: int, component: int = 0) -> Element:
    """Tell what an element is; ``UNKNOWN``, which is masked, when the catalogue has no word.

    Component 1 of an element that is not a composite is the element itself.
    """
    known = _elements().get(tag, {})
    for place in ((number, component), (ANY_ELEMENT, component)):
        if place in known:
            return _for(known[place], number)
    if component == 1 and (number, 0) in known:
        return known[number, 0]
    if component == 0:
        return known.get((number, 1), UNKNOWN)
    return UNKNOWN


def _for(element: Element, number: int) -> Element:
    """Let a qualifier named for any element stand in the element itself."""
    if element.named_by is None or element.named_by[0] != ANY_ELEMENT:
        return element
    return Element(element.words, element.kind, element.codes, (number, element.named_by[1]))


def element_words(tag: str, number: int, component: int = 0) -> str:
    """Say what an element is, such as ``place of service`` for CLM05-1."""
    element = element_of(tag, number, component)
    return element.words or segment_words(tag)


def has_components(tag: str, number: int) -> bool:
    """Tell whether an element is a composite."""
    known = _elements().get(tag, {})
    return (number, 1) in known or (ANY_ELEMENT, 1) in known


@cache
def harmless() -> Harmless:
    """Return what may be shown."""
    return Harmless(**{name: frozenset(codes) for name, codes in _read("harmless").items()})


def known_places() -> Iterator[tuple[str, Place, Element]]:
    """List every element of the catalogue."""
    for tag, elements in _elements().items():
        for place, element in elements.items():
            yield tag, place, element


@cache
def _segments() -> Mapping[str, dict[str, str]]:
    return _read("segments")


@cache
def _loops() -> Mapping[str, dict[str, str]]:
    return _read("loops")


@cache
def _codes() -> Mapping[str, dict[str, str]]:
    return _read("codes")


@cache
def _elements() -> Mapping[str, dict[Place, Element]]:
    return {
        tag: {
            _place(name): _element(*described)
            for names, described in table.items()
            for name in names.split(",")
        }
        for tag, table in _read("elements").items()
    }


def _element(words: str, kind: str, more: str = "") -> Element:
    if kind in {Kind.CODE, Kind.NAMES}:
        return Element(words, Kind(kind), codes=more)
    return Element(words, Kind(kind), named_by=_place(more) if more else None)


def _place(name: str) -> Place:
    """Read ``05-3``, ``02`` or ``*-1``; a star stands for any element."""
    number, _, component = name.partition("-")
    return (ANY_ELEMENT if number == "*" else int(number)), int(component or 0)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
