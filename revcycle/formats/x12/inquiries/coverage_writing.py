"""270 and 271, written level by level."""

from collections.abc import Iterator

from models.documents.claim_codes import KeptSegment
from models.documents.eligibility import Benefit, BenefitQuestion, CoverageDocument, CoverageLevel
from models.documents.inquiry import NamedParty
from revcycle.formats.x12.inquiries.coverage_codecs import (
    BENEFIT,
    DELIVERY,
    DETAIL,
    DIAGNOSES,
    MESSAGE,
    MILITARY,
    QUESTION,
    STANDING,
    write_rejection,
)
from revcycle.formats.x12.inquiries.coverage_reading import NO_LOOP, RELATED_LOOP, STRUCTURE
from revcycle.formats.x12.inquiries.headers import write_header
from revcycle.formats.x12.inquiries.loops import with_kept
from revcycle.formats.x12.inquiries.party_codecs import (
    AMOUNT,
    DATE,
    REFERENCE,
    SPECIALTY,
    TRACE,
    write_demographics,
    write_party,
    write_party_head,
)
from revcycle.formats.x12.inquiries.trees import write_levels
from revcycle.formats.x12.segments import Segment, segment

SYSTEM_ORDER = ("TRN", "AAA")
MEMBER_ORDER = ("NM1", "REF", "N3", "N4", "PER", "AAA", "PRV", "DMG", "INS", "HI", "DTP", "MPI")
QUESTION_ORDER = ("EQ", "AMT", "III", "REF", "DTP")
BENEFIT_ORDER = ("EB", "HSD", "REF", "DTP", "AAA", "MSG", "III")
SYSTEM_LOOP, MEMBER_LOOP, ITEM_LOOP = "2000", "2100", "2110"


def coverage_segments(document: CoverageDocument) -> list[Segment]:
    """Write everything between ST and SE."""
    head = write_header(document.header, STRUCTURE, document.kept)
    return [*head, *write_levels(document.levels, _level, frozenset())]


def _level(level: CoverageLevel) -> list[Segment]:
    return [
        *with_kept(list(_system(level)), _kept(level, SYSTEM_LOOP), SYSTEM_ORDER),
        *with_kept(list(_member(level)), _kept(level, MEMBER_LOOP), MEMBER_ORDER),
        *with_kept((), [one for one in level.kept if one.loop == NO_LOOP], ()),
        *(one for question in level.questions for one in _question(question)),
        *(one for benefit in level.benefits for one in _benefit(benefit)),
        *with_kept((), _kept(level, ITEM_LOOP), ()),
    ]


def _kept(level: CoverageLevel, loop: str) -> list[KeptSegment]:
    """Choose what was kept in a kind of loop; the HL is written with the levels."""
    kept = (one for one in level.kept if one.loop.startswith(loop))
    return [one for one in kept if one.elements[0] != "HL"]


def _system(level: CoverageLevel) -> Iterator[Segment]:
    yield from map(TRACE.write, level.traces)
    yield from map(write_rejection, level.level_rejections)


def _member(level: CoverageLevel) -> Iterator[Segment]:
    if level.party:
        yield from write_party_head(level.party)
    yield from map(write_rejection, level.rejections)
    if level.party:
        yield from map(SPECIALTY.write, level.party.specialties)
    yield from write_demographics(level.birth_date, level.sex)
    if level.standing:
        yield STANDING.write(level.standing)
    if level.diagnoses:
        yield DIAGNOSES.write(level.diagnoses)
    yield from map(DATE.write, level.dates)
    if level.military:
        yield MILITARY.write(level.military)


def _question(question: BenefitQuestion) -> list[Segment]:
    written = [
        QUESTION.write(question),
        *map(AMOUNT.write, question.amounts),
        *map(DETAIL.write, question.details),
        *map(REFERENCE.write, question.references),
        *map(DATE.write, question.dates),
    ]
    return with_kept(written, question.kept, QUESTION_ORDER)


def _benefit(benefit: Benefit) -> list[Segment]:
    written = [
        BENEFIT.write(benefit),
        *map(DELIVERY.write, benefit.deliveries),
        *map(REFERENCE.write, benefit.references),
        *map(DATE.write, benefit.dates),
        *map(write_rejection, benefit.rejections),
        *map(MESSAGE.write, benefit.messages),
        *map(DETAIL.write, benefit.details),
        *_related(benefit),
    ]
    return with_kept(written, benefit.kept, BENEFIT_ORDER)


def _related(benefit: Benefit) -> Iterator[Segment]:
    parties = benefit.related or tuple(_payer(benefit))
    if parties:
        yield segment("LS", RELATED_LOOP)
        for party in parties:
            yield from write_party(party)
        yield segment("LE", RELATED_LOOP)


def _payer(benefit: Benefit) -> Iterator[NamedParty]:
    """Make the party of another payer of whom name and number are all that is known."""
    name, number = benefit.related_payer_name, benefit.related_payer_id
    if name or number:
        qualifier = "PI" if number else ""
        yield NamedParty("PR", name, id_qualifier=qualifier, id_number=number)
