"""276: questions about claims (005010X212)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from models.documents.acknowledgement import (
    ClaimStatusBatchDocument,
    ClaimStatusInquiry,
    StatusDocument,
    StatusLevel,
    TracedStatus,
)
from models.documents.inquiry import (
    InquiryHeader,
    LevelKind,
    StatedAmount,
    StatedDate,
    Trace,
    first_number,
)
from models.documents.party import Reference
from models.errors import RejectedError
from models.values.money import Money, total
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.elements import write_time
from revcycle.formats.x12.inquiries.parties_of import (
    organization_party,
    provider_of,
    provider_party,
)
from revcycle.formats.x12.inquiries.status_levels import (
    STRUCTURE,
    party_of_level,
    patient_levels,
    person_at,
)
from revcycle.formats.x12.inquiries.status_reading import read_document
from revcycle.formats.x12.inquiries.status_writing import status_segments
from revcycle.formats.x12.inquiries.strictness import checked, shared_version
from revcycle.formats.x12.inquiries.trees import Starts, walk_levels
from revcycle.formats.x12.interchange import Envelope, write_interchange
from revcycle.formats.x12.reading import Place, UnreadableError, read_places

VERSION = "005010X212"
ASK = "13"  # BHT02
CHARGE = "T3"  # AMT01
SERVICE = "472"  # DTP01
PATIENTS = frozenset({LevelKind.SUBSCRIBER, LevelKind.DEPENDENT})
OWN_NUMBERS = frozenset({"1K", "BLT", "EJ"})  # REF01 that have a field of their own


def write_status_inquiries(batch: ClaimStatusBatchDocument, envelope: Envelope) -> bytes:
    """Write the questions to one payer as one 276.

    Raises:
        RejectedError: something required is missing, too long, or meant for another payer.
    """
    return write_documents([_document_of(batch, envelope)], envelope)


def write_documents(documents: Sequence[StatusDocument], envelope: Envelope) -> bytes:
    """Write whole 276 documents, one transaction each.

    Raises:
        RejectedError: something required is missing or cannot be written.
    """
    bodies = [list(checked(status_segments(document, STRUCTURE))) for document in documents]
    return write_interchange(envelope, "HR", shared_version(documents) or VERSION, bodies)


def read_status_inquiries(
    data: bytes,
) -> tuple[tuple[ClaimStatusInquiry, ...], tuple[Diagnostic, ...]]:
    """Read every question of every 276 of a file; nothing in the file raises."""
    findings: list[Diagnostic] = []
    inquiries: list[ClaimStatusInquiry] = []
    for place in read_places(data, "276", findings):
        document, starts = read_document(place, STRUCTURE)
        inquiries.extend(_inquiries_of(document, starts, place))
    return tuple(inquiries), tuple(findings)


def read_documents(data: bytes) -> tuple[tuple[StatusDocument, ...], tuple[Diagnostic, ...]]:
    """Read every 276 of a file with everything it says; nothing in the file raises."""
    findings: list[Diagnostic] = []
    places = read_places(data, "276", findings)
    return tuple([read_document(place, STRUCTURE)[0] for place in places]), tuple(findings)


def references_of(inquiry: ClaimStatusInquiry, payer_number: str) -> tuple[Reference, ...]:
    """List the numbers by which both sides know the claim."""
    numbers = (
        Reference("1K", payer_number),
        Reference("BLT", inquiry.bill_type),
        Reference("EJ", inquiry.claim_control_number),
        *inquiry.references,
    )
    return tuple(number for number in numbers if number.value)


def service_dates_of(inquiry: ClaimStatusInquiry) -> tuple[StatedDate, ...]:
    """Say the days of the claim: one date or a period."""
    first, last = inquiry.service_from, inquiry.service_to
    return (StatedDate(SERVICE, first, None if first == last else last),)


def _document_of(batch: ClaimStatusBatchDocument, envelope: Envelope) -> StatusDocument:
    created_at = envelope.created_at
    header = InquiryHeader(
        batch.reference, ASK, created_on=created_at.date(), created_time=write_time(created_at)
    )
    if any(inquiry.payer_id != batch.payer_id for inquiry in batch.inquiries):
        msg = "an inquiry of the batch is meant for another payer"
        raise RejectedError(msg)
    providers = []
    for provider, run in groupby(batch.inquiries, key=lambda inquiry: inquiry.provider):
        patients = tuple(patient_levels(inquiry, _question(inquiry)) for inquiry in run)
        party = provider_party("1P", provider)
        providers.append(StatusLevel(LevelKind.PROVIDER, (party,), children=patients))
    submitter = organization_party("41", batch.submitter_name, "46", batch.submitter_id)
    receiver = StatusLevel(LevelKind.RECEIVER, (submitter,), children=tuple(providers))
    payer = organization_party("PR", batch.payer_name, "PI", batch.payer_id)
    return StatusDocument(header, (StatusLevel(LevelKind.PAYER, (payer,), children=(receiver,)),))


def _question(inquiry: ClaimStatusInquiry) -> TracedStatus:
    return TracedStatus(
        Trace("1", inquiry.trace_number),
        references=references_of(inquiry, inquiry.payer_claim_control_number),
        amounts=(StatedAmount(CHARGE, inquiry.charge),),
        dates=service_dates_of(inquiry),
        lines=inquiry.lines,
    )


def _inquiries_of(
    document: StatusDocument, starts: Starts, place: Place
) -> Iterator[ClaimStatusInquiry]:
    for level, above in walk_levels(document.levels):
        if level.kind not in PATIENTS:
            continue
        for question in level.traced:
            charge, period = _charge(question), _service_period(question)
            if charge is not None and period is not None:
                yield _inquiry_of(question, level, above, charge, period)
            elif not _is_reported(question, "AMT" if charge is None else "DTP"):
                lack = "without a charge" if charge is None else "without a date of service"
                error = UnreadableError(starts[id(level)], 1, f"a question {lack}")
                place.report_unreadable(error, "the inquiry")


def _inquiry_of(
    question: TracedStatus,
    level: StatusLevel,
    above: Mapping[str, StatusLevel],
    charge: Money,
    period: tuple[date, date],
) -> ClaimStatusInquiry:
    payer = party_of_level(above, LevelKind.PAYER)
    is_dependent = level.kind == LevelKind.DEPENDENT
    numbers = question.references
    return ClaimStatusInquiry(
        trace_number=question.trace.number if question.trace else "",
        claim_control_number=first_number(numbers, "EJ"),
        payer_claim_control_number=first_number(numbers, "1K"),
        charge=charge,
        service_from=period[0],
        service_to=period[1],
        payer_name=payer.name,
        payer_id=payer.id_number,
        provider=provider_of(party_of_level(above, LevelKind.PROVIDER)),
        subscriber=person_at(above, LevelKind.SUBSCRIBER),
        member_id=party_of_level(above, LevelKind.SUBSCRIBER).id_number,
        dependent=person_at(above, LevelKind.DEPENDENT) if is_dependent else None,
        bill_type=first_number(numbers, "BLT"),
        references=tuple(one for one in numbers if one.qualifier not in OWN_NUMBERS),
        lines=question.lines,
        said=question,
    )


def _charge(question: TracedStatus) -> Money | None:
    """Take AMT*T3 or, where only lines are asked about, what these charge."""
    for one in question.amounts:
        if one.kind == CHARGE:
            return one.amount
    charges = [line.charge for line in question.lines]
    known = [charge for charge in charges if charge is not None]
    return total(known) if known and len(known) == len(charges) else None


def _service_period(question: TracedStatus) -> tuple[date, date] | None:
    """Take the days of the claim and of its lines together."""
    of_lines = (one for line in question.lines for one in line.dates)
    dates = [one for one in (*question.dates, *of_lines) if one.kind == SERVICE]
    if not dates:
        return None
    return min(one.first for one in dates), max(one.last or one.first for one in dates)


def _is_reported(question: TracedStatus, tag: str) -> bool:
    """Tell whether such a segment is there, and was reported as unreadable."""
    return any(one.elements[0] == tag for one in question.kept)
