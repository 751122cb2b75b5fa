"""277: what a payer says about claims it was asked about (005010X212, not the 277CA)."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from models.documents.acknowledgement import (
    ClaimAcknowledgement,
    ClaimStatus,
    ClaimStatusInquiry,
)
from models.documents.finding import Severity
from models.errors import RejectedError
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.elements import identifier, write_amount, write_date, write_time
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
from revcycle.formats.x12.parties import REFERENCE_LIMIT, organization_segment
from revcycle.formats.x12.reading import (
    Place,
    UnreadableError,
    components,
    day,
    optional_amount,
    read_places,
)
from revcycle.formats.x12.segments import ABSENT, Segment, composite, segment
from revcycle.formats.x12.t276 import (
    open_patient,
    read_asking_provider,
    references,
    service_period,
)

VERSION = "005010X212"
STATUS_ELEMENTS = (1, 10, 11)  # of one STC
UNANSWERED_CATEGORIES = ("E", "D")  # the request failed; the search found nothing
_TAGS = frozenset({"NM1", "PER", "TRN", "STC", "REF", "DTP", "SVC"})
_ABOVE = {RECEIVER: "receiver", PROVIDER: "provider"}


def read_statuses(data: bytes) -> tuple[tuple[ClaimAcknowledgement, ...], tuple[Diagnostic, ...]]:
    """Read what every 277 of a file says of each claim; nothing in the file raises.

    What is said of the receiver or a provider as a whole comes as an acknowledgement of its own,
    with ``level`` and without a claim. Statuses of single lines stay in the file and are counted.
    """
    findings: list[Diagnostic] = []
    statuses: list[ClaimAcknowledgement] = []
    for place in read_places(data, "277", findings, versions=(VERSION,)):
        _, levels = read_levels(place)
        report_unknown(place, levels, _TAGS)
        _report_lines(levels, place)
        for level in levels:
            statuses.extend(_read_level(level, place))
    return tuple(statuses), tuple(findings)


def write_statuses(
    statuses: Sequence[tuple[ClaimStatusInquiry, ClaimAcknowledgement]], envelope: Envelope
) -> bytes:
    """Write what is said of claims, each beside the question it answers, as one 277.

    Who asked is named by the first provider and the receiver of the envelope.

    Raises:
        RejectedError: something required is missing or too long.
    """
    created_at = envelope.created_at
    reference = f"{envelope.control_number:09d}"
    when = (write_date(created_at.date()), write_time(created_at))
    writer = LevelWriter([segment("BHT", "0010", "08", reference, *when, "DG")])
    payers = groupby(statuses, key=lambda pair: (pair[0].payer_name, pair[0].payer_id))
    for (name, payer_id), run in payers:
        payer = writer.open(PAYER, has_children=True)
        writer.segments.append(organization_segment("PR", name, "PI", payer_id))
        _write_receiver(writer, payer, list(run), envelope)
    return write_interchange(envelope, "HN", VERSION, [writer.segments])


def _write_receiver(
    writer: LevelWriter,
    payer: int,
    statuses: Sequence[tuple[ClaimStatusInquiry, ClaimAcknowledgement]],
    envelope: Envelope,
) -> None:
    receiver = writer.open(RECEIVER, parent=payer, has_children=True)
    asking = statuses[0][0].provider.name
    writer.segments.append(organization_segment("41", asking, "46", envelope.receiver_id))
    for provider, run in groupby(statuses, key=lambda pair: pair[0].provider):
        level = writer.open(PROVIDER, parent=receiver, has_children=True)
        writer.segments.append(organization_segment("1P", provider.name, "XX", provider.npi))
        for inquiry, status in run:
            open_patient(writer, level, inquiry, has_demographics=False)
            writer.segments.extend(_answer(inquiry, status, envelope))


def _answer(
    inquiry: ClaimStatusInquiry, status: ClaimAcknowledgement, envelope: Envelope
) -> Iterator[Segment]:
    trace = identifier(inquiry.trace_number, field="trace number", limit=REFERENCE_LIMIT)
    yield segment("TRN", "2", trace)
    yield from _status_segments(status, envelope)
    yield from references(inquiry, status.payer_claim_control_number)
    yield service_period(inquiry)


def _status_segments(status: ClaimAcknowledgement, envelope: Envelope) -> Iterator[Segment]:
    if not status.statuses:
        msg = "a claim needs at least one status"
        raise RejectedError(msg)
    when = write_date(status.effective_on or envelope.created_at.date())
    charge = "" if status.charge is None else write_amount(status.charge)
    paid = "" if status.paid is None else write_amount(status.paid)
    for start in range(0, len(status.statuses), len(STATUS_ELEMENTS)):
        chosen = status.statuses[start : start + len(STATUS_ELEMENTS)]
        first, *others = (composite(one.category, one.code, one.entity) for one in chosen)
        yield segment("STC", first, when, "", charge, paid, "", "", "", "", *others)


def _read_level(level: Level, place: Place) -> Iterator[ClaimAcknowledgement]:
    head, claims = split_at(level.segments, "TRN")
    if level.code in _ABOVE and level.first("STC").tag:
        claims = [[*head, *(segment for claim in claims for segment in claim)]]
    elif level.code not in {SUBSCRIBER, DEPENDENT}:
        return
    for claim in claims:
        try:
            yield _read_status(claim, level, place)
        except UnreadableError as error:
            place.report_unreadable(error, "the status")


def _read_status(claim: Sequence[Segment], level: Level, place: Place) -> ClaimAcknowledgement:
    own, _ = split_at(claim, "SVC")
    told = [segment for segment in own if segment.tag == "STC"]
    first = told[0] if told else ABSENT
    trace = next((segment.get(2) for segment in own if segment.tag == "TRN"), "")
    numbers = {segment.get(1): segment.get(2) for segment in own if segment.tag == "REF"}
    statuses = tuple(status for segment in told for status in _read_composites(segment, place))
    above = _ABOVE.get(level.code, "")
    return ClaimAcknowledgement(
        claim_control_number=numbers.get("EJ", ""),
        statuses=statuses,
        is_accepted=bool(statuses) and not any(_is_refused(status) for status in statuses),
        charge=optional_amount(first, 4),
        payer_claim_control_number=numbers.get("1K", ""),
        effective_on=day(first, 2) if first.get(2) else None,
        paid=optional_amount(first, 5),
        batch_reference=trace if above == "receiver" else "",
        trace_number="" if above else trace,
        level=above or "claim",
        provider_npi=read_asking_provider(level).npi,
    )


def _read_composites(segment: Segment, place: Place) -> Iterator[ClaimStatus]:
    for number in STATUS_ELEMENTS:
        if segment.get(number):
            category, code, entity, *_ = (
                *components(segment, number, place.delimiters),
                "",
                "",
            )
            yield ClaimStatus(category, code, entity)


def _is_refused(status: ClaimStatus) -> bool:
    return status.is_refusal or status.category.startswith(UNANSWERED_CATEGORIES)


def _report_lines(levels: Sequence[Level], place: Place) -> None:
    lines = [segment for level in levels for segment in level.all("SVC")]
    if lines:
        message = f"kept in the file only: statuses of {len(lines)} lines"
        place.report(lines[0], "x12.277_not_carried", Severity.INFO, "SVC", message)
