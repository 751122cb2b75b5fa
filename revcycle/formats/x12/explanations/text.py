"""An explanation as text: the same words for a terminal, a pipe and a test."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from revcycle.formats.x12.explanations.explain import Line, LineKind
from revcycle.formats.x12.explanations.segments import Fact

POSITION_WIDTH = 6
TAG_WIDTH = 9
INDENTATION = "  "
BETWEEN_FACTS = " · "


class Role(StrEnum):
    """What a piece of a line is, so that a terminal may color it."""

    POSITION = "position"
    LOOP = "loop"
    TAG = "tag"
    WORDS = "words"
    LABEL = "label"
    VALUE = "value"
    MEANING = "meaning"
    MASKED = "masked"
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    SUMMARY = "summary"
    SPACE = "space"


class Piece(NamedTuple):
    """A bit of text and what it is."""

    text: str
    role: Role


def margin(line: Line) -> Iterator[Piece]:
    """Write what stands before the words: position, indentation and tag."""
    position = str(line.position) if line.position else ""
    indentation = INDENTATION * line.depth
    match line.kind:
        case LineKind.SUMMARY:
            return
        case LineKind.PROBLEM:
            yield Piece(f"{'':>{POSITION_WIDTH}}  {indentation}{INDENTATION}", Role.SPACE)
            yield Piece(f"{line.tag}: ", Role(line.tag))
        case LineKind.LOOP:
            yield Piece(f"{'':>{POSITION_WIDTH}}  {indentation}", Role.SPACE)
            yield Piece(f"{line.tag} ", Role.LOOP)
        case _:
            yield Piece(f"{position:>{POSITION_WIDTH}}  {indentation}", Role.POSITION)
            yield Piece(f"{line.tag:<{TAG_WIDTH}}", Role.TAG)


def body(line: Line) -> Iterator[Piece]:
    """Write the words and facts."""
    match line.kind:
        case LineKind.LOOP:
            yield Piece(line.words, Role.LOOP)
        case LineKind.PROBLEM:
            yield Piece(line.words, Role(line.tag))
        case LineKind.SUMMARY:
            yield Piece(line.words, Role.SUMMARY)
        case _:
            yield Piece(line.words, Role.WORDS)
            yield from _facts(line.facts)


def _facts(facts: Iterable[Fact]) -> Iterator[Piece]:
    separator = ": "
    for fact in facts:
        yield Piece(separator, Role.SPACE)
        yield from _fact(fact)
        separator = BETWEEN_FACTS


def _fact(fact: Fact) -> Iterator[Piece]:
    if fact.label:
        yield Piece(f"{fact.label} ", Role.LABEL)
    if fact.is_masked:
        yield Piece(fact.value, Role.MASKED)
    elif fact.meaning and not fact.label:
        yield Piece(fact.meaning, Role.VALUE)
    else:
        yield Piece(fact.value, Role.VALUE)
        if fact.meaning:
            yield Piece(f" ({fact.meaning})", Role.MEANING)


def plain_text(line: Line) -> str:
    """Write a line without colors."""
    return "".join(piece.text for piece in (*margin(line), *body(line))).rstrip()
