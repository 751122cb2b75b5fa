"""Repairs of form only: blanks, letter case, punctuation. At this one place, and never clinical.

A repair never changes a code into another code, nor an amount, a date, or a letter of a name. Each
is returned with its place, so that nothing is changed silently; what cannot be repaired by form
alone is left as it is, for the check to report.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from revcycle.formats.x12.explanations.segments import looks_like_tag
from revcycle.formats.x12.lexing import BLANKS, LINE_ENDS, Start, read_blocks
from revcycle.formats.x12.names.catalogue import element_of, has_components
from revcycle.formats.x12.repair_rules import RULES, Rule, Spot
from revcycle.formats.x12.segments import Delimiters

UNTOUCHED_TAGS: Final = frozenset({"IEA", "TA1", "K3"})  # envelope, and text of fixed form
ZIP_CODE: Final = ("N4", 3)
COUNTRY: Final = 4
# A segment without any of these has nothing to repair.
_SUSPICIOUS = re.compile(r"[a-z .()+/-]")


@dataclass(frozen=True, slots=True)
class Repair:
    """One value whose form was put right.

    Attributes:
        rule_id: Which rule, such as ``x12.repair_zip``.
        kind: What was done, in words; never the value.
        interchange: ISA13.
        transaction: ST02; empty outside of transactions.
        segment: The number of the segment in its transaction, ST being 1; 0 outside.
        tag: The segment id.
        element: From 1.
        component: From 1; 0 where the element has none.
        before: What stood there; may be a patient's.
        after: What stands there now; may be a patient's.
    """

    rule_id: str
    kind: str
    interchange: str
    transaction: str
    segment: int
    tag: str
    element: int
    component: int
    before: str = field(repr=False)
    after: str = field(repr=False)

    @property
    def subject(self) -> str:
        """The element as people write it: ``N403``, ``HI01-2``."""
        component = f"-{self.component}" if self.component else ""
        return f"{self.tag}{self.element:02d}{component}"


def repair(data: bytes) -> tuple[bytes, tuple[Repair, ...]]:
    """Put the form of a file right, and say what was changed.

    Everything else stays as it is, byte for byte: delimiters, line breaks, unknown segments. What
    was repaired needs no further repair.

    Raises:
        NotX12Error: there is no ISA.
    """
    text = data.decode("latin-1")  # one character a byte: nothing can fail or be lost
    repairer = _Repairer()
    pieces: list[str] = []
    done = 0
    for start in [block for block in read_blocks(data) if isinstance(block, Start)]:
        header = start.delimiters.element.join(start.header)
        at = text.index(header, done)
        pieces.append(repairer.body(text[done:at]))
        pieces.append(header)
        done = at + len(header)
        repairer.begin(start)
    pieces.append(repairer.body(text[done:]))
    return "".join(pieces).encode("latin-1"), tuple(repairer.repairs)


class _Repairer:
    """Goes through the text of a file and remembers where it is."""

    def __init__(self) -> None:
        self.repairs: list[Repair] = []
        self._delimiters: Delimiters | None = None
        self._interchange = ""
        self._transaction = ""
        self._position = 0

    def begin(self, start: Start) -> None:
        """Enter an interchange."""
        self._delimiters = start.delimiters
        self._interchange = start.header.get(13)
        self._transaction, self._position = "", 0

    def body(self, text: str) -> str:
        """Repair the segments of a text; before the first interchange there are none."""
        if self._delimiters is None:
            return text
        terminator = self._delimiters.terminator
        blanks = BLANKS.replace(terminator, "")
        return terminator.join(self._piece(piece, blanks) for piece in text.split(terminator))

    def _piece(self, piece: str, blanks: str) -> str:
        content = piece.lstrip(blanks)
        before = piece[: len(piece) - len(content)]
        content = content.rstrip(LINE_ENDS)
        after = piece[len(before) + len(content) :]
        return before + self._segment(content) + after if content else piece

    def _segment(self, content: str) -> str:
        delimiters = self._delimiters or Delimiters()
        elements = content.split(delimiters.element)
        tag = elements[0]
        self._count(tag, elements)
        is_data = looks_like_tag(tag) and tag not in UNTOUCHED_TAGS
        if is_data and _SUSPICIOUS.search(content, len(tag)):
            values = _Values(elements, delimiters)
            count = len(self.repairs)
            for rule in RULES if values.has_suspects else ():
                self._apply(rule, values)
            if len(self.repairs) > count:
                content = values.text()
        if tag == "SE":
            self._transaction, self._position = "", 0
        return content

    def _count(self, tag: str, elements: list[str]) -> None:
        if tag == "ST":
            self._transaction = elements[2].strip() if len(elements) > 2 else ""  # noqa: PLR2004 - ST02
            self._position = 1
        elif self._position:
            self._position += 1

    def _apply(self, rule: Rule, values: "_Values") -> None:
        for element, component, before, after in values.apply(rule):
            self.repairs.append(
                Repair(
                    rule.rule_id,
                    rule.kind,
                    self._interchange,
                    self._transaction,
                    self._position,
                    values.tag,
                    element,
                    component,
                    before,
                    after,
                )
            )


class _Values:
    """The values of one segment: by element, repetition and component."""

    def __init__(self, elements: list[str], delimiters: Delimiters) -> None:
        self.tag = elements[0]
        self._delimiters = delimiters
        self._forbidden = frozenset(delimiters.all())
        self._parts = [
            self._split(number, element) for number, element in enumerate(elements[1:], start=1)
        ]
        self._suspected = list(self._suspects())

    @property
    def has_suspects(self) -> bool:
        """Tell whether any rule could change anything."""
        return bool(self._suspected)

    def _split(self, number: int, element: str) -> list[list[str]]:
        repetition = self._delimiters.repetition
        is_separator = not (repetition.isalnum() or repetition.isspace())
        repeated = element.split(repetition) if is_separator else [element]
        if not has_components(self.tag, number):
            return [[one] for one in repeated]
        return [one.split(self._delimiters.component) for one in repeated]

    def _suspects(self) -> Iterator[tuple[int, int, list[str], int]]:
        """Find the values that a rule could change: element, component, and where they are."""
        for number, repetitions in enumerate(self._parts, start=1):
            is_composite = has_components(self.tag, number)
            for parts in repetitions:
                for index, value in enumerate(parts):
                    if _SUSPICIOUS.search(value):
                        yield number, index + 1 if is_composite else 0, parts, index

    def apply(self, rule: Rule) -> Iterator[tuple[int, int, str, str]]:
        """Apply a rule everywhere; yield element, component, and the value before and after."""
        for number, component, parts, index in self._suspected:
            before = parts[index]
            after = rule.apply(before, self._spot(number, component, parts))
            if after != before and self._forbidden.isdisjoint(after):
                parts[index] = after
                yield number, component, before, after

    def _spot(self, number: int, component: int, parts: list[str]) -> Spot:
        element = element_of(self.tag, number, component)
        if (self.tag, number) == ZIP_CODE:
            return Spot(element, self._value(COUNTRY), is_zip=True)
        if element.named_by is None:
            # the qualifier of a REF02 is not in the catalogue: it is always REF01
            return Spot(element, self._value(1) if self.tag == "REF" else "")
        at, at_component = element.named_by
        if at == number:
            return Spot(element, parts[at_component - 1] if at_component <= len(parts) else "")
        return Spot(element, self._value(at))

    def _value(self, number: int) -> str:
        return self._parts[number - 1][0][0] if number <= len(self._parts) else ""

    def text(self) -> str:
        """Write the segment."""
        delimiters = self._delimiters
        elements = [
            delimiters.repetition.join(delimiters.component.join(parts) for parts in repetitions)
            for repetitions in self._parts
        ]
        return delimiters.element.join([self.tag, *elements])
