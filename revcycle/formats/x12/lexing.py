"""From bytes to the text of segments, block by block, so that a file of any size fits."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from revcycle.formats.x12.segments import (
    COMPONENT_SEPARATOR_AT,
    ELEMENT_SEPARATOR_AT,
    ISA_LENGTH,
    Delimiters,
    NotX12Error,
    Segment,
)

BLANKS = "\r\n\t "  # may stand between a terminator and the next segment
LINE_ENDS = "\r\n"
BLANKS_MAX = 100  # of them before an ISA
ISA_ELEMENTS = 16
NO_REPETITION = "U"  # what ISA11 says where nothing may repeat
ISA_LENGTH_MAX = 160  # of a header whose elements have not their fixed widths
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_START = re.compile(r"ISA([^A-Za-z0-9 \t\r\n])")  # not \s: 1D hex, a separator, is in it


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read before reading stops and says so.

    Attributes:
        bytes_max: Of the whole file.
        segments_max: Of one transaction.
        element_length_max: Characters of one segment; nothing in the guides comes near it.
        is_overdue: Asked once a block; the caller owns the clock.
        block_bytes: How much is read at a time.
    """

    bytes_max: int = 1 << 34
    segments_max: int = 5_000_000
    element_length_max: int = 1_000_000
    is_overdue: Callable[[], bool] | None = None
    block_bytes: int = 1 << 20


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Start:
    """An ISA was found; what follows is held together by its delimiters."""

    header: Segment
    delimiters: Delimiters


@dataclass(frozen=True, slots=True)
class Stop:
    """Reading ended before the file did, and why."""

    reason: str


Block = Start | Stop | list[str]


def read_blocks(source: bytes | BinaryIO, limits: Limits = NO_LIMITS) -> Iterator[Block]:
    """Yield the text of segments in blocks, and a ``Start`` before those of each interchange.

    What stands before the first ISA comes before the first ``Start``: it is not dropped.

    Raises:
        NotX12Error: the file holds no ISA.
    """
    lexer = _Lexer(BytesIO(source) if isinstance(source, bytes) else source, limits)
    yield from lexer.blocks()


class _Lexer:
    """Holds the text that was read and not yet cut; it begins where a segment begins."""

    def __init__(self, source: BinaryIO, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._text = ""
        self._bytes = 0

    def blocks(self) -> Iterator[Block]:
        if leading := self._skip_to_header():
            yield [leading]
        delimiters, length = _delimiters_of(self._text)
        while length:
            header = self._text[:length].removesuffix(delimiters.terminator)
            yield Start(Segment(header.split(delimiters.element)), delimiters)
            self._text = self._text[length:]
            yield from self._body(delimiters)
            delimiters, length = _delimiters_of(self._text, delimiters)

    def _skip_to_header(self) -> str:
        """Bring the first whole ISA to the front; return the text before it."""
        while self._read_more():
            found = _START.search(self._text)
            if found and len(self._text) - found.start() >= ISA_LENGTH_MAX:
                break
        found = _START.search(self._text)
        if found is None or self._text.count(found[1], found.start()) < ISA_ELEMENTS:
            msg = "no ISA segment with its sixteen elements found"
            raise NotX12Error(msg)
        leading, self._text = self._text[: found.start()], self._text[found.start() :]
        return leading.strip()

    def _body(self, delimiters: Delimiters) -> Iterator[Block]:
        """Yield the segments up to the next ISA, which then begins the text, or to the end."""
        while self._text or self._read_more():
            while (end := _next_header(self._text, delimiters.terminator)) < 0:
                yield self._cut(self._text.rfind(delimiters.terminator) + 1, delimiters)
                if reason := self._exceeded():
                    self._text = ""
                    yield Stop(reason)
                    return
                if not self._read_more():
                    yield self._cut(len(self._text), delimiters)
                    return
            yield self._cut(end, delimiters)
            while len(self._text) < ISA_LENGTH_MAX and self._read_more():
                pass
            if _delimiters_of(self._text)[1]:
                return
            yield self._cut(len(self._text), delimiters)  # a header that was cut off

    def _cut(self, length: int, delimiters: Delimiters) -> list[str]:
        body, self._text = self._text[:length], self._text[length:]
        return split_pieces(body, delimiters.terminator)

    def _read_more(self) -> bool:
        block = self._source.read(self._limits.block_bytes)
        if self._bytes == 0:
            block = block.removeprefix(BYTE_ORDER_MARK)
        self._bytes += len(block)
        self._text += block.decode("latin-1")  # one character a byte: nothing can fail or be lost
        return bool(block)

    def _exceeded(self) -> str:
        limits = self._limits
        if self._bytes > limits.bytes_max:
            return f"the file is larger than {limits.bytes_max} bytes"
        if len(self._text) > limits.element_length_max:
            return f"a segment is longer than {limits.element_length_max} characters"
        if limits.is_overdue is not None and limits.is_overdue():
            return "reading took longer than it may"
        return ""


def _next_header(text: str, terminator: str) -> int:
    """Find the next ISA, which begins the text or follows a terminator; LISA* is a name."""
    blanks = BLANKS.replace(terminator, "")
    for found in _START.finditer(text):
        before = text[max(0, found.start() - BLANKS_MAX) : found.start()].rstrip(blanks)
        if not before or before.endswith(terminator):
            return found.start()
    return -1


def _delimiters_of(
    text: str,
    otherwise: Delimiters = Delimiters(),  # noqa: B008 - frozen
) -> tuple[Delimiters, int]:
    """Take the delimiters from the ISA that begins a text, and its length; 0 if it is not whole.

    The fixed positions count. Where a sender has not kept the widths, the sixteenth separator
    shows where the component separator and the terminator stand.
    """
    if len(text) >= ISA_LENGTH and _is_at_fixed_positions(text):
        return Delimiters.of_isa(text), ISA_LENGTH
    parts = text[:ISA_LENGTH_MAX].split(text[3:4] or "*", ISA_ELEMENTS)
    if len(parts) <= ISA_ELEMENTS or len(parts[-1]) < 2:  # noqa: PLR2004 - separator, terminator
        return otherwise, 0
    last = parts[-1]
    repetition = parts[11][:1] or NO_REPETITION
    found = Delimiters(text[3], repetition, component=last[0], terminator=last[1])
    return found, sum(map(len, parts[:-1])) + ISA_ELEMENTS + 2


def _is_at_fixed_positions(text: str) -> bool:
    separator = text[ELEMENT_SEPARATOR_AT]
    header = text[:ISA_LENGTH]
    return (
        header.count(separator) == ISA_ELEMENTS and header[COMPONENT_SEPARATOR_AT - 1] == separator
    )


def split_pieces(body: str, terminator: str) -> list[str]:
    """Cut text at the terminators; line breaks and indentation between segments are no data."""
    body = body.lstrip(BLANKS)
    for line_end in ("\r\n", "\n", "\r"):
        if line_end in body and line_end != terminator:
            body = body.replace(terminator + line_end, terminator)
    pieces = body.split(terminator)
    if any(blank in body for blank in ("\n", "\r", terminator + " ", terminator + "\t")):
        pieces = [piece.lstrip(BLANKS).rstrip(LINE_ENDS) for piece in pieces]
    elif terminator * 2 not in body:  # as in nearly every file: only the last piece is empty
        return pieces if pieces[-1] else pieces[:-1]
    return [piece for piece in pieces if piece]
