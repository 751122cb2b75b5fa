"""271: what a payer says about coverage (005010X279A1)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from models.documents.eligibility import (
    CoverageDocument,
    CoverageLevel,
    EligibilityAnswer,
    EligibilityInquiry,
    EligibilityRejection,
)
from models.documents.finding import Severity
from models.documents.inquiry import LevelKind, StatedDate
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.inquiries.answer_writing import answer_documents
from revcycle.formats.x12.inquiries.coverage_reading import read_document
from revcycle.formats.x12.inquiries.coverage_writing import coverage_segments
from revcycle.formats.x12.inquiries.strictness import checked, shared_version
from revcycle.formats.x12.inquiries.trees import Starts, walk_levels
from revcycle.formats.x12.interchange import Envelope, write_interchange
from revcycle.formats.x12.reading import Place, read_places
from revcycle.formats.x12.t270 import patient_of

VERSION = "005010X279A1"
THEIRS = "2"  # TRN01: of whom it is written for
ACTIVE_KINDS = frozenset("12345")  # EB01
PERSONS = (LevelKind.SUBSCRIBER, LevelKind.DEPENDENT)
FROM_THE_TOP = (LevelKind.PAYER, LevelKind.RECEIVER, *PERSONS)
BEGIN_DATES = ("346", "356", "291", "307")  # DTP01, the most telling first
END_DATES = ("347", "357", "291", "307")


def read_answers(data: bytes) -> tuple[tuple[EligibilityAnswer, ...], tuple[Diagnostic, ...]]:
    """Read every answer of every 271 of a file; nothing in the file raises.

    What a payer rejects at a higher level is inherited by each answer beneath it. Where there
    is nothing beneath, one answer without a trace number speaks for the whole batch.
    """
    findings: list[Diagnostic] = []
    answers: list[EligibilityAnswer] = []
    for place in read_places(data, "271", findings):
        document, starts = read_document(place)
        answers.extend(_answers_of(document, starts, place))
    return tuple(answers), tuple(findings)


def read_documents(data: bytes) -> tuple[tuple[CoverageDocument, ...], tuple[Diagnostic, ...]]:
    """Read every 271 of a file with everything it says; nothing in the file raises."""
    findings: list[Diagnostic] = []
    places = read_places(data, "271", findings)
    return tuple([read_document(place)[0] for place in places]), tuple(findings)


def write_answers(
    answers: Sequence[tuple[EligibilityInquiry, EligibilityAnswer]], envelope: Envelope
) -> bytes:
    """Write answers beside the questions they answer: one 271 per batch reference.

    Raises:
        RejectedError: something required is missing or too long.
    """
    return write_documents(answer_documents(answers, envelope), envelope)


def write_documents(documents: Sequence[CoverageDocument], envelope: Envelope) -> bytes:
    """Write whole 271 documents, one transaction each.

    Raises:
        RejectedError: something required is missing or cannot be written.
    """
    bodies = [list(checked(coverage_segments(document))) for document in documents]
    return write_interchange(envelope, "HB", shared_version(documents) or VERSION, bodies)


def _answers_of(
    document: CoverageDocument, starts: Starts, place: Place
) -> Iterator[EligibilityAnswer]:
    for level, above in walk_levels(document.levels):
        if _is_answer(level):
            yield _answer_of(level, above, document.header.reference)
        elif not level.children:
            message = "this level says nothing about anybody"
            start = starts[id(level)]
            place.report(start, "x12.271_empty_level", Severity.WARNING, "HL", message)


def _is_answer(level: CoverageLevel) -> bool:
    """Tell whether a level answers a question.

    A subscriber with dependents does only if it has a trace or a benefit of its own; payer and
    provider do if they reject and nothing is beneath them.
    """
    if level.kind == LevelKind.DEPENDENT:
        return True
    if level.kind == LevelKind.SUBSCRIBER:
        return not level.children or bool(level.traces or level.benefits)
    return not level.children and any(_rejections(level))


def _answer_of(
    level: CoverageLevel, above: Mapping[str, CoverageLevel], reference: str
) -> EligibilityAnswer:
    payer = above.get(LevelKind.PAYER)
    return EligibilityAnswer(
        trace_number=_trace_number(level),
        payer_id=payer.party.id_number if payer and payer.party else "",
        member_id=_member_id(above),
        person=patient_of(level) if level.kind in PERSONS else None,
        benefits=level.benefits,
        rejections=_inherited_rejections(level, above),
        plan_begin=_plan_date(level, BEGIN_DATES),
        plan_end=_plan_date(level, END_DATES, is_end=True),
        batch_reference=reference,
        said=level,
        payer=payer,
        provider=above.get(LevelKind.RECEIVER),
        subscriber=above.get(LevelKind.SUBSCRIBER),
    )


def _trace_number(level: CoverageLevel) -> str:
    """Take the trace we gave, which comes back with kind 2; kind 1 is the payer's own."""
    ours = [trace for trace in level.traces if trace.kind == THEIRS]
    return next((trace.number for trace in (*ours, *level.traces)), "")


def _member_id(above: Mapping[str, CoverageLevel]) -> str:
    persons = (above[kind] for kind in reversed(PERSONS) if kind in above)
    numbers = (person.party.id_number for person in persons if person.party)
    return next((number for number in numbers if number), "")


def _inherited_rejections(
    level: CoverageLevel, above: Mapping[str, CoverageLevel]
) -> tuple[EligibilityRejection, ...]:
    levels = [above[kind] for kind in FROM_THE_TOP if kind in above]
    if all(one is not level for one in levels):
        levels.append(level)
    return tuple(rejection for one in levels for rejection in _rejections(one))


def _rejections(level: CoverageLevel) -> Iterator[EligibilityRejection]:
    yield from level.level_rejections
    yield from level.rejections
    for benefit in level.benefits:
        yield from benefit.rejections


def _plan_date(level: CoverageLevel, kinds: Sequence[str], *, is_end: bool = False) -> date | None:
    """Find the first or last day of the plan: said of the person, else of an active benefit.

    A single day that may mean a beginning is not taken for the end.
    """
    active = (benefit.dates for benefit in level.benefits if benefit.kind in ACTIVE_KINDS)
    for dates in (level.dates, *active):
        found = _first_of(dates, kinds, is_end=is_end)
        if found is not None:
            return (found.last or found.first) if is_end else found.first
    return None


def _first_of(
    dates: Iterable[StatedDate], kinds: Sequence[str], *, is_end: bool
) -> StatedDate | None:
    known = [one for one in dates if not (is_end and one.kind in BEGIN_DATES and not one.last)]
    return next((one for kind in kinds for one in known if one.kind == kind), None)
