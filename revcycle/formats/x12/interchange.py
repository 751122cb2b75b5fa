"""Interchanges: ISA to IEA, with the groups and transactions inside them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from revcycle.formats.x12.collector import collector_paused
from revcycle.formats.x12.segments import ISA_LENGTH, Delimiters, NotX12Error, Segment

BLANKS = "\r\n\t "  # may stand between a terminator and the next segment
ENVELOPE_TAGS = frozenset({"GS", "ST", "GE", "IEA"})  # begin or end what holds transactions


@dataclass(slots=True)
class Transaction:
    """ST to SE. ``segments`` holds everything between, ST and SE included."""

    kind: str  # ST01: 837, 835 ...
    control_number: str  # ST02
    version: str  # ST03, or GS08 where ST03 is not used
    segments: list[Segment] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """GS to GE."""

    header: Segment
    transactions: list[Transaction] = field(default_factory=list)
    trailer: Segment | None = None

    @property
    def functional_code(self) -> str:
        """GS01: HC, HP, HS ..."""
        return self.header.get(1)

    @property
    def control_number(self) -> str:
        """GS06."""
        return self.header.get(6)

    @property
    def version(self) -> str:
        """GS08."""
        return self.header.get(8)


@dataclass(slots=True)
class Interchange:
    """ISA to IEA. ``loose`` holds segments outside any group or transaction: TA1, strays."""

    header: Segment
    delimiters: Delimiters
    groups: list[Group] = field(default_factory=list)
    loose: list[Segment] = field(default_factory=list)
    trailer: Segment | None = None

    @property
    def control_number(self) -> str:
        """ISA13."""
        return self.header.get(13)

    @property
    def sender_id(self) -> str:
        """ISA06 without its padding."""
        return self.header.get(6).strip()

    @property
    def receiver_id(self) -> str:
        """ISA08 without its padding."""
        return self.header.get(8).strip()

    @property
    def transactions(self) -> Iterator[Transaction]:
        """Every transaction of every group."""
        return (transaction for group in self.groups for transaction in group.transactions)


def decode(data: bytes) -> str:
    """Turn bytes into text one to one, without a byte order mark."""
    return data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


@collector_paused()
def read_interchanges(data: bytes) -> list[Interchange]:
    """Read every interchange of a file; tolerant of line breaks, several ISA, GS and ST.

    Nothing is judged here: a missing trailer is simply ``None``.

    Raises:
        NotX12Error: the file holds no ISA of full length.
    """
    text = decode(data)
    start = text.find("ISA")
    if start < 0 or len(text) - start < ISA_LENGTH:
        msg = "no ISA segment of 106 characters found"
        raise NotX12Error(msg)
    interchanges = []
    while start >= 0 and len(text) - start >= ISA_LENGTH:
        delimiters = Delimiters.of_isa(text[start:])
        following = _next_start(text, start + ISA_LENGTH - 1, delimiters.terminator)
        body = text[start : following if following >= 0 else len(text)]
        interchanges.append(_read_one(body, delimiters))
        start = following
    return interchanges


def _next_start(text: str, start: int, terminator: str) -> int:
    """Find the next ISA, which only follows a terminator; LISA* is a name. -1 without any."""
    found = re.compile(rf"{re.escape(terminator)}\s*(ISA[^A-Za-z0-9\s])").search(text, start)
    return found.start(1) if found else -1


def _read_one(text: str, delimiters: Delimiters) -> Interchange:
    header, *pieces = text.split(delimiters.terminator)
    interchange = Interchange(_segment(header, delimiters), delimiters)
    group: Group | None = None
    transaction: Transaction | None = None
    for piece in pieces:
        if not (content := piece.strip(BLANKS)):
            continue
        tag, *elements = content.split(delimiters.element)
        if transaction is not None and tag not in ENVELOPE_TAGS:
            segments = transaction.segments
            segments.append(Segment(tag, tuple(elements), len(segments) + 1))
            if tag == "SE":
                transaction = None
            continue
        segment = Segment(tag, tuple(elements))
        if tag == "GS":
            group, transaction = Group(segment), None
            interchange.groups.append(group)
        elif tag == "ST" and group is not None:
            transaction = _open_transaction(segment, group)
        elif tag == "GE" and group is not None:
            group.trailer, group, transaction = segment, None, None
        elif tag == "IEA":
            interchange.trailer, group, transaction = segment, None, None
        else:
            interchange.loose.append(segment)
    return interchange


def _segment(text: str, delimiters: Delimiters) -> Segment:
    tag, *elements = text.strip(BLANKS).split(delimiters.element)
    return Segment(tag, tuple(elements))


def _open_transaction(start: Segment, group: Group) -> Transaction:
    version = start.get(3) or group.version
    transaction = Transaction(start.get(1), start.get(2), version, [start._replace(position=1)])
    group.transactions.append(transaction)
    return transaction


@dataclass(frozen=True, slots=True)
class Envelope:
    """Everything that ISA and GS say about a file we write."""

    sender_qualifier: str  # ISA05: ZZ, 30 ...
    sender_id: str  # ISA06, at most 15
    receiver_qualifier: str
    receiver_id: str
    control_number: int  # ISA13, and GS06: one group per file
    created_at: datetime
    usage: str = "T"  # ISA15: P production, T test
    group_sender: str = ""  # GS02, where it differs from ISA06
    group_receiver: str = ""


def write_interchange(
    envelope: Envelope,
    functional_code: str,
    version: str,
    transactions: Sequence[Sequence[Segment]],
    delimiters: Delimiters = Delimiters(),  # noqa: B008 - frozen
) -> bytes:
    """Wrap transactions (without ST and SE) in one group and one interchange.

    ST03 is written except for the 835, which does not use it. Each segment ends with a line
    break after its terminator, which every reader must skip and people are glad of.
    """
    segments = [_isa(envelope, delimiters), _gs(envelope, functional_code, version)]
    for number, body in enumerate(transactions, start=1):
        segments.extend(_framed(body, number, functional_code, version))
    segments.append(Segment("GE", (str(len(transactions)), str(envelope.control_number))))
    segments.append(Segment("IEA", ("1", f"{envelope.control_number:09d}")))
    return render(segments, delimiters)


def write_loose_segments(
    envelope: Envelope,
    segments: Sequence[Segment],
    delimiters: Delimiters = Delimiters(),  # noqa: B008 - frozen
) -> bytes:
    """Wrap segments that belong to no group, such as TA1, in an interchange without groups."""
    trailer = Segment("IEA", ("0", f"{envelope.control_number:09d}"))
    return render([_isa(envelope, delimiters), *segments, trailer], delimiters)


def render(segments: Sequence[Segment], delimiters: Delimiters) -> bytes:
    """Write segments, without trailing empty elements (ISA keeps all of its own)."""
    lines = []
    for segment in segments:
        elements = [segment.tag, *segment.elements]
        while not elements[-1]:
            elements.pop()
        lines.append(delimiters.element.join(elements) + delimiters.terminator + "\n")
    return "".join(lines).encode("latin-1")


TRANSACTION_KINDS = {
    "HC": "837",
    "HP": "835",
    "HS": "270",
    "HB": "271",
    "HR": "276",
    "HN": "277",
    "FA": "999",
}


def _framed(
    body: Sequence[Segment], number: int, functional_code: str, version: str
) -> Iterator[Segment]:
    control_number = f"{number:04d}"
    start = (TRANSACTION_KINDS[functional_code], control_number)
    yield Segment("ST", start if functional_code == "HP" else (*start, version))
    yield from body
    yield Segment("SE", (str(len(body) + 2), control_number))


def _isa(envelope: Envelope, delimiters: Delimiters) -> Segment:
    return Segment(
        "ISA",
        (
            "00",
            " " * 10,
            "00",
            " " * 10,
            envelope.sender_qualifier,
            envelope.sender_id.ljust(15),
            envelope.receiver_qualifier,
            envelope.receiver_id.ljust(15),
            f"{envelope.created_at:%y%m%d}",
            f"{envelope.created_at:%H%M}",
            delimiters.repetition,
            "00501",
            f"{envelope.control_number:09d}",
            "1",
            envelope.usage,
            delimiters.component,
        ),
    )


def _gs(envelope: Envelope, functional_code: str, version: str) -> Segment:
    return Segment(
        "GS",
        (
            functional_code,
            envelope.group_sender or envelope.sender_id,
            envelope.group_receiver or envelope.receiver_id,
            f"{envelope.created_at:%Y%m%d}",
            f"{envelope.created_at:%H%M}",
            str(envelope.control_number),
            "X",
            version,
        ),
    )
