"""277CA (005010X214): did each claim of a batch enter adjudication, both ways.

A refusal of the receiver or of a billing provider holds for every claim below it. A batch that
was refused with no claim named gives one acknowledgement with an empty claim control number and
the reference of the batch.
"""

from collections.abc import Iterator, Mapping, Sequence

from models.documents.acknowledgement import (
    ClaimAcknowledgement,
    ClaimStatus,
    StatusDocument,
    StatusLevel,
    StatusReport,
    TracedStatus,
)
from models.documents.claim import ClaimBatchDocument
from models.documents.finding import Severity
from models.documents.inquiry import LevelKind, first_number
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.inquiries.acknowledgement_writing import answer_document
from revcycle.formats.x12.inquiries.status_reading import read_document
from revcycle.formats.x12.inquiries.status_writing import status_segments
from revcycle.formats.x12.inquiries.strictness import checked, shared_version
from revcycle.formats.x12.inquiries.trees import Starts, walk_levels
from revcycle.formats.x12.interchange import Envelope, write_interchange
from revcycle.formats.x12.reading import Place, read_places

VERSION = "005010X214"
STRUCTURE = "0085"  # BHT01
ABOVE_CLAIMS = (LevelKind.RECEIVER, LevelKind.PROVIDER)


def write_claim_acknowledgements(
    acks: Sequence[ClaimAcknowledgement], batch: ClaimBatchDocument, envelope: Envelope
) -> bytes:
    """Write one 277CA that answers one batch.

    An acknowledgement without a claim control number refuses the batch as a whole; it must
    then be the only one.

    Args:
        acks: What is said of each claim, in any order.
        batch: The batch as read: who sent it, its reference, and the claims.
        envelope: Who answers whom.

    Raises:
        RejectedError: there is nothing to say, or a claim is not of this batch.
    """
    return write_documents([answer_document(acks, batch, envelope)], envelope)


def write_documents(documents: Sequence[StatusDocument], envelope: Envelope) -> bytes:
    """Write whole 277CA documents, one transaction each.

    Raises:
        RejectedError: something required is missing or cannot be written.
    """
    bodies = [list(checked(status_segments(document, STRUCTURE))) for document in documents]
    return write_interchange(envelope, "HN", shared_version(documents) or VERSION, bodies)


def read_claim_acknowledgements(
    data: bytes,
) -> tuple[tuple[ClaimAcknowledgement, ...], tuple[Diagnostic, ...]]:
    """Read every 277CA of a file; transactions of other kinds are reported, nothing raises."""
    acks: list[ClaimAcknowledgement] = []
    findings: list[Diagnostic] = []
    for place in read_places(data, "277", findings, versions=(VERSION,)):
        document, starts = read_document(place, STRUCTURE)
        acks.extend(_acks_of(document, starts, place))
    return tuple(acks), tuple(findings)


def read_documents(data: bytes) -> tuple[tuple[StatusDocument, ...], tuple[Diagnostic, ...]]:
    """Read every 277CA of a file with everything it says; nothing in the file raises."""
    findings: list[Diagnostic] = []
    places = read_places(data, "277", findings, versions=(VERSION,))
    return tuple([read_document(place, STRUCTURE)[0] for place in places]), tuple(findings)


def _acks_of(
    document: StatusDocument, starts: Starts, place: Place
) -> Iterator[ClaimAcknowledgement]:
    naming = _levels_with_claims(document)
    for level, above in walk_levels(document.levels):
        if level.kind == LevelKind.PATIENT:
            for claim in level.traced:
                ack = _ack_of(claim, above)
                if not ack.statuses:
                    _report(place, starts, level, "x12.no_status", "nothing is said of this claim")
                yield ack
        elif level.kind in ABOVE_CLAIMS and id(level) not in naming and _refusals(level):
            yield from _refused_unopened(level, above, starts, place)


def _levels_with_claims(document: StatusDocument) -> set[int]:
    """Find the levels, by their ``id``, below which a claim is named."""
    naming: set[int] = set()
    for level, above in walk_levels(document.levels):
        if level.kind == LevelKind.PATIENT and level.traced:
            naming.update(id(above[kind]) for kind in ABOVE_CLAIMS if kind in above)
    return naming


def _refused_unopened(
    level: StatusLevel, above: Mapping[str, StatusLevel], starts: Starts, place: Place
) -> Iterator[ClaimAcknowledgement]:
    if level.kind == LevelKind.RECEIVER:
        refusals = _refusals(level)
        reference = _batch_reference(above)
        yield ClaimAcknowledgement("", refusals, is_accepted=False, batch_reference=reference)
        return
    message = "all claims of a billing provider are refused, and none of them is named"
    _report(place, starts, level, "x12.provider_refused", message)


def _report(place: Place, starts: Starts, level: StatusLevel, rule_id: str, message: str) -> None:
    place.report(starts[id(level)], rule_id, Severity.ERROR, "STC", message)


def _ack_of(claim: TracedStatus, above: Mapping[str, StatusLevel]) -> ClaimAcknowledgement:
    own, numbers = claim.statuses, claim.references
    levels = (above[kind] for kind in ABOVE_CLAIMS if kind in above)
    inherited = (status for level in levels for status in _refusals(level))
    statuses = (*own, *(status for status in inherited if status not in own))
    first = claim.reports[0] if claim.reports else StatusReport(())
    return ClaimAcknowledgement(
        claim_control_number=claim.trace.number if claim.trace else "",
        statuses=statuses,
        is_accepted=bool(statuses) and not any(status.is_refusal for status in statuses),
        charge=first.charge,
        payer_claim_control_number=first_number(numbers, "1K"),
        effective_on=first.effective_on,
        batch_reference=_batch_reference(above),
        clearinghouse_number=first_number(numbers, "D9"),
        bill_type=first_number(numbers, "BLT"),
        lines=claim.lines,
        said=claim,
    )


def _refusals(level: StatusLevel) -> tuple[ClaimStatus, ...]:
    """List the statuses of a level that refuse everything below."""
    told = (status for traced in level.traced for status in traced.statuses)
    return tuple(status for status in told if status.is_refusal)


def _batch_reference(above: Mapping[str, StatusLevel]) -> str:
    receiver = above.get(LevelKind.RECEIVER)
    traces = (traced.trace for traced in receiver.traced) if receiver else ()
    return next((trace.number for trace in traces if trace), "")
