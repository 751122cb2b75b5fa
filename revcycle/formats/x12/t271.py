"""271: what a payer says about coverage (005010X279A1)."""

from collections.abc import Iterator, Sequence
from datetime import date

from models.documents.eligibility import (
    Benefit,
    EligibilityAnswer,
    EligibilityInquiry,
    EligibilityRejection,
)
from models.documents.finding import Severity
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import Envelope, write_interchange
from revcycle.formats.x12.levels import (
    DEPENDENT,
    PAYER,
    RECEIVER,
    SUBSCRIBER,
    Level,
    read_levels,
    report_unknown,
)
from revcycle.formats.x12.loops import split_at
from revcycle.formats.x12.parties import read_person
from revcycle.formats.x12.reading import (
    Place,
    UnreadableError,
    optional_amount,
    optional_quantity,
    period,
    read_places,
)
from revcycle.formats.x12.segments import ABSENT, Segment
from revcycle.formats.x12.t271_writer import answer_transactions

VERSION = "005010X279A1"
LEVEL_NAMES = {
    PAYER: "payer",
    RECEIVER: "provider",
    SUBSCRIBER: "subscriber",
    DEPENDENT: "dependent",
}
OTHER_PAYER = "R"  # EB01
PAYER_ENTITIES = frozenset({"PR", "PRP", "SEP", "TTP", "2B"})  # NM101 of loop 2120
BEGIN_DATES = ("346", "356", "291", "307")  # DTP01, the most telling first
END_DATES = ("347", "357", "291", "307")
_TAGS = frozenset(
    {"TRN", "NM1", "REF", "N3", "N4", "PER", "PRV", "AAA", "DMG", "INS", "HI", "DTP", "MPI"}
    | {"EB", "HSD", "MSG", "III", "LS", "LE"}
)


def read_answers(data: bytes) -> tuple[tuple[EligibilityAnswer, ...], tuple[Diagnostic, ...]]:
    """Read every answer of every 271 of a file; nothing in the file raises.

    What a payer rejects at a higher level is inherited by each answer beneath it. Where there
    is nothing beneath, one answer without a trace number speaks for the whole batch.
    """
    findings: list[Diagnostic] = []
    answers: list[EligibilityAnswer] = []
    for place in read_places(data, "271", findings):
        answers.extend(_read_transaction(place))
    return tuple(answers), tuple(findings)


def write_answers(
    answers: Sequence[tuple[EligibilityInquiry, EligibilityAnswer]], envelope: Envelope
) -> bytes:
    """Write answers beside the questions they answer: one 271 per batch reference.

    Raises:
        RejectedError: something required is missing or too long.
    """
    return write_interchange(envelope, "HB", VERSION, answer_transactions(answers, envelope))


def _read_transaction(place: Place) -> Iterator[EligibilityAnswer]:
    header, levels = read_levels(place)
    report_unknown(place, levels, _TAGS)
    begin = next((segment for segment in header if segment.tag == "BHT"), ABSENT)
    for level in levels:
        if _is_answer(level):
            yield _read_answer(level, begin.get(3), place)
        elif not level.children:
            message = "this level says nothing about anybody"
            place.report(level.start, "x12.271_empty_level", Severity.WARNING, "HL", message)


def _is_answer(level: Level) -> bool:
    """Tell whether a level answers a question.

    A subscriber with dependents does only if it has a trace or a benefit of its own; payer and
    provider do if they reject and nothing is beneath them.
    """
    if level.code == DEPENDENT:
        return True
    if level.code == SUBSCRIBER:
        return not level.children or bool(level.first("TRN").tag or level.first("EB").tag)
    return not level.children and bool(level.first("AAA").tag)


def _read_answer(level: Level, reference: str, place: Place) -> EligibilityAnswer:
    head, blocks = split_at(level.segments, "EB")
    name = next((segment for segment in head if segment.tag == "NM1"), ABSENT)
    is_person = level.code in {SUBSCRIBER, DEPENDENT}
    benefits = _read_benefits(blocks, place)
    dated = [head, *(block for block in blocks if block[0].get(1) in {"1", "2", "3", "4", "5"})]
    return EligibilityAnswer(
        trace_number=_trace_number(level),
        payer_id=level.above(PAYER).first("NM1").get(9),
        member_id=_member_id(level),
        person=read_person(name, head) if is_person else None,
        benefits=benefits,
        rejections=_rejections(level),
        plan_begin=_plan_date(dated, BEGIN_DATES, 0, place),
        plan_end=_plan_date(dated, END_DATES, 1, place),
        batch_reference=reference,
    )


def _trace_number(level: Level) -> str:
    """Take the trace we gave, which comes back with kind 2; kind 1 is the payer's own."""
    ours = level.first("TRN", "2")
    return (ours if ours.tag else level.first("TRN")).get(2)


def _member_id(level: Level) -> str:
    numbers = (
        part.first("NM1", "03", "IL").get(9)
        for part in level.path()
        if part.code in {SUBSCRIBER, DEPENDENT}
    )
    return next((number for number in numbers if number), "")


def _rejections(level: Level) -> tuple[EligibilityRejection, ...]:
    return tuple(
        EligibilityRejection(
            level=LEVEL_NAMES.get(part.code, part.code),
            reason=segment.get(3),
            follow_up=segment.get(4),
            is_request_valid=segment.get(1) == "Y",
        )
        for part in reversed(list(level.path()))
        for segment in part.all("AAA")
    )


def _read_benefits(blocks: Sequence[Sequence[Segment]], place: Place) -> tuple[Benefit, ...]:
    benefits = []
    for block in blocks:
        try:
            benefits.append(_read_benefit(block, place))
        except UnreadableError as error:
            place.report_unreadable(error, "the benefit")
    return tuple(benefits)


def _read_benefit(block: Sequence[Segment], place: Place) -> Benefit:
    benefit = block[0]
    services = benefit.get(3).split(place.delimiters.repetition)
    other = _other_payer(block)
    return Benefit(
        kind=benefit.get(1),
        coverage_level=benefit.get(2),
        service_type_codes=tuple(code for code in services if code),
        insurance_type=benefit.get(4),
        plan_name=benefit.get(5),
        period=benefit.get(6),
        amount=optional_amount(benefit, 7),
        fraction=optional_quantity(benefit, 8),
        quantity_kind=benefit.get(9),
        quantity=optional_quantity(benefit, 10),
        in_network=benefit.get(12),
        related_payer_name=other.get(3),
        related_payer_id=other.get(9),
    )


def _other_payer(block: Sequence[Segment]) -> Segment:
    if block[0].get(1) != OTHER_PAYER:
        return ABSENT
    return next(
        (segment for segment in block if segment.tag == "NM1" and segment.get(1) in PAYER_ENTITIES),
        ABSENT,
    )


def _plan_date(
    blocks: Sequence[Sequence[Segment]], qualifiers: Sequence[str], end: int, place: Place
) -> date | None:
    """Find the first or last day of the plan: said of the person, else of an active benefit.

    Qualifiers that can only mean one day are not taken for the last one.
    """
    dated = (
        segment
        for block in blocks
        for qualifier in qualifiers
        for segment in block
        if segment.tag == "DTP" and segment.get(1) == qualifier
    )
    for segment in dated:
        if end and segment.get(1) in BEGIN_DATES and segment.get(2) != "RD8":
            continue
        try:
            return period(segment)[end]
        except UnreadableError as error:
            place.report_unreadable(error, "the date")
    return None
