"""A segment as facts: what each element is, its value as people write it, what a code means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from models.values.money import Money
from revcycle.formats.x12.elements import read_amount
from revcycle.formats.x12.explanations.masking import MASK, Setting, may_show, qualifier_words
from revcycle.formats.x12.names.catalogue import (
    Element,
    Kind,
    Place,
    code_words,
    element_of,
    has_components,
    is_known_segment,
    qualifier_place,
    segment_qualifier,
    segment_words,
)
from revcycle.formats.x12.segments import Delimiters, Segment

UNSPLIT_TAGS: Final = frozenset({"ISA"})  # a delimiter inside ISA is data of the header
DATE_LENGTH: Final = 8
TIME_LENGTH: Final = 4
TAG_LENGTH_MAX: Final = 3
# Lists whose words say everything that the code does.
SELF_EVIDENT: Final = frozenset({"yes_no", "asked", "children", "party_kind"})
UNREADABLE_TAG: Final = "???"


@dataclass(frozen=True, slots=True, repr=False)
class Fact:
    """One element or component, in words.

    Attributes:
        label: What it is; empty where the segment or the meaning says it.
        value: As people write it; the mask where it may not be shown.
        meaning: What a code means; empty otherwise.
        place: Element and component, for those who look into the file.
    """

    label: str
    value: str
    meaning: str = ""
    place: Place = (0, 0)

    @property
    def is_masked(self) -> bool:
        """Tell whether the value is hidden."""
        return self.value == MASK


def tag_of(segment: Segment, delimiters: Delimiters) -> str:
    """Write the tag as people speak of it: ``REF*G1``; data in the place of a tag are hidden."""
    tag = segment.tag
    if not is_known_segment(tag) and not looks_like_tag(tag):
        return UNREADABLE_TAG
    qualifier = segment_qualifier(segment, delimiters)
    return f"{tag}*{qualifier}" if qualifier and qualifier_place(tag)[0] == 1 else tag


def looks_like_tag(text: str) -> bool:
    """Tell whether a text can be the id of a segment."""
    return (
        text.isascii()
        and text.isalnum()
        and text == text.upper()
        and text[:1].isalpha()
        and 1 < len(text) <= TAG_LENGTH_MAX
    )


def facts_of(segment: Segment, setting: Setting, *, show_phi: bool) -> tuple[Fact, ...]:
    """Say every element of a segment in words, in its order.

    Args:
        segment: The segment.
        setting: What is known around it, which decides what is harmless.
        show_phi: Whether to show what is masked otherwise.
    """
    return tuple(_joined(_Reader(segment, setting, show_phi=show_phi).facts()))


def _joined(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Say neighbors of one label together: ``modifier 25, 59``."""
    for _, together in groupby(facts, key=lambda fact: (fact.label, bool(fact.meaning))):
        first, *others = together
        if not others or first.meaning:
            yield from (first, *others)
        else:
            values = dict.fromkeys(fact.value for fact in (first, *others))
            is_masked = MASK in values
            yield Fact(first.label, MASK if is_masked else ", ".join(values), place=first.place)


class _Reader:
    def __init__(self, segment: Segment, setting: Setting, *, show_phi: bool) -> None:
        self._segment = segment
        self._setting = setting
        self._show_phi = show_phi
        self._qualifier = segment_qualifier(segment, setting.delimiters)
        self._words = segment_words(segment.tag, self._qualifier)

    def facts(self) -> Iterator[Fact]:
        hidden = qualifier_place(self._segment.tag) if self._qualifier else (0, 0)
        for number, value in enumerate(self._segment.elements, start=1):
            for repetition in self._repetitions(value):
                for component, part in self._components(number, repetition):
                    if part.strip() and (number, component) != hidden:
                        yield from self._fact(
                            (number, component), part, repetition if component else ""
                        )

    def _repetitions(self, value: str) -> list[str]:
        separator = self._setting.delimiters.repetition
        is_separator = not separator.isalnum() and not separator.isspace()
        if is_separator and separator in value and self._segment.tag not in UNSPLIT_TAGS:
            return value.split(separator)
        return [value]

    def _components(self, number: int, value: str) -> list[tuple[int, str]]:
        separator = self._setting.delimiters.component
        is_composite = has_components(self._segment.tag, number)
        if not is_composite or self._segment.tag in UNSPLIT_TAGS:
            return [(0, value)]
        return list(enumerate(value.split(separator), start=1))

    def _fact(self, place: Place, value: str, repetition: str) -> Iterator[Fact]:
        tag = self._segment.tag
        element = element_of(tag, *place)
        meaning = code_words(element.codes, value)
        if element.kind is Kind.FORM or (element.kind is Kind.NAMES and meaning):
            return
        named = qualifier_words(self._segment, element, self._setting.delimiters, repetition)
        label = self._label(element, named)
        if not self._show_phi and not may_show(value, element, self._segment, self._setting):
            yield Fact(label, MASK, place=place)
            return
        if element.kind is Kind.PLACE and label == element.words:
            meaning = code_words("place_of_service", value)
        elif element.kind is Kind.COMPANY:
            meaning = named
        written = printable(_written(value, element))
        if meaning and element.codes in SELF_EVIDENT:
            written, meaning = meaning, ""
        yield Fact(label, written, meaning, place)

    def _label(self, element: Element, named: str) -> str:
        label = named if named and element.kind is not Kind.COMPANY else element.words
        return "" if label == self._words else label


def _written(value: str, element: Element) -> str:
    """Write a value as people do; what is not in its form stays as it is."""
    match element.kind:
        case Kind.AMOUNT:
            return write_money(value)
        case Kind.DATE | Kind.WHEN | Kind.PERSONAL_DATE:
            return _write_period(value)
        case Kind.SHORT_DATE if len(value) == DATE_LENGTH - 2:
            return f"20{value[:2]}-{value[2:4]}-{value[4:]}"
        case Kind.TIME:
            return _write_time(value)
    return value.strip()


def write_money(text: str) -> str:
    """Write an amount with its cents and separated thousands."""
    try:
        return with_thousands(read_amount(text))
    except ValueError:
        return text


def with_thousands(amount: Money) -> str:
    """Write money as people read it: ``1,234.50``."""
    whole, _, cents = str(amount).partition(".")
    return f"{int(whole):,}.{cents}" if whole not in {"-0", "0"} else f"{whole}.{cents}"


def _write_period(text: str) -> str:
    if len(text) == TIME_LENGTH:
        return _write_time(text)
    return " to ".join(_write_date(part) for part in text.split("-"))


def _write_date(text: str) -> str:
    day, time = text[:DATE_LENGTH], text[DATE_LENGTH:]
    if not (text.isascii() and text.isdigit()) or len(day) < DATE_LENGTH:
        return text
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" + (f" {_write_time(time)}" if time else "")


def _write_time(text: str) -> str:
    return f"{text[:2]}:{text[2:4]}" if len(text) >= TIME_LENGTH else text


def printable(text: str) -> str:
    """Replace what would steer a terminal instead of being read."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
