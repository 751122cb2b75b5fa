"""A file of HL7 v2 messages, split into messages, segments and fields."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import hl7

from models.errors import RejectedError
from revcycle.formats.hl7v2.elements import Segment, Separators

_ENVELOPE: Final = ("FHS", "BHS", "BTS", "FTS")
_SEGMENT: Final = re.compile(r"[A-Z][A-Z0-9]{2}(?=[^A-Za-z0-9\s]|$)")
_MLLP: Final = str.maketrans({"\x0b": "\r", "\x1c": "\r"})  # frame marks some interfaces leave in


@dataclass(slots=True, repr=False)
class RawMessage:
    """The lines of one message.

    Attributes:
        lines: One segment each; empty when lines stood before the first MSH.
        joined: How many lines were no segment and were joined to the one before.
    """

    lines: list[str] = field(default_factory=list)
    joined: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """One parsed message."""

    segments: tuple[Segment, ...]

    def list_segments(self, tag: str) -> tuple[Segment, ...]:
        """List the segments with this tag, in order."""
        return tuple(segment for segment in self.segments if segment.tag == tag)

    def segment(self, tag: str) -> Segment:
        """Return the first segment with this tag, or one in which every field is empty."""
        return next((found for found in self.segments if found.tag == tag), Segment(tag, ()))


def split_messages(data: bytes) -> tuple[tuple[RawMessage, ...], int | None]:
    """Split a file at its MSH segments; also return how many messages its trailers promise.

    Segments may end with CR, LF or CRLF; batch and file envelopes are read over. The text ``MSH``
    inside a field starts nothing.

    Raises:
        RejectedError: there is no MSH segment.
    """
    lines = re.split(r"[\r\n]+", _decode(data).translate(_MLLP))
    messages: list[RawMessage] = []
    promised: int | None = None
    for line in lines:
        text = line.lstrip("\ufeff").rstrip()
        if text[:3] == "BTS" and _SEGMENT.match(text):
            promised = (promised or 0) + _count(text)
        if not text or text[:3] in _ENVELOPE:
            continue
        _add_line(messages, text)
    if not any(message.lines[0].startswith("MSH") for message in messages):
        msg = "the file holds no HL7 v2 message: no segment is an MSH"
        raise RejectedError(msg)
    return tuple(messages), promised


def _add_line(messages: list[RawMessage], text: str) -> None:
    if text.startswith("MSH") and _SEGMENT.match(text):
        messages.append(RawMessage([text]))
    elif not messages:
        messages.append(RawMessage([text]))  # before any MSH: a record that cannot be read
    elif _SEGMENT.match(text):
        messages[-1].lines.append(text)
    else:  # a line break inside a field
        messages[-1].lines[-1] += f" {text}"
        messages[-1].joined += 1


def parse_message(raw: RawMessage) -> Message:
    """Parse the segments of one message.

    Raises:
        ValueError: it does not begin with an MSH, or its encoding characters are unusable.
    """
    try:
        parsed = hl7.parse("\r".join(raw.lines))
    except (hl7.HL7Exception, ValueError, IndexError, AssertionError):
        msg = "the message does not begin with a usable MSH segment"
        raise ValueError(msg) from None
    # hl7 keeps the separators as: segment, field, repetition, component, subcomponent
    _, field_mark, repetition, component, subcomponent = parsed.separators
    separators = Separators(field_mark, repetition, component, subcomponent, parsed.esc or "\\")
    return Message(tuple(_segments(parsed, separators)))


def _segments(parsed: Iterable[Sequence[object]], separators: Separators) -> Iterator[Segment]:
    for segment in parsed:
        fields = tuple(str(field) for field in segment)
        yield Segment(fields[0].strip(), fields, separators)


def _count(trailer: str) -> int:
    """Read BTS-1, the number of messages in a batch."""
    parts = trailer.split(trailer[3]) if len(trailer) > len("BTS") else []
    return int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else 0


def _decode(data: bytes) -> str:
    """Decode UTF-8, else Windows-1252 with Latin-1 for what that lacks: every byte is something."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
