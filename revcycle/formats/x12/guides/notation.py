"""Read the notation in which the guides are written (docs/reference/x12_guides.md)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from revcycle.formats.x12.guides.rules import (
    UNLIMITED,
    ComponentRule,
    ElementRule,
    LoopRule,
    SegmentRule,
    SyntaxNote,
)

INDENT = 2
NOT_USED = "N"
COMPOSITE = "COMP"
# 04..07?^10(01=AA,BB 02)  05=XX,!external  06~[0-9]{9}
TOKEN = re.compile(
    r"(?P<first>\d\d)(?:\.\.(?P<last>\d\d))?(?P<optional>\?)?(?:\^(?P<repeat>\d+))?"
    r"(?:\((?P<components>[^)]*)\)|=(?P<codes>[^ ~]+)|~(?P<pattern>\S+))?(?: |$)"
)
LOOP_LINE = re.compile(r"(loop|same) (\S+) ([RS]) (\*|\d+)(?: (.*))?")
SEGMENT_LINE = re.compile(r"([A-Z][A-Z0-9]+) ([RS]) (\*|\d+)(?: \|)?( .*)")


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What the standard says, whatever the guide: elements, segments, code lists.

    Attributes:
        elements: Type, shortest and longest by data element number.
        segments: Data elements by segment or composite, each with ``^n`` where it may repeat.
        notes: Conditions between elements, by segment.
        lists: Long code lists by name.
    """

    elements: Mapping[str, tuple[str, int, int]]
    segments: Mapping[str, tuple[str, ...]]
    notes: Mapping[str, tuple[SyntaxNote, ...]]
    lists: Mapping[str, frozenset[str]]


def logical_lines(text: str) -> Iterator[str]:
    """Drop comments and empty lines, and join a line with what continues it."""
    line = ""
    for raw in text.splitlines():
        if not raw.strip() or raw.startswith("#"):
            continue
        content = raw.strip()
        if content.startswith("|") and line:
            line += f" {content[1:].strip()}"
            continue
        if line:
            yield line
        line = raw
    if line:
        yield line


def read_elements(text: str) -> dict[str, tuple[str, int, int]]:
    """Read the list of data elements."""
    rows = (line.split() for line in logical_lines(text))
    return {number: (type_, int(low), int(high)) for number, type_, low, high in rows}


def read_blocks(text: str) -> dict[str, list[str]]:
    """Read names that are followed by words, in one line or in several indented ones."""
    blocks: dict[str, list[str]] = {}
    words: list[str] = []
    for line in logical_lines(text):
        if line.startswith(" "):
            words.extend(line.split())
        else:
            name, *words = line.split()
            blocks[name] = words
    return blocks


def read_segments(
    text: str,
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[SyntaxNote, ...]]]:
    """Read the elements and conditions of all segments."""
    segments, notes = {}, {}
    for tag, words in read_blocks(text).items():
        end = words.index("|") if "|" in words else len(words)
        segments[tag] = tuple(words[:end])
        notes[tag] = tuple(map(_note, words[end + 1 :]))
    return segments, notes


def read_lists(text: str) -> dict[str, frozenset[str]]:
    """Read the long code lists; ``_`` stands for a blank in a code."""
    blocks = read_blocks(text).items()
    return {name: frozenset(code.replace("_", " ") for code in codes) for name, codes in blocks}


def _note(text: str) -> SyntaxNote:
    numbers = text[1:]
    pairs = tuple(int(numbers[at : at + 2]) for at in range(0, len(numbers), 2))
    return SyntaxNote(text[0], pairs)


@dataclass(slots=True)
class _Loop:
    """A loop that is being read."""

    id: str
    usage: str
    max_use: int
    title: str
    children: list["SegmentRule | LoopRule"] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def add(self, child: "SegmentRule | LoopRule", place: int) -> None:
        self.children.append(child)
        self.places.append(place)

    def next_place(self, *, same: bool) -> int:
        last = self.places[-1] if self.places else 0
        return last if same else last + 1

    def finished(self) -> LoopRule:
        children, places = tuple(self.children), tuple(self.places)
        return LoopRule(self.id, self.usage, self.max_use, self.title, children, places)


def read_loops(lines: Sequence[str], dictionary: Dictionary) -> LoopRule:
    """Read the lines of a guide as the tree that their indentation shows."""
    return _GuideReader(lines, dictionary).root()


