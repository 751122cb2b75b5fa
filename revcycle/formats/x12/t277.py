"""277: what a payer says about claims it was asked about (005010X212, not the 277CA)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from models.documents.acknowledgement import (
    ClaimAcknowledgement,
    ClaimStatus,
    ClaimStatusInquiry,
    StatusDocument,
    StatusLevel,
    StatusReport,
    TracedStatus,
)
from models.documents.finding import Severity
from models.documents.inquiry import InquiryHeader, LevelKind, Trace, first_number
from models.errors import RejectedError
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.elements import write_time
from revcycle.formats.x12.inquiries.parties_of import organization_party, provider_party
from revcycle.formats.x12.inquiries.status_levels import (
    STRUCTURE,
    party_of_level,
    patient_levels,
)
from revcycle.formats.x12.inquiries.status_reading import read_document
from revcycle.formats.x12.inquiries.status_writing import status_segments
from revcycle.formats.x12.inquiries.strictness import checked, shared_version
from revcycle.formats.x12.inquiries.trees import walk_levels
from revcycle.formats.x12.interchange import Envelope, write_interchange
from revcycle.formats.x12.reading import read_places
from revcycle.formats.x12.t276 import PATIENTS, references_of, service_dates_of

VERSION = "005010X212"
CLAIM_ACKNOWLEDGEMENT = "005010X214"  # the 277CA, which has a reader of its own
STATUSES_PER_SEGMENT = 3
UNANSWERED_CATEGORIES = ("E", "D")  # the request failed; the search found nothing
NPI = "XX"  # NM108
STATUS = "08"  # BHT02
RESPONSE = "DG"  # BHT06
ABOVE_CLAIMS: Mapping[str, str] = {
    LevelKind.RECEIVER: "receiver",
    LevelKind.PROVIDER: "provider",
}
Pair = tuple[ClaimStatusInquiry, ClaimAcknowledgement]


def read_statuses(data: bytes) -> tuple[tuple[ClaimAcknowledgement, ...], tuple[Diagnostic, ...]]:
    """Read what every 277 of a file says of each claim; nothing in the file raises.

    What is said of the receiver or a provider as a whole comes as an acknowledgement of its own,
    with ``level`` and without a claim.
    """
    findings: list[Diagnostic] = []
    statuses: list[ClaimAcknowledgement] = []
    for place in read_places(data, "277", findings, versions=(VERSION,)):
        document, _ = read_document(place, STRUCTURE)
        statuses.extend(_statuses_of(document))
    return tuple(statuses), tuple(findings)


def read_documents(data: bytes) -> tuple[tuple[StatusDocument, ...], tuple[Diagnostic, ...]]:
    """Read every 277 of a file but 277CAs with everything it says; nothing in the file raises.

    Those of other guides (X070, X093, X228 ...) are read as far as they are alike and reported;
    the rest of them is kept.
    """
    findings: list[Diagnostic] = []
    documents = []
    for place in read_places(data, "277", findings):
        version = place.transaction.version
        if not version.startswith(VERSION):
            message = f"277 {version} is not of the guide {VERSION}"
            start = place.transaction.segments[0]
            place.report(start, "x12.other_transaction", Severity.WARNING, "ST", message)
        if not version.startswith(CLAIM_ACKNOWLEDGEMENT):
            documents.append(read_document(place, STRUCTURE)[0])
    return tuple(documents), tuple(findings)


def write_statuses(statuses: Sequence[Pair], envelope: Envelope) -> bytes:
    """Write what is said of claims, each beside the question it answers, as one 277.

    Who asked is named by the first provider and the receiver of the envelope.

    Raises:
        RejectedError: something required is missing or too long.
    """
    return write_documents([_document_of(statuses, envelope)], envelope)


def write_documents(documents: Sequence[StatusDocument], envelope: Envelope) -> bytes:
    """Write whole 277 documents, one transaction each.

    Raises:
        RejectedError: something required is missing or cannot be written.
    """
    bodies = [list(checked(status_segments(document, STRUCTURE))) for document in documents]
    return write_interchange(envelope, "HN", shared_version(documents) or VERSION, bodies)


def _document_of(statuses: Sequence[Pair], envelope: Envelope) -> StatusDocument:
    created_at = envelope.created_at
    header = InquiryHeader(
        f"{envelope.control_number:09d}",
        STATUS,
        RESPONSE,
        created_on=created_at.date(),
        created_time=write_time(created_at),
    )
    runs = groupby(statuses, key=lambda pair: (pair[0].payer_name, pair[0].payer_id))
    payers = []
    for (name, payer_id), run in runs:
        party = organization_party("PR", name, "PI", payer_id)
        receiver = _receiver_of(list(run), envelope)
        payers.append(StatusLevel(LevelKind.PAYER, (party,), children=(receiver,)))
    return StatusDocument(header, tuple(payers))


def _receiver_of(statuses: Sequence[Pair], envelope: Envelope) -> StatusLevel:
    providers = []
    for provider, run in groupby(statuses, key=lambda pair: pair[0].provider):
        patients = tuple(
            patient_levels(inquiry, _answer(inquiry, status, envelope), has_demographics=False)
            for inquiry, status in run
        )
        party = provider_party("1P", provider)
        providers.append(StatusLevel(LevelKind.PROVIDER, (party,), children=patients))
    asking = statuses[0][0].provider.name
    party = organization_party("41", asking, "46", envelope.receiver_id)
    return StatusLevel(LevelKind.RECEIVER, (party,), children=tuple(providers))


def _answer(
    inquiry: ClaimStatusInquiry, status: ClaimAcknowledgement, envelope: Envelope
) -> TracedStatus:
    return TracedStatus(
        Trace("2", inquiry.trace_number),
        reports=tuple(_reports(status, envelope)),
        references=references_of(inquiry, status.payer_claim_control_number),
        dates=service_dates_of(inquiry),
        lines=status.lines,
    )


def _reports(status: ClaimAcknowledgement, envelope: Envelope) -> Iterator[StatusReport]:
    """Make one report per three statuses; each says charge and payment again."""
    if not status.statuses:
        msg = "a claim needs at least one status"
        raise RejectedError(msg)
    day = status.effective_on or envelope.created_at.date()
    for start in range(0, len(status.statuses), STATUSES_PER_SEGMENT):
        chosen = status.statuses[start : start + STATUSES_PER_SEGMENT]
        yield StatusReport(chosen, day, charge=status.charge, paid=status.paid)


def _statuses_of(document: StatusDocument) -> Iterator[ClaimAcknowledgement]:
    for level, above in walk_levels(document.levels):
        name = "claim" if level.kind in PATIENTS else ABOVE_CLAIMS.get(level.kind, "")
        provider = party_of_level(above, LevelKind.PROVIDER)
        npi = provider.id_number if provider.id_qualifier == NPI else ""
        for traced in level.traced:
            if name and (traced.reports or (traced.trace and name == "claim")):
                member_id = party_of_level(above, LevelKind.SUBSCRIBER).id_number
                yield replace(_status_of(traced, name, npi), member_id=member_id)


def _status_of(traced: TracedStatus, level: str, provider_npi: str) -> ClaimAcknowledgement:
    statuses, numbers = traced.statuses, traced.references
    first = traced.reports[0] if traced.reports else StatusReport(())
    trace = traced.trace.number if traced.trace else ""
    return ClaimAcknowledgement(
        claim_control_number=first_number(numbers, "EJ"),
        statuses=statuses,
        is_accepted=bool(statuses) and not any(_is_refused(status) for status in statuses),
        charge=first.charge,
        payer_claim_control_number=first_number(numbers, "1K"),
        effective_on=first.effective_on,
        paid=first.paid,
        batch_reference=trace if level == "receiver" else "",
        trace_number=trace if level == "claim" else "",
        level=level,
        provider_npi=provider_npi,
        clearinghouse_number=first_number(numbers, "D9"),
        bill_type=first_number(numbers, "BLT"),
        voucher_number=first_number(numbers, "VV"),
        lines=traced.lines,
        said=traced,
    )


def _is_refused(status: ClaimStatus) -> bool:
    return status.is_refusal or status.category.startswith(UNANSWERED_CATEGORIES)
