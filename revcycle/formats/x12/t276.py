"""276: questions about claims (005010X212)."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from models.documents.acknowledgement import ClaimStatusBatchDocument, ClaimStatusInquiry
from models.documents.party import Organization
from models.errors import RejectedError
from models.values.money import Money, total
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.elements import (
    identifier,
    write_amount,
    write_date,
    write_date_range,
    write_time,
)
from revcycle.formats.x12.interchange import Envelope, write_interchange
from revcycle.formats.x12.levels import (
    DEPENDENT,
    PAYER,
    PROVIDER,
    RECEIVER,
    SUBSCRIBER,
    Level,
    LevelWriter,
    read_levels,
    report_unknown,
)
from revcycle.formats.x12.loops import split_at
from revcycle.formats.x12.parties import (
    REFERENCE_LIMIT,
    demographic_segments,
    organization_segment,
    person_segment,
    read_person,
)
from revcycle.formats.x12.reading import Place, UnreadableError, amount, period, read_places
from revcycle.formats.x12.segments import Segment, segment

VERSION = "005010X212"
_TAGS = frozenset({"NM1", "DMG", "TRN", "REF", "AMT", "DTP", "SVC"})


def write_status_inquiries(batch: ClaimStatusBatchDocument, envelope: Envelope) -> bytes:
    """Write the questions to one payer as one 276.

    Raises:
        RejectedError: something required is missing, too long, or meant for another payer.
    """
    created_at = envelope.created_at
    reference = identifier(batch.reference, field="batch reference", limit=REFERENCE_LIMIT)
    header = segment(
        "BHT", "0010", "13", reference, write_date(created_at.date()), write_time(created_at)
    )
    writer = LevelWriter([header])
    payer = writer.open(PAYER, has_children=True)
    writer.segments.append(organization_segment("PR", batch.payer_name, "PI", batch.payer_id))
    receiver = writer.open(RECEIVER, parent=payer, has_children=True)
    writer.segments.append(
        organization_segment("41", batch.submitter_name, "46", batch.submitter_id)
    )
    for provider, inquiries in groupby(batch.inquiries, key=lambda inquiry: inquiry.provider):
        level = writer.open(PROVIDER, parent=receiver, has_children=True)
        writer.segments.append(organization_segment("1P", provider.name, "XX", provider.npi))
        for inquiry in inquiries:
            if inquiry.payer_id != batch.payer_id:
                msg = "an inquiry of the batch is meant for another payer"
                raise RejectedError(msg)
            open_patient(writer, level, inquiry, has_demographics=True)
            writer.segments.extend(_question(inquiry))
    return write_interchange(envelope, "HR", VERSION, [writer.segments])


def read_status_inquiries(
    data: bytes,
) -> tuple[tuple[ClaimStatusInquiry, ...], tuple[Diagnostic, ...]]:
    """Read every question of every 276 of a file; nothing in the file raises."""
    findings: list[Diagnostic] = []
    inquiries: list[ClaimStatusInquiry] = []
    for place in read_places(data, "276", findings):
        _, levels = read_levels(place)
        report_unknown(place, levels, _TAGS)
        for level in levels:
            inquiries.extend(_read_level(level, place))
    return tuple(inquiries), tuple(findings)


def open_patient(
    writer: LevelWriter, provider: int, inquiry: ClaimStatusInquiry, *, has_demographics: bool
) -> None:
    """Write the levels down to the patient of a question; a 277 leaves the birth date out."""
    dependent = inquiry.dependent
    subscriber = writer.open(SUBSCRIBER, parent=provider, has_children=dependent is not None)
    if has_demographics:
        writer.segments.extend(demographic_segments(inquiry.subscriber))
    writer.segments.append(person_segment("IL", inquiry.subscriber, "MI", inquiry.member_id))
    if dependent is not None:
        writer.open(DEPENDENT, parent=subscriber, has_children=False)
        if has_demographics:
            writer.segments.extend(demographic_segments(dependent))
        writer.segments.append(person_segment("QC", dependent))


def references(inquiry: ClaimStatusInquiry, payer_number: str) -> Iterator[Segment]:
    """Write the numbers by which both sides know the claim."""
    numbers = (("1K", payer_number), ("BLT", inquiry.bill_type))
    for qualifier, number in (*numbers, ("EJ", inquiry.claim_control_number)):
        if number:
            written = identifier(number, field=f"REF*{qualifier}", limit=REFERENCE_LIMIT)
            yield segment("REF", qualifier, written)


def service_period(inquiry: ClaimStatusInquiry) -> Segment:
    """Write the days of the claim: one date or a range."""
    first, last = inquiry.service_from, inquiry.service_to
    if first == last:
        return segment("DTP", "472", "D8", write_date(first))
    return segment("DTP", "472", "RD8", write_date_range(first, last))


def _question(inquiry: ClaimStatusInquiry) -> Iterator[Segment]:
    trace = identifier(inquiry.trace_number, field="trace number", limit=REFERENCE_LIMIT)
    yield segment("TRN", "1", trace)
    yield from references(inquiry, inquiry.payer_claim_control_number)
    yield segment("AMT", "T3", write_amount(inquiry.charge))
    yield service_period(inquiry)


def _read_level(level: Level, place: Place) -> Iterator[ClaimStatusInquiry]:
    if level.code not in {SUBSCRIBER, DEPENDENT}:
        return
    _, questions = split_at(level.segments, "TRN")
    for question in questions:
        try:
            yield _read_question(question, level)
        except UnreadableError as error:
            place.report_unreadable(error, "the inquiry")


def _read_question(question: Sequence[Segment], level: Level) -> ClaimStatusInquiry:
    numbers = {part.get(1): part.get(2) for part in question if part.tag == "REF"}
    subscriber = level.above(SUBSCRIBER)
    name = subscriber.first("NM1", "IL")
    payer = level.above(PAYER).first("NM1")
    is_dependent = level.code == DEPENDENT
    service_from, service_to = _service_period(question)
    return ClaimStatusInquiry(
        trace_number=question[0].get(2),
        claim_control_number=numbers.get("EJ", ""),
        payer_claim_control_number=numbers.get("1K", ""),
        charge=_charge(question),
        service_from=service_from,
        service_to=service_to,
        payer_name=payer.get(3),
        payer_id=payer.get(9),
        provider=read_asking_provider(level),
        subscriber=read_person(name, subscriber.segments),
        member_id=name.get(9),
        dependent=read_person(level.first("NM1", "QC"), level.segments) if is_dependent else None,
        bill_type=numbers.get("BLT", ""),
    )


def read_asking_provider(level: Level) -> Organization:
    """Read the provider whose claim is asked about."""
    name = level.above(PROVIDER).first("NM1", "1P")
    npi = name.get(9) if name.get(8) == "XX" else ""
    return Organization(name=f"{name.get(3)} {name.get(4)}".strip(), npi=npi)


def _charge(question: Sequence[Segment]) -> Money:
    """Take AMT*T3 or, where only lines are asked about, what these charge."""
    for one in question:
        if one.tag == "AMT" and one.get(1) == "T3":
            return amount(one, 2)
    lines = [one for one in question if one.tag == "SVC"]
    if not lines:
        raise UnreadableError(question[0], 2, "a question without a charge")
    return total(amount(line, 2) for line in lines)


def _service_period(question: Sequence[Segment]) -> tuple[date, date]:
    periods = [period(one) for one in question if one.tag == "DTP" and one.get(1) == "472"]
    if not periods:
        raise UnreadableError(question[0], 2, "a question without a date of service")
    return min(first for first, _ in periods), max(last for _, last in periods)
