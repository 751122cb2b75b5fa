"""Explains a file the way a person would read it: line by line, in words, as a stream.

Whatever may be a patient's is masked unless the caller asks for it. Nothing is raised on data.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import BinaryIO

from models.documents.finding import Severity
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.explanations.loops import OpenLoop, with_loops
from revcycle.formats.x12.explanations.masking import Setting
from revcycle.formats.x12.explanations.segments import Fact, facts_of, printable, tag_of
from revcycle.formats.x12.explanations.selection import claim_positions
from revcycle.formats.x12.explanations.totals import ProblemCount, Totals
from revcycle.formats.x12.interchange import Group, Interchange, Transaction, walk_file
from revcycle.formats.x12.judging import Judge, nothing_wrong
from revcycle.formats.x12.lexing import NO_LIMITS, Limits
from revcycle.formats.x12.names.catalogue import segment_qualifier, segment_words
from revcycle.formats.x12.segments import Delimiters, Segment

ENVELOPE_DEPTH = 0
GROUP_DEPTH = 1
TRANSACTION_DEPTH = 2


class LineKind(StrEnum):
    """What a line of an explanation is about."""

    ENVELOPE = "envelope"  # ISA, IEA, GS, GE and what stands outside of transactions
    LOOP = "loop"  # a loop begins
    SEGMENT = "segment"  # a segment of a transaction
    PROBLEM = "problem"  # a diagnostic, below the segment concerned
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One line of an explanation.

    Attributes:
        kind: What it is about.
        depth: How far it is indented.
        position: The number of the segment, counted from ST as 1; 0 outside of transactions.
        tag: Such as ``REF*G1``; of a loop its id; of a problem ``error``, ``warning`` or ``note``.
        words: What it is; of a problem what is wrong.
        facts: The elements.
    """

    kind: LineKind
    depth: int
    position: int = 0
    tag: str = ""
    words: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a file is to be explained.

    Attributes:
        show_phi: Show what may be a patient's, too.
        claim: Only the claim with this control number, and the levels it hangs under.
        segment: Only the segment of this number in each transaction.
    """

    show_phi: bool = False
    claim: str = field(default="", repr=False)
    segment: int = 0

    @property
    def is_part(self) -> bool:
        """Tell whether only a part of the file is wanted."""
        return bool(self.claim or self.segment)


EVERYTHING = Wanted()


def explain(
    source: bytes | BinaryIO,
    judge: Judge = nothing_wrong,
    wanted: Wanted = EVERYTHING,
    limits: Limits = NO_LIMITS,
) -> Iterator[Line]:
    """Explain a file transaction by transaction; the summary comes last.

    Args:
        source: The file, or an open one that is read as far as needed.
        judge: Says what is wrong with each part; it is told below the segment concerned.
        wanted: What to show.
        limits: Where to stop reading.

    Raises:
        NotX12Error: there is no ISA.
    """
    yield from _Explainer(judge, wanted).lines(source, limits)


class _Explainer:
    """Keeps what was already said of the file while it goes by."""

    def __init__(self, judge: Judge, wanted: Wanted) -> None:
        self._wanted = wanted
        self._judge = judge
        self._problems = ProblemCount()
        self._totals = Totals()
        self._interchange: Interchange | None = None
        self._group: Group | None = None
        self._loose_told = 0
        self._is_claim_found = False

    def lines(self, source: bytes | BinaryIO, limits: Limits) -> Iterator[Line]:
        for passage in walk_file(source, limits):
            diagnostics = tuple(self._judge(passage))
            self._problems.add(diagnostics)
            yield from self._begin(passage.interchange, passage.group)
            if passage.transaction is not None:
                yield from self._transaction(passage.transaction, diagnostics)
            elif passage.group is not None:
                yield from self._end(passage.group.trailer, GROUP_DEPTH, diagnostics)
            else:
                yield from self._end_interchange(passage.interchange, diagnostics)
        if self._wanted.claim and not self._is_claim_found:
            text = "no claim of the file has this number"
            yield Line(LineKind.SUMMARY, ENVELOPE_DEPTH, words=text)
        for sentence in (*self._totals.sentences(), self._problems.sentence()):
            yield Line(LineKind.SUMMARY, ENVELOPE_DEPTH, words=sentence)

    def _begin(self, interchange: Interchange, group: Group | None) -> Iterator[Line]:
        if interchange is not self._interchange:
            self._interchange, self._group, self._loose_told = interchange, None, 0
            yield self._envelope(interchange.header, ENVELOPE_DEPTH)
        yield from self._loose(interchange)
        if group is not None and group is not self._group:
            self._group = group
            yield self._envelope(group.header, GROUP_DEPTH)

    def _transaction(
        self, transaction: Transaction, diagnostics: Sequence[Diagnostic]
    ) -> Iterator[Line]:
        self._totals.add(transaction)
        positions = self._positions(transaction)
        setting = Setting(transaction.kind, self._delimiters)
        untold = _by_segment(diagnostics)
        steps = with_loops(transaction, self._delimiters)
        for position, (segment, loops) in enumerate(steps, start=1):
            setting = setting.after(segment)
            if positions is None or position in positions:
                yield from _open_loops(loops)
                depth = TRANSACTION_DEPTH + len(loops)
                yield self._segment(segment, setting, depth, position)
                yield from _problems(untold.pop(position, ()), depth)
        if not self._wanted.is_part:
            yield from _problems(chain.from_iterable(untold.values()), TRANSACTION_DEPTH)

    def _positions(self, transaction: Transaction) -> frozenset[int] | None:
        """Choose the segments that are wanted; None for all of them."""
        if not self._wanted.is_part:
            return None
        count = len(transaction.segments)
        chosen = frozenset(range(1, count + 1))
        if self._wanted.claim:
            found = claim_positions(transaction.kind, transaction.segments, self._wanted.claim)
            self._is_claim_found = self._is_claim_found or bool(found)
            chosen = found | {1, count} if found else frozenset()
        return chosen & {self._wanted.segment} if self._wanted.segment else chosen

    def _segment(self, segment: Segment, setting: Setting, depth: int, position: int) -> Line:
        qualifier = segment_qualifier(segment, setting.delimiters)
        return Line(
            LineKind.SEGMENT if position else LineKind.ENVELOPE,
            depth,
            position,
            tag_of(segment, setting.delimiters),
            segment_words(segment.tag, qualifier),
            facts_of(segment, setting, show_phi=self._wanted.show_phi),
        )

    @property
    def _delimiters(self) -> Delimiters:
        return self._interchange.delimiters if self._interchange else Delimiters()

    def _envelope(self, segment: Segment, depth: int) -> Line:
        return self._segment(segment, Setting(delimiters=self._delimiters), depth, 0)

    def _loose(self, interchange: Interchange) -> Iterator[Line]:
        """Tell what stands outside of groups and transactions, once."""
        for segment in interchange.loose[self._loose_told :]:
            if not self._wanted.is_part:
                yield self._envelope(segment, GROUP_DEPTH)
        self._loose_told = len(interchange.loose)

    def _end(
        self, trailer: Segment | None, depth: int, diagnostics: Iterable[Diagnostic]
    ) -> Iterator[Line]:
        if trailer is not None:
            yield self._envelope(trailer, depth)
        if not self._wanted.is_part:
            yield from _problems(diagnostics, depth)

    def _end_interchange(
        self, interchange: Interchange, diagnostics: Iterable[Diagnostic]
    ) -> Iterator[Line]:
        yield from self._end(interchange.trailer, ENVELOPE_DEPTH, diagnostics)
        yield from self._loose(interchange)
        if interchange.stopped:
            yield Line(LineKind.PROBLEM, ENVELOPE_DEPTH, tag="error", words=interchange.stopped)


def _by_segment(diagnostics: Iterable[Diagnostic]) -> dict[int, list[Diagnostic]]:
    places: dict[int, list[Diagnostic]] = {}
    for one in diagnostics:
        places.setdefault(one.segment, []).append(one)
    return places


def _problems(diagnostics: Iterable[Diagnostic], depth: int) -> Iterator[Line]:
    return (_problem(diagnostic, depth) for diagnostic in diagnostics)


def _open_loops(loops: Sequence[OpenLoop]) -> Iterator[Line]:
    for depth, loop in enumerate(loops, start=TRANSACTION_DEPTH):
        if not loop.is_told:
            loop.is_told = True
            yield Line(LineKind.LOOP, depth, tag=loop.id, words=loop.words)


def _problem(diagnostic: Diagnostic, depth: int) -> Line:
    said = "; ".join(filter(None, (diagnostic.message, diagnostic.advice)))
    text = f"{diagnostic.subject} {said} [{diagnostic.rule_id}]".strip()
    return Line(
        LineKind.PROBLEM, depth, tag=_SEVERITIES[diagnostic.severity], words=printable(text)
    )


_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
