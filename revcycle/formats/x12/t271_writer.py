"""271: the segments of a payer's answers."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from models.documents.eligibility import (
    Benefit,
    EligibilityAnswer,
    EligibilityInquiry,
    EligibilityRejection,
)
from models.documents.party import Person
from revcycle.formats.x12.elements import (
    clean,
    identifier,
    write_amount,
    write_date,
    write_quantity,
    write_time,
)
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.levels import DEPENDENT, PAYER, RECEIVER, SUBSCRIBER, LevelWriter
from revcycle.formats.x12.parties import (
    NAME_LIMIT,
    REFERENCE_LIMIT,
    address_segments,
    demographic_segments,
    optional_identifier,
    organization_segment,
    person_segment,
)
from revcycle.formats.x12.segments import Delimiters, Segment, segment
from revcycle.formats.x12.t270 import provider_segments, trace_segment

PLAN_NAME_LIMIT = 50
_REPETITION = Delimiters().repetition
Pair = tuple[EligibilityInquiry, EligibilityAnswer]


def answer_transactions(answers: Sequence[Pair], envelope: Envelope) -> list[list[Segment]]:
    """Write one transaction per run of answers to the same batch."""
    runs = groupby(answers, key=lambda pair: pair[1].batch_reference)
    return [_transaction(reference, list(run), envelope) for reference, run in runs]


def _transaction(reference: str, answers: Sequence[Pair], envelope: Envelope) -> list[Segment]:
    created_at = envelope.created_at
    written = identifier(
        reference or f"{envelope.control_number:09d}",
        field="batch reference",
        limit=REFERENCE_LIMIT,
    )
    day = write_date(created_at.date())
    writer = LevelWriter([segment("BHT", "0022", "11", written, day, write_time(created_at))])
    for _, run in groupby(answers, key=_payer_key):
        _write_payer(writer, list(run))
    return writer.segments


def _payer_key(pair: Pair) -> tuple[str, str, tuple[EligibilityRejection, ...]]:
    inquiry, answer = pair
    payer_id = answer.payer_id or inquiry.payer_id
    return inquiry.payer_name, payer_id, _at(answer, "payer")


def _at(answer: EligibilityAnswer, level: str) -> tuple[EligibilityRejection, ...]:
    return tuple(rejection for rejection in answer.rejections if rejection.level == level)


def _write_payer(writer: LevelWriter, answers: Sequence[Pair]) -> None:
    name, payer_id, rejections = _payer_key(answers[0])
    payer = writer.open(PAYER, has_children=True)
    writer.segments.append(organization_segment("PR", name, "PI", payer_id))
    writer.segments.extend(_rejections(rejections))
    runs = groupby(answers, key=lambda pair: (pair[0].provider, _at(pair[1], "provider")))
    for (provider, refused), run in runs:
        receiver = writer.open(RECEIVER, parent=payer, has_children=True)
        first, *others = provider_segments(provider)
        taxonomy = [segment for segment in others if segment.tag == "PRV"]
        between = [segment for segment in others if segment.tag != "PRV"]
        writer.segments.extend([first, *between, *_rejections(refused), *taxonomy])
        for inquiry, answer in run:
            _write_answer(writer, receiver, inquiry, answer)


def _write_answer(
    writer: LevelWriter, receiver: int, inquiry: EligibilityInquiry, answer: EligibilityAnswer
) -> None:
    member_id = answer.member_id or inquiry.member_id
    is_dependent = inquiry.dependent is not None
    subscriber = writer.open(SUBSCRIBER, parent=receiver, has_children=is_dependent)
    if not is_dependent:
        writer.segments.append(trace_segment("2", inquiry))
    known = inquiry.subscriber if is_dependent else answer.person or inquiry.subscriber
    name = person_segment("IL", known, "MI", member_id)
    writer.segments.extend(_person(name, known, _at(answer, "subscriber")))
    if inquiry.dependent is not None:
        dependent = answer.person or inquiry.dependent
        writer.open(DEPENDENT, parent=subscriber, has_children=False)
        writer.segments.append(trace_segment("2", inquiry))
        name = person_segment("03", dependent)
        writer.segments.extend(_person(name, dependent, _at(answer, "dependent")))
        writer.segments.append(segment("INS", "N", inquiry.dependent_relationship or "21"))
    writer.segments.extend(_plan_dates(answer))
    for benefit in answer.benefits:
        writer.segments.extend(_benefit(benefit))


def _person(
    name: Segment, person: Person, rejections: Iterable[EligibilityRejection]
) -> Iterator[Segment]:
    yield name
    yield from address_segments(person.address)
    yield from _rejections(rejections)
    yield from demographic_segments(person)


def _rejections(rejections: Iterable[EligibilityRejection]) -> Iterator[Segment]:
    for rejection in rejections:
        reason = identifier(rejection.reason, field="rejection reason", limit=2)
        follow_up = identifier(rejection.follow_up, field="follow-up action", limit=1)
        yield segment("AAA", "Y" if rejection.is_request_valid else "N", "", reason, follow_up)


def _plan_dates(answer: EligibilityAnswer) -> Iterator[Segment]:
    yield from _plan_date("346", answer.plan_begin)
    yield from _plan_date("347", answer.plan_end)


def _plan_date(qualifier: str, when: date | None) -> Iterator[Segment]:
    if when is not None:
        yield segment("DTP", qualifier, "D8", write_date(when))


def _benefit(benefit: Benefit) -> Iterator[Segment]:
    codes = [identifier(code, field="service type", limit=2) for code in benefit.service_type_codes]
    yield segment(
        "EB",
        identifier(benefit.kind, field="benefit kind", limit=2),
        optional_identifier(benefit.coverage_level, field="coverage level", limit=3),
        _REPETITION.join(codes),
        optional_identifier(benefit.insurance_type, field="insurance type", limit=3),
        clean(benefit.plan_name, field="plan name", limit=PLAN_NAME_LIMIT),
        optional_identifier(benefit.period, field="benefit period", limit=2),
        "" if benefit.amount is None else write_amount(benefit.amount),
        "" if benefit.fraction is None else write_quantity(benefit.fraction),
        optional_identifier(benefit.quantity_kind, field="quantity kind", limit=2),
        "" if benefit.quantity is None else write_quantity(benefit.quantity),
        "",
        optional_identifier(benefit.in_network, field="in network", limit=1),
    )
    if benefit.related_payer_name or benefit.related_payer_id:
        yield from _related_payer(benefit)


def _related_payer(benefit: Benefit) -> Iterator[Segment]:
    name = clean(benefit.related_payer_name, field="related payer name", limit=NAME_LIMIT)
    number = optional_identifier(benefit.related_payer_id, field="related payer id")
    yield segment("LS", "2120")
    yield segment("NM1", "PR", "2", name, "", "", "", "", "PI" if number else "", number)
    yield segment("LE", "2120")
