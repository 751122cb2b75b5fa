"""270: questions about coverage (005010X279A1)."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from models.documents.eligibility import EligibilityBatchDocument, EligibilityInquiry
from models.documents.party import Organization
from models.errors import RejectedError
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.elements import identifier, write_date, write_time
from revcycle.formats.x12.interchange import Envelope, write_interchange
from revcycle.formats.x12.levels import (
    DEPENDENT,
    PAYER,
    RECEIVER,
    SUBSCRIBER,
    Level,
    LevelWriter,
    read_levels,
    report_unknown,
)
from revcycle.formats.x12.parties import (
    REFERENCE_LIMIT,
    address_segments,
    demographic_segments,
    organization_segment,
    person_segment,
    read_address,
    read_person,
)
from revcycle.formats.x12.reading import Place, UnreadableError, day, period, read_places
from revcycle.formats.x12.segments import ABSENT, Segment, segment

VERSION = "005010X279A1"
TAX_ID_LENGTH = 9
_TAGS = frozenset(
    {"TRN", "NM1", "REF", "N3", "N4", "PRV", "DMG", "INS", "HI", "DTP", "EQ", "AMT", "III"}
)


def write_inquiries(batch: EligibilityBatchDocument, envelope: Envelope) -> bytes:
    """Write the questions to one payer as one 270.

    Questions of the same provider that follow each other share its level; every question has
    a subscriber level of its own, so that its trace number comes back with its answer.

    Raises:
        RejectedError: something required is missing, too long, or meant for another payer.
    """
    created_at = envelope.created_at
    reference = identifier(batch.reference, field="batch reference", limit=REFERENCE_LIMIT)
    header = segment(
        "BHT", "0022", "13", reference, write_date(created_at.date()), write_time(created_at)
    )
    writer = LevelWriter([header])
    payer = writer.open(PAYER, has_children=True)
    writer.segments.append(organization_segment("PR", batch.payer_name, "PI", batch.payer_id))
    for provider, inquiries in groupby(batch.inquiries, key=lambda inquiry: inquiry.provider):
        receiver = writer.open(RECEIVER, parent=payer, has_children=True)
        writer.segments.extend(provider_segments(provider))
        for inquiry in inquiries:
            if inquiry.payer_id != batch.payer_id:
                msg = "an inquiry of the batch is meant for another payer"
                raise RejectedError(msg)
            _write_inquiry(writer, receiver, inquiry)
    return write_interchange(envelope, "HS", VERSION, [writer.segments])


def read_inquiries(data: bytes) -> tuple[tuple[EligibilityInquiry, ...], tuple[Diagnostic, ...]]:
    """Read every question of every 270 of a file; nothing in the file raises."""
    findings: list[Diagnostic] = []
    inquiries: list[EligibilityInquiry] = []
    for place in read_places(data, "270", findings):
        inquiries.extend(_read_transaction(place))
    return tuple(inquiries), tuple(findings)


def provider_segments(provider: Organization) -> Iterator[Segment]:
    """Write the provider who asks (loop 2100B)."""
    yield organization_segment("1P", provider.name, "XX", provider.npi)
    if provider.tax_id:
        tax_id = identifier(provider.tax_id, field="provider tax id", limit=REFERENCE_LIMIT)
        yield segment("REF", "TJ", tax_id)
    yield from address_segments(provider.address)
    if provider.taxonomy:
        taxonomy = identifier(provider.taxonomy, field="provider taxonomy", limit=REFERENCE_LIMIT)
        yield segment("PRV", "BI", "PXC", taxonomy)


def read_provider(level: Level) -> Organization:
    """Read the provider who asked."""
    name = level.first("NM1")
    return Organization(
        name=f"{name.get(3)} {name.get(4)}".strip(),
        npi=name.get(9) if name.get(8) == "XX" else "",
        tax_id=level.first("REF", "TJ").get(2),
        taxonomy=level.first("PRV").get(3),
        address=read_address(level.segments),
    )


def trace_segment(kind: str, inquiry: EligibilityInquiry) -> Segment:
    """Write our trace of a question: kind 1 when we ask, 2 when the payer answers.

    TRN03 says who gave the number: 1 and a tax id or, without one, 9 and the start of the NPI.
    """
    provider = inquiry.provider
    is_tax_id = len(provider.tax_id) == TAX_ID_LENGTH
    originator = f"1{provider.tax_id}" if is_tax_id else f"9{provider.npi[:9]}"
    trace = identifier(inquiry.trace_number, field="trace number", limit=REFERENCE_LIMIT)
    return segment("TRN", kind, trace, originator)


def _write_inquiry(writer: LevelWriter, receiver: int, inquiry: EligibilityInquiry) -> None:
    dependent = inquiry.dependent
    subscriber = writer.open(SUBSCRIBER, parent=receiver, has_children=dependent is not None)
    if dependent is None:
        writer.segments.append(trace_segment("1", inquiry))
    writer.segments.append(person_segment("IL", inquiry.subscriber, "MI", inquiry.member_id))
    writer.segments.extend(address_segments(inquiry.subscriber.address))
    writer.segments.extend(demographic_segments(inquiry.subscriber))
    if dependent is not None:
        writer.open(DEPENDENT, parent=subscriber, has_children=False)
        writer.segments.append(trace_segment("1", inquiry))
        writer.segments.append(person_segment("03", dependent))
        writer.segments.extend(address_segments(dependent.address))
        writer.segments.extend(demographic_segments(dependent))
        writer.segments.extend(_relationship(inquiry.dependent_relationship))
    writer.segments.append(segment("DTP", "291", "D8", write_date(inquiry.service_date)))
    for code in inquiry.service_type_codes:
        writer.segments.append(segment("EQ", identifier(code, field="service type", limit=2)))


def _relationship(code: str) -> Iterator[Segment]:
    if code:
        yield segment("INS", "N", identifier(code, field="relationship", limit=2))


def _read_transaction(place: Place) -> Iterator[EligibilityInquiry]:
    header, levels = read_levels(place)
    report_unknown(place, levels, _TAGS)
    begin = next((segment for segment in header if segment.tag == "BHT"), ABSENT)
    for level in levels:
        is_patient = level.code == DEPENDENT or (
            level.code == SUBSCRIBER and (not level.children or bool(level.first("EQ").tag))
        )
        if not is_patient:
            continue
        try:
            yield _read_inquiry(level, begin, place)
        except UnreadableError as error:
            place.report_unreadable(error, "the inquiry")


def _read_inquiry(level: Level, begin: Segment, place: Place) -> EligibilityInquiry:
    subscriber = level.above(SUBSCRIBER)
    name = subscriber.first("NM1", "IL")
    payer = level.above(PAYER).first("NM1")
    is_dependent = level.code == DEPENDENT
    return EligibilityInquiry(
        trace_number=level.first("TRN", "1").get(2),
        payer_name=payer.get(3),
        payer_id=payer.get(9),
        provider=read_provider(level.above(RECEIVER)),
        subscriber=read_person(name, subscriber.segments),
        member_id=name.get(9),
        service_date=_service_date(level, begin),
        dependent=read_person(level.first("NM1", "03"), level.segments) if is_dependent else None,
        dependent_relationship=level.first("INS").get(2) if is_dependent else "",
        service_type_codes=_service_types(list(level.all("EQ")), place),
    )


def _service_date(level: Level, begin: Segment) -> date:
    """Take DTP*291 or, without one, the day the question was asked (BHT04)."""
    asked_for = level.first("DTP", "291")
    return period(asked_for)[0] if asked_for.tag else day(begin, 4)


def _service_types(questions: Sequence[Segment], place: Place) -> tuple[str, ...]:
    separator = place.delimiters.repetition
    return tuple(code for question in questions for code in question.get(1).split(separator))
