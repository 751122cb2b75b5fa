"""270 and 271, read level by level."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from models.documents.claim_codes import KeptSegment
from models.documents.eligibility import (
    Benefit,
    BenefitQuestion,
    CoverageDocument,
    CoverageLevel,
)
from models.documents.finding import Severity
from models.documents.inquiry import LevelKind, NamedParty
from revcycle.formats.x12.inquiries.codecs import Codec
from revcycle.formats.x12.inquiries.coverage_codecs import (
    BENEFIT,
    DELIVERY,
    DETAIL,
    DIAGNOSES,
    MESSAGE,
    MILITARY,
    QUESTION,
    STANDING,
    rejection_codec,
)
from revcycle.formats.x12.inquiries.headers import read_header
from revcycle.formats.x12.inquiries.loops import Found, LoopReader, only
from revcycle.formats.x12.inquiries.party_codecs import (
    AMOUNT,
    DATE,
    DEMOGRAPHICS,
    PARTY_CODECS,
    PARTY_ONCE,
    REFERENCE,
    TRACE,
    party_of,
    read_party,
    split_parties,
)
from revcycle.formats.x12.inquiries.trees import Starts, nest, odd_headings
from revcycle.formats.x12.levels import Level, read_levels
from revcycle.formats.x12.loops import split_at
from revcycle.formats.x12.reading import Place, UnreadableError
from revcycle.formats.x12.segments import Segment

STRUCTURE = "0022"  # BHT01
LEVEL_NAMES: dict[str, str] = {
    LevelKind.PAYER: "payer",
    LevelKind.RECEIVER: "provider",
    LevelKind.SUBSCRIBER: "subscriber",
    LevelKind.DEPENDENT: "dependent",
}
LETTERS: dict[str, str] = {
    LevelKind.PAYER: "A",
    LevelKind.RECEIVER: "B",
    LevelKind.SUBSCRIBER: "C",
    LevelKind.DEPENDENT: "D",
}
OTHER_PAYER = "R"  # EB01
PAYER_ROLES = frozenset({"PR", "PRP", "SEP", "TTP", "2B"})  # NM101 of loop 2120
RELATED_LOOP = "2120"  # LS01, LE01
NO_LOOP = ""  # where a party is kept that the guide has no loop for
MARKS = ("LS", "LE")
ITEM_TAGS = {"270": "EQ", "271": "EB"}

MEMBER_CODECS: Mapping[str, Codec[Any]] = {
    **PARTY_CODECS,
    "TRN": TRACE,
    "DMG": DEMOGRAPHICS,
    "INS": STANDING,
    "HI": DIAGNOSES,
    "DTP": DATE,
    "MPI": MILITARY,
}
MEMBER_ONCE = PARTY_ONCE | {"DMG", "INS", "HI", "MPI"}
QUESTION_CODECS: Mapping[str, Codec[Any]] = {
    "AMT": AMOUNT,
    "III": DETAIL,
    "REF": REFERENCE,
    "DTP": DATE,
}
BENEFIT_CODECS: Mapping[str, Codec[Any]] = {
    "HSD": DELIVERY,
    "REF": REFERENCE,
    "DTP": DATE,
    "MSG": MESSAGE,
    "III": DETAIL,
}


def read_document(place: Place) -> tuple[CoverageDocument, Starts]:
    """Read a 270 or 271; what cannot be read, or has no field, is kept beside its loop.

    Returns:
        The document, and where its levels start.
    """
    before, levels = read_levels(place)
    header, kept = read_header(before, STRUCTURE, place)
    roots, starts = nest(
        levels,
        lambda level, headings: _LevelReader(level, place, headings).read(),
        lambda level, below: replace(level, children=below),
        odd_headings(levels, place, frozenset()),
    )
    document = CoverageDocument(
        header=header,
        levels=roots,
        kept=kept,
        version=place.transaction.version,
        control_number=place.transaction.control_number,
    )
    return document, starts


class _LevelReader:
    """Reads one level, without those below it."""

    def __init__(self, level: Level, place: Place, headings: Sequence[KeptSegment]) -> None:
        self.kind = level.code
        self.segments = level.segments[1:]
        self.place = place
        self.letter = LETTERS.get(self.kind, "")
        self.rejection = rejection_codec(LEVEL_NAMES.get(self.kind, self.kind))
        self.system = LoopReader(place, f"2000{self.letter}", list(headings))
        self.item = LoopReader(place, f"2110{self.letter}", self.system.kept)

    def read(self) -> CoverageLevel:
        tag = ITEM_TAGS[self.place.transaction.kind]
        head, items = split_at(self.segments, tag)
        before, names = split_at(head, "NM1")
        system = self.system.gather(before, {"TRN": TRACE, "AAA": self.rejection}, ())
        own, parties = split_parties([one for name in names for one in name])
        named = LoopReader(self.place, f"2100{self.letter}", self.system.kept)
        codecs = {**MEMBER_CODECS, "AAA": self.rejection}
        found = named.gather([*chain(*parties[:1]), *own], codecs, MEMBER_ONCE)
        stray = LoopReader(self.place, NO_LOOP, self.system.kept)
        stray.keep_all(chain(*parties[1:]))
        level = self._level(system, found)
        if tag == "EQ":
            return replace(level, questions=tuple(map(self._question, items)))
        benefits = [self._benefit(item) for item in items]
        known = tuple(benefit for benefit in benefits if benefit is not None)
        return replace(level, benefits=known, kept=tuple(self.item.kept))

    def _level(self, system: Found, found: Found) -> CoverageLevel:
        birth_date, sex = only(found, "DMG") or (None, "")
        return CoverageLevel(
            kind=self.kind,
            party=party_of(found),
            traces=(*system.get("TRN", ()), *found.get("TRN", ())),
            birth_date=birth_date,
            sex=sex,
            standing=only(found, "INS"),
            diagnoses=only(found, "HI") or (),
            dates=tuple(found.get("DTP", ())),
            military=only(found, "MPI"),
            level_rejections=tuple(system.get("AAA", ())),
            rejections=tuple(found.get("AAA", ())),
            kept=tuple(self.system.kept),
        )

    def _question(self, item: Sequence[Segment]) -> BenefitQuestion:
        reader = LoopReader(self.place, self.item.loop)
        question = reader.read_or_raise(item[0], QUESTION)
        found = reader.gather(item[1:], QUESTION_CODECS, ())
        return replace(
            question,
            amounts=tuple(found.get("AMT", ())),
            details=tuple(found.get("III", ())),
            references=tuple(found.get("REF", ())),
            dates=tuple(found.get("DTP", ())),
            kept=tuple(reader.kept),
        )

    def _benefit(self, item: Sequence[Segment]) -> Benefit | None:
        reader = LoopReader(self.place, self.item.loop)
        try:
            benefit = reader.read_or_raise(item[0], BENEFIT)
        except UnreadableError as error:
            self.item.report_unreadable(error, "the benefit is left out and kept as it is")
            self.item.keep_block(item)
            return None
        own, parties = split_parties(item[1:], *MARKS)
        self._check_marks([one for one in own if one[0] in MARKS], parties, reader)
        own = [one for one in own if one[0] not in MARKS]
        found = reader.gather(own, {**BENEFIT_CODECS, "AAA": self.rejection}, ())
        related = tuple(read_party(one, self.place, f"2120{self.letter}") for one in parties)
        payer = _other_payer(benefit, related)
        return replace(
            benefit,
            deliveries=tuple(found.get("HSD", ())),
            references=tuple(found.get("REF", ())),
            dates=tuple(found.get("DTP", ())),
            rejections=tuple(found.get("AAA", ())),
            messages=tuple(found.get("MSG", ())),
            details=tuple(found.get("III", ())),
            related=related,
            related_payer_name=payer.name if payer else "",
            related_payer_id=payer.id_number if payer else "",
            kept=tuple(reader.kept),
        )

    def _check_marks(
        self, marks: Sequence[Segment], parties: Sequence[object], reader: LoopReader
    ) -> None:
        """Keep LS and LE that do not simply enclose the related parties; say which are missing."""
        expected = list(MARKS) if parties else []
        for mark in marks:
            if mark[0] in expected and mark.get(1) == RELATED_LOOP:
                expected.remove(mark[0])
            else:
                reader.keep(mark)
        for tag in expected:
            message = "names beside a benefit stand between LS*2120 and LE*2120"
            rule_id = "x12.271_loop_mark_missing"
            where = marks[0] if marks else self.segments[-1]
            self.place.report(where, rule_id, Severity.WARNING, tag, message)


def _other_payer(benefit: Benefit, related: Sequence[NamedParty]) -> NamedParty | None:
    if benefit.kind != OTHER_PAYER:
        return None
    return next((one for one in related if one.role in PAYER_ROLES), None)
