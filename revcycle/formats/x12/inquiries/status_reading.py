"""276, 277 and 277CA, read level by level."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from models.documents.acknowledgement import (
    StatusDocument,
    StatusLevel,
    StatusLine,
    TracedStatus,
)
from models.documents.claim_codes import KeptSegment
from models.documents.inquiry import LevelKind
from revcycle.formats.x12.inquiries.codecs import Codec
from revcycle.formats.x12.inquiries.headers import read_header
from revcycle.formats.x12.inquiries.loops import LoopReader, only
from revcycle.formats.x12.inquiries.party_codecs import (
    AMOUNT,
    DATE,
    DEMOGRAPHICS,
    QUANTITY,
    REFERENCE,
    TRACE,
    read_party,
    split_parties,
)
from revcycle.formats.x12.inquiries.status_codecs import LINE, REPORT
from revcycle.formats.x12.inquiries.trees import Starts, nest, odd_headings
from revcycle.formats.x12.levels import Level, read_levels
from revcycle.formats.x12.loops import split_at
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.segments import Segment

LETTERS: Mapping[str, str] = {
    LevelKind.PAYER: "A",
    LevelKind.RECEIVER: "B",
    LevelKind.PROVIDER: "C",
    LevelKind.SUBSCRIBER: "D",
    LevelKind.PATIENT: "D",
    LevelKind.DEPENDENT: "E",
}
LOWEST = frozenset({LevelKind.DEPENDENT, LevelKind.PATIENT})  # their HL04 is not used
LINE_LOOPS = {"276": "2210", "277": "2220"}
TRACED_CODECS: Mapping[str, Codec[Any]] = {
    "TRN": TRACE,
    "STC": REPORT,
    "REF": REFERENCE,
    "QTY": QUANTITY,
    "AMT": AMOUNT,
    "DTP": DATE,
}
LINE_CODECS: Mapping[str, Codec[Any]] = {
    "STC": REPORT,
    "REF": REFERENCE,
    "DTP": DATE,
}


def read_document(place: Place, structure: str) -> tuple[StatusDocument, Starts]:
    """Read one transaction; what cannot be read, or has no field, is kept beside its loop.

    Args:
        place: The transaction.
        structure: BHT01 of its guide.

    Returns:
        The document, and where its levels start.
    """
    before, levels = read_levels(place)
    header, kept = read_header(before, structure, place)
    roots, starts = nest(
        levels,
        lambda level, headings: _read_level(level, place, headings),
        lambda level, below: replace(level, children=below),
        odd_headings(levels, place, LOWEST),
    )
    document = StatusDocument(
        header=header,
        levels=roots,
        kept=kept,
        version=place.transaction.version,
        control_number=place.transaction.control_number,
    )
    return document, starts


def _read_level(level: Level, place: Place, headings: Sequence[KeptSegment]) -> StatusLevel:
    letter = LETTERS.get(level.code, "")
    head, traced = split_at(level.segments[1:], "TRN")
    named, untraced = split_at(head, "STC")
    blocks = [[one for block in untraced for one in block], *traced]
    own, parties = split_parties(named)
    reader = LoopReader(place, f"2100{letter}", list(headings))
    found = reader.gather(own, {"DMG": DEMOGRAPHICS}, {"DMG"})
    birth_date, sex = only(found, "DMG") or (None, "")
    return StatusLevel(
        kind=level.code,
        parties=tuple(read_party(party, place, reader.loop) for party in parties),
        birth_date=birth_date,
        sex=sex,
        traced=tuple(_read_traced(block, letter, place) for block in blocks if block),
        kept=tuple(reader.kept),
    )


def _read_traced(block: Sequence[Segment], letter: str, place: Place) -> TracedStatus:
    head, lines = split_at(block, "SVC")
    reader = LoopReader(place, f"2200{letter}")
    found = reader.gather(head, TRACED_CODECS, {"TRN"})
    line_loop = LINE_LOOPS.get(place.transaction.kind, "") + letter
    return TracedStatus(
        trace=only(found, "TRN"),
        reports=tuple(found.get("STC", ())),
        references=tuple(found.get("REF", ())),
        quantities=tuple(found.get("QTY", ())),
        amounts=tuple(found.get("AMT", ())),
        dates=tuple(found.get("DTP", ())),
        lines=tuple(_read_line(line, line_loop, place) for line in lines),
        kept=tuple(reader.kept),
    )


def _read_line(block: Sequence[Segment], loop: str, place: Place) -> StatusLine:
    reader = LoopReader(place, loop)
    line = reader.read_or_raise(block[0], LINE)
    found = reader.gather(block[1:], LINE_CODECS, ())
    return replace(
        line,
        reports=tuple(found.get("STC", ())),
        references=tuple(found.get("REF", ())),
        dates=tuple(found.get("DTP", ())),
        kept=tuple(reader.kept),
    )
