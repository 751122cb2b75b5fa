"""Interchanges: ISA to IEA, with the groups and transactions inside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import compress, count
from operator import itemgetter
from typing import BinaryIO

from revcycle.formats.x12.collector import collector_paused
from revcycle.formats.x12.lexing import NO_LIMITS, Limits, Start, Stop, read_blocks
from revcycle.formats.x12.segments import Delimiters, Segment, segment

ENVELOPE_TAGS = frozenset({"GS", "ST", "SE", "GE", "IEA"})  # begin or end what holds transactions


@dataclass(slots=True)
class Transaction:
    """ST to SE.

    A reader of whole files goes through ``each()`` and keeps what it needs: to hold half a
    million segments at once costs more than to make them. Everybody else asks for ``segments``.
    """

    kind: str  # ST01: 837, 835 ...
    control_number: str  # ST02
    version: str  # ST03, or GS08 where ST03 is not used
    separator: str
    pieces: list[str] = field(default_factory=list)  # the text of the segments, ST and SE included
    _segments: list[Segment] = field(default_factory=list, compare=False)
    _positions: dict[int, int] = field(default_factory=dict, compare=False)

    def each(self) -> Iterator[Segment]:
        """Make the segments one by one; the first is ST and has position 1."""
        separator = self.separator
        return (Segment(piece.split(separator)) for piece in self.pieces)

    @property
    def segments(self) -> list[Segment]:
        """Everything between ST and SE, both included; made once."""
        if len(self._segments) != len(self.pieces):
            self._segments = list(self.each())
        return self._segments

    def position_of(self, wanted: Segment) -> int:
        """Tell the number of one of ``segments``, ST being 1; 0 for any other.

        Asked only when there is something to report, so that no segment carries its number.
        """
        if len(self._positions) != len(self._segments):
            self._positions = {id(one): place for place, one in enumerate(self._segments, start=1)}
        return self._positions.get(id(wanted), 0)


@dataclass(slots=True)
class Group:
    """GS to GE. ``count`` is how many transactions it held, kept or not."""

    header: Segment
    transactions: list[Transaction] = field(default_factory=list)
    trailer: Segment | None = None
    count: int = 0

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
    """ISA to IEA.

    Attributes:
        loose: Segments outside any group or transaction: TA1, strays, what follows IEA.
        count: How many groups it held, kept or not.
        stopped: Why reading ended before the interchange did; empty if it did not.
    """

    header: Segment
    delimiters: Delimiters
    groups: list[Group] = field(default_factory=list)
    loose: list[Segment] = field(default_factory=list)
    trailer: Segment | None = None
    count: int = 0
    stopped: str = ""

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


@dataclass(frozen=True, slots=True)
class Passage:
    """What a walk through a file comes by: a transaction, or the end of what held some.

    Attributes:
        group: None at the end of the interchange.
        transaction: None at the end of the group.
    """

    interchange: Interchange
    group: Group | None = None
    transaction: Transaction | None = None


@collector_paused()
def read_interchanges(data: bytes, limits: Limits = NO_LIMITS) -> list[Interchange]:
    """Read every interchange of a file; tolerant of line breaks, several ISA, GS and ST.

    Nothing is judged here: a missing trailer is simply ``None``.

    Raises:
        NotX12Error: the file holds no ISA.
    """
    interchanges: list[Interchange] = []
    for passage in walk_file(data, limits):
        if passage.transaction is not None and passage.group is not None:
            passage.group.transactions.append(passage.transaction)
        elif passage.group is not None:
            passage.interchange.groups.append(passage.group)
        else:
            interchanges.append(passage.interchange)
    return interchanges


def walk_file(source: bytes | BinaryIO, limits: Limits = NO_LIMITS) -> Iterator[Passage]:
    """Walk a file transaction by transaction; only the present one is held in memory.

    Groups and interchanges come once more when they are over, with their trailers.

    Raises:
        NotX12Error: the file holds no ISA.
    """
    walker: _Walker | None = None
    leading: list[Segment] = []
    for block in read_blocks(source, limits):
        if isinstance(block, Start):
            if walker is not None:
                yield from walker.close()
            walker = _Walker(Interchange(block.header, block.delimiters, loose=leading), limits)
            leading = []
        elif isinstance(block, Stop):
            if walker is not None:
                walker.interchange.stopped = block.reason
        elif walker is not None:
            yield from walker.feed(block)
        else:
            leading.extend(Segment((text,)) for text in block)
    if walker is not None:
        yield from walker.close()


# Every segment of a file is asked this, so that not even a comprehension is in the way.
_two_letters = itemgetter(slice(2))
_may_be_envelope = frozenset(tag[:2] for tag in ENVELOPE_TAGS).__contains__


class _Walker:
    """Sorts the segments of one interchange into its groups and transactions."""

    def __init__(self, interchange: Interchange, limits: Limits) -> None:
        self.interchange = interchange
        self._segments_max = limits.segments_max
        self._group: Group | None = None
        self._transaction: Transaction | None = None

    def feed(self, pieces: list[str]) -> Iterator[Passage]:
        """Sort the next pieces; what they complete comes out."""
        start = 0
        separator = self.interchange.delimiters.element
        for index in compress(count(), map(_may_be_envelope, map(_two_letters, pieces))):
            one = Segment(pieces[index].split(separator))
            if one[0] in ENVELOPE_TAGS:
                self._keep(pieces[start:index])
                yield from self._turn(one, pieces[index])
                start = index + 1
        self._keep(pieces[start:])

    def close(self) -> Iterator[Passage]:
        """End whatever is still open, and the interchange itself."""
        yield from self._end_group()
        yield Passage(self.interchange)

    def _keep(self, pieces: list[str]) -> None:
        if self._transaction is None:
            separator = self.interchange.delimiters.element
            self.interchange.loose.extend(Segment(piece.split(separator)) for piece in pieces)
        elif len(self._transaction.pieces) + len(pieces) <= self._segments_max:
            self._transaction.pieces.extend(pieces)
        elif pieces:
            reason = f"a transaction has more than {self._segments_max} segments"
            self.interchange.stopped = self.interchange.stopped or reason

    def _turn(self, one: Segment, piece: str) -> Iterator[Passage]:
        tag = one[0]
        if tag == "SE" and self._transaction is not None:
            self._transaction.pieces.append(piece)
            yield from self._end_transaction()
        elif tag == "GS":
            yield from self._end_group()
            self._group = Group(one)
            self.interchange.count += 1
        elif tag == "ST" and self._group is not None:
            yield from self._end_transaction()
            self._open_transaction(one, piece, self._group)
        elif tag == "GE" and self._group is not None:
            yield from self._end_transaction()
            self._group.trailer = one
            yield from self._end_group()
        elif tag == "IEA" and self.interchange.trailer is None:
            yield from self._end_group()
            self.interchange.trailer = one
        else:
            self._keep([piece])

    def _open_transaction(self, start: Segment, piece: str, group: Group) -> None:
        version = start.get(3) or group.version
        separator = self.interchange.delimiters.element
        self._transaction = Transaction(
            start.get(1), start.get(2), version, separator, pieces=[piece]
        )
        group.count += 1

    def _end_transaction(self) -> Iterator[Passage]:
        if self._transaction is not None:
            yield Passage(self.interchange, self._group, self._transaction)
            self._transaction = None

    def _end_group(self) -> Iterator[Passage]:
        yield from self._end_transaction()
        if self._group is not None:
            yield Passage(self.interchange, self._group)
            self._group = None


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
    acknowledgement: str = "1"  # ISA14: 1 asks for a TA1, 0 does not


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
    segments.append(segment("GE", str(len(transactions)), str(envelope.control_number)))
    segments.append(segment("IEA", "1", f"{envelope.control_number:09d}"))
    return render(segments, delimiters)


def envelope_start(
    envelope: Envelope,
    functional_code: str,
    version: str,
    delimiters: Delimiters = Delimiters(),  # noqa: B008 - frozen
) -> tuple[Segment, Segment]:
    """Make ISA and GS for a writer that frames its transactions itself."""
    return _isa(envelope, delimiters), _gs(envelope, functional_code, version)


def write_loose_segments(
    envelope: Envelope,
    segments: Sequence[Segment],
    delimiters: Delimiters = Delimiters(),  # noqa: B008 - frozen
) -> bytes:
    """Wrap segments that belong to no group, such as TA1, in an interchange without groups."""
    trailer = segment("IEA", "0", f"{envelope.control_number:09d}")
    return render([_isa(envelope, delimiters), *segments, trailer], delimiters)


def render(segments: Sequence[Segment], delimiters: Delimiters) -> bytes:
    """Write segments, without trailing empty elements (ISA keeps all of its own)."""
    separator = delimiters.element
    lines = [separator.join(one).rstrip(separator) for one in segments]
    end = delimiters.terminator + "\n"
    return (end.join(lines) + end).encode("latin-1")


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
    yield segment("ST", *(start if functional_code == "HP" else (*start, version)))
    yield from body
    yield segment("SE", str(len(body) + 2), control_number)


def _isa(envelope: Envelope, delimiters: Delimiters) -> Segment:
    return segment(
        "ISA",
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
        envelope.acknowledgement,
        envelope.usage,
        delimiters.component,
    )


def _gs(envelope: Envelope, functional_code: str, version: str) -> Segment:
    return segment(
        "GS",
        functional_code,
        envelope.group_sender or envelope.sender_id,
        envelope.group_receiver or envelope.receiver_id,
        f"{envelope.created_at:%Y%m%d}",
        f"{envelope.created_at:%H%M}",
        str(envelope.control_number),
        "X",
        version,
    )
