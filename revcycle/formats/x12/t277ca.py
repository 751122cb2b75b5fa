"""277CA (005010X214): did each claim of a batch enter adjudication, both ways.

A refusal of the receiver or of a billing provider holds for every claim below it. A batch that
was refused with no claim named gives one acknowledgement with an empty claim control number and
the reference of the batch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.documents.acknowledgement import ClaimAcknowledgement, ClaimStatus
from models.documents.claim import ClaimBatchDocument
from models.documents.finding import Severity
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import (
    Envelope,
    Transaction,
    read_interchanges,
    write_interchange,
)
from revcycle.formats.x12.loops import Loop, named_loops, split_at
from revcycle.formats.x12.notes import Notes, component
from revcycle.formats.x12.segments import ABSENT, Segment
from revcycle.formats.x12.t277ca_writer import write_answer

VERSION = "005010X214"
STATUS_ELEMENTS = (1, 10, 11)  # composites of STC
RECEIVER_TOTALS = (("QTY", "90"), ("QTY", "AA"), ("AMT", "YU"), ("AMT", "YY"))
PROVIDER_TOTALS = (("QTY", "QA"), ("QTY", "QC"), ("AMT", "YU"), ("AMT", "YY"))


@dataclass(frozen=True, slots=True)
class Above:
    """What the levels above a claim say."""

    batch_reference: str = ""
    receiver: tuple[ClaimStatus, ...] = ()
    provider: tuple[ClaimStatus, ...] = ()

    @property
    def refusals(self) -> tuple[ClaimStatus, ...]:
        """Statuses that refuse everything below."""
        return tuple(status for status in (*self.receiver, *self.provider) if status.is_refusal)


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
    return write_interchange(envelope, "HN", VERSION, [write_answer(acks, batch, envelope)])


def read_claim_acknowledgements(
    data: bytes,
) -> tuple[tuple[ClaimAcknowledgement, ...], tuple[Diagnostic, ...]]:
    """Read every 277CA of a file; transactions of other kinds are reported.

    Raises:
        NotX12Error: there is no ISA.
    """
    acks: list[ClaimAcknowledgement] = []
    findings: list[Diagnostic] = []
    for interchange in read_interchanges(data):
        for transaction in interchange.transactions:
            notes = Notes(interchange, transaction, findings)
            if transaction.kind == "277" and transaction.version.startswith(VERSION):
                acks.extend(_read_transaction(transaction, notes))
            else:
                message = f"transaction {transaction.kind} is not a claim acknowledgement"
                start = transaction.segments[0]
                notes.report("x12.other_transaction", start, "ST03", message, Severity.WARNING)
    return tuple(acks), tuple(findings)


def _read_transaction(transaction: Transaction, notes: Notes) -> list[ClaimAcknowledgement]:
    body = [part for part in transaction.segments if part.tag not in {"ST", "SE"}]
    head, levels = split_at(body, "HL")
    loop = Loop(head)
    loop.take("BHT")
    notes.unread(loop)
    acks: list[ClaimAcknowledgement] = []
    above = Above()
    for position, level in enumerate(levels):
        code = level[0].get(3)
        if code == "PT":
            acks.extend(_read_patient_level(level, above, notes))
            continue
        above = _read_upper_level(level, code, above, notes)
        if _is_refused_unopened(code, above, levels[position + 1 :]):
            acks.extend(_refused_unopened(level[0], code, above, notes))
    return acks


def _is_refused_unopened(code: str, above: Above, following: Sequence[list[Segment]]) -> bool:
    """Tell whether this level refuses, and nothing below it names a claim."""
    refusing = {"21": above.receiver, "19": above.provider}.get(code, ())
    below = following[0][0].get(3) if following else ""
    has_children = below == "PT" or (code == "21" and below == "19")
    return any(status.is_refusal for status in refusing) and not has_children


def _refused_unopened(
    header: Segment, code: str, above: Above, notes: Notes
) -> Iterator[ClaimAcknowledgement]:
    if code == "21":
        yield ClaimAcknowledgement(
            "", above.refusals, is_accepted=False, batch_reference=above.batch_reference
        )
        return
    message = "all claims of a billing provider are refused, and none of them is named"
    notes.report("x12.provider_refused", header, "STC", message)


def _read_upper_level(level: list[Segment], code: str, above: Above, notes: Notes) -> Above:
    loop, names = named_loops(level)
    whole = Loop([*loop.segments, *(part for name in names for part in name.segments)])
    whole.take("HL")
    whole.take("NM1")
    trace = whole.take("TRN")
    statuses = tuple(_read_statuses(whole, notes))
    match code:
        case "21":
            above = Above(trace.get(2), statuses)
            _skip(whole, RECEIVER_TOTALS)
        case "19":
            above = replace(above, provider=statuses)
            _skip(whole, PROVIDER_TOTALS)
        case "20":
            above = Above()
            whole.take_all("DTP", "050", "009")
    notes.unread(whole)
    return above


def _skip(loop: Loop, totals: Sequence[tuple[str, str]]) -> None:
    """Totals repeat what the claims say."""
    for tag, qualifier in totals:
        loop.take(tag, qualifier)


def _read_patient_level(
    level: list[Segment], above: Above, notes: Notes
) -> Iterator[ClaimAcknowledgement]:
    head, claims = split_at(level, "TRN")
    loop = Loop(head)
    loop.take("HL")
    loop.take("NM1", "QC")
    notes.unread(loop)
    for block in claims:
        yield _read_claim(block, above, notes)


def _read_claim(block: list[Segment], above: Above, notes: Notes) -> ClaimAcknowledgement:
    before_lines, lines = split_at(block, "SVC")
    loop = Loop(before_lines)
    trace = loop.take("TRN")
    status = next((part for part in loop.segments if part.tag == "STC"), ABSENT)
    own = tuple(_read_statuses(loop, notes))
    statuses = (*own, *(status for status in above.refusals if status not in own))
    if not statuses:
        notes.report("x12.no_status", trace, "STC", "nothing is said of this claim")
    loop.take("DTP", "472")
    acknowledgement = ClaimAcknowledgement(
        claim_control_number=trace.get(2),
        statuses=statuses,
        is_accepted=bool(statuses) and not any(status.is_refusal for status in statuses),
        charge=notes.optional_amount(status, 4),
        payer_claim_control_number=loop.take("REF", "1K").get(2),
        effective_on=notes.date(status, 2),
        batch_reference=above.batch_reference,
    )
    notes.unread(loop, *map(Loop, lines))
    return acknowledgement


def _read_statuses(loop: Loop, notes: Notes) -> Iterator[ClaimStatus]:
    for written in loop.take_all("STC"):
        for number in STATUS_ELEMENTS:
            parts = notes.components(written, number)
            if category := component(parts, 1):
                yield ClaimStatus(category, component(parts, 2), component(parts, 3))