class _GuideReader:
    def __init__(self, lines: Sequence[str], dictionary: Dictionary) -> None:
        self._lines = lines
        self._at = 0
        self._dictionary = dictionary
        self._finished: dict[str, LoopRule] = {}
        self._segments: dict[str, SegmentRule] = {}

    def root(self) -> LoopRule:
        root = _Loop("", "R", 1, "Transaction")
        self._read_children(root, 0)
        return root.finished()

    def _read_children(self, loop: _Loop, depth: int) -> None:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            content = line.lstrip()
            if len(line) - len(content) < depth * INDENT:
                return
            self._at += 1
            same = content.startswith("& ")
            place = loop.next_place(same=same)
            loop.add(self._child(content[2:] if same else content, depth), place)

    def _child(self, content: str, depth: int) -> SegmentRule | LoopRule:
        found = LOOP_LINE.fullmatch(content)
        if found is None:
            return self._segment(content)
        word, loop_id, usage, max_use, title = found.groups()
        loop = _Loop(loop_id, usage, _count(max_use), title or "")
        if word == "same":
            model = self._finished[loop_id]
            loop.title, loop.children = model.title, list(model.children)
            loop.places = list(model.places)
        else:
            self._read_children(loop, depth + 1)
        self._finished[loop_id] = loop.finished()
        return self._finished[loop_id]

    def _segment(self, content: str) -> SegmentRule:
        """Read a segment line; equal lines give one rule, which is then compiled once."""
        if content not in self._segments:
            found = SEGMENT_LINE.fullmatch(content)
            if found is None:
                msg = f"not a line of a guide: {content}"
                raise ValueError(msg)
            tag, usage, max_use, tokens = found.groups()
            elements = self._elements(tag, tokens)
            notes = self._dictionary.notes[tag]
            self._segments[content] = SegmentRule(tag, usage, _count(max_use), elements, notes)
        return self._segments[content]

    def _elements(self, tag: str, tokens: str) -> tuple[ElementRule, ...]:
        used = dict(_tokens(tokens))
        names = self._dictionary.segments[tag]
        return tuple(
            self._element(number, name, used.get(number))
            for number, name in enumerate(names, start=1)
        )

    def _element(self, number: int, name: str, token: re.Match[str] | None) -> ElementRule:
        data_element, _, repeat = name.partition("^")
        is_composite = data_element in self._dictionary.segments or data_element.startswith("C")
        type_, low, high = (COMPOSITE, 0, 0)
        if not is_composite:
            type_, low, high = self._dictionary.elements[data_element]
        if token is None:
            return ElementRule(number, NOT_USED, data_element, type_, low, high)
        times = int(token["repeat"] or repeat or 1)
        codes, external = self._codes(token["codes"])
        components = self._components(data_element, token["components"]) if is_composite else ()
        return ElementRule(
            number,
            _usage(token),
            data_element,
            type_,
            low,
            high,
            codes,
            external,
            token["pattern"] or "",
            times,
            components,
        )

    def _components(self, data_element: str, tokens: str | None) -> tuple[ComponentRule, ...]:
        used = dict(_tokens(tokens or ""))
        names = self._dictionary.segments[data_element]
        return tuple(
            self._component(number, name, used.get(number))
            for number, name in enumerate(names, start=1)
        )

    def _component(self, number: int, name: str, token: re.Match[str] | None) -> ComponentRule:
        type_, low, high = self._dictionary.elements[name]
        if token is None:
            return ComponentRule(number, NOT_USED, name, type_, low, high)
        codes, external = self._codes(token["codes"])
        pattern = token["pattern"] or ""
        return ComponentRule(
            number, _usage(token), name, type_, low, high, codes, external, pattern
        )

    def _codes(self, text: str | None) -> tuple[frozenset[str] | None, str]:
        codes: set[str] = set()
        external = ""
        for word in text.split(",") if text else ():
            if word.startswith("!"):
                external = word[1:]
            elif word.startswith("@"):
                codes |= self._dictionary.lists[word[1:]]
            else:
                codes.add(word)
        return frozenset(codes) if codes else None, external


def _tokens(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    text = text.strip()
    at = 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            msg = f"not an element of a guide: {text[at:]}"
            raise ValueError(msg)
        at = found.end()
        first = int(found["first"])
        for number in range(first, int(found["last"] or first) + 1):
            yield number, found


def _usage(token: re.Match[str]) -> str:
    return "S" if token["optional"] else "R"


def _count(text: str) -> int:
    return UNLIMITED if text == "*" else int(text)
