"""999 (005010X231A1): did a functional group pass, both ways. A 997 is read as well."""

from collections.abc import Iterator

from models.documents.acknowledgement import (
    ElementError,
    FunctionalAcknowledgement,
    SegmentError,
    TransactionAcknowledgement,
)
from models.documents.finding import Severity
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.elements import identifier
from revcycle.formats.x12.interchange import (
    Envelope,
    Transaction,
    read_interchanges,
    write_interchange,
)
from revcycle.formats.x12.loops import Loop, split_at
from revcycle.formats.x12.notes import Notes
from revcycle.formats.x12.segments import Segment, composite, segment

VERSION = "005010X231A1"
KINDS = frozenset({"999", "997"})
SEGMENTS_IN_ERROR = "5"  # IK502: one or more segments in error
WITHOUT_VERSION = frozenset({"835"})  # its ST03 is not used, so AK203 is not either


def write_functional_acknowledgement(ack: FunctionalAcknowledgement, envelope: Envelope) -> bytes:
    """Write one 999 for one functional group.

    Raises:
        RejectedError: a code or control number cannot be written.
    """
    return write_interchange(envelope, "FA", VERSION, [list(_write(ack))])


def _write(ack: FunctionalAcknowledgement) -> Iterator[Segment]:
    group = identifier(ack.group_control_number, field="group control number", limit=9)
    yield segment("AK1", ack.functional_code, group, ack.version)
    for transaction in ack.transactions:
        version = "" if transaction.transaction_kind in WITHOUT_VERSION else ack.version
        yield segment("AK2", transaction.transaction_kind, transaction.control_number, version)
        for error in transaction.errors:
            yield from _write_error(error)
        cause = SEGMENTS_IN_ERROR if transaction.errors else ""
        yield segment("IK5", transaction.code, cause)
    counts = (str(ack.included), str(ack.received), str(ack.accepted))
    yield segment("AK9", ack.code, *counts)


def _write_error(error: SegmentError) -> Iterator[Segment]:
    yield segment("IK3", error.segment, str(error.position), error.loop, error.code)
    for element in error.elements:
        yield segment("IK4", composite(*element.position.split("-")), "", element.code)


def read_functional_acknowledgements(
    data: bytes,
) -> tuple[tuple[FunctionalAcknowledgement, ...], tuple[Diagnostic, ...]]:
    """Read every 999 and 997 of a file; one that ends before its verdict is only reported.

    Raises:
        NotX12Error: there is no ISA.
    """
    findings: list[Diagnostic] = []
    acks = []
    for interchange in read_interchanges(data):
        for transaction in interchange.transactions:
            notes = Notes(interchange, transaction, findings)
            if (ack := _read_transaction(transaction, notes)) is not None:
                acks.append(ack)
    return tuple(acks), tuple(findings)


def _read_transaction(transaction: Transaction, notes: Notes) -> FunctionalAcknowledgement | None:
    start = transaction.segments[0]
    if transaction.kind not in KINDS:
        message = f"transaction {transaction.kind} is not a functional acknowledgement"
        notes.report("x12.other_transaction", start, "ST01", message, Severity.WARNING)
        return None
    loop, blocks, verdict = _cut(transaction)
    header = loop.take("AK1")
    transactions = tuple(_read_response(block, notes) for block in blocks)
    notes.unread(loop)
    if not verdict.get(1):
        notes.report("x12.no_verdict", start, "AK9", "the acknowledgement ends before its verdict")
        return None
    return FunctionalAcknowledgement(
        functional_code=header.get(1),
        group_control_number=header.get(2),
        version=header.get(3),
        code=verdict.get(1),
        included=_count(verdict, 2, notes),
        received=_count(verdict, 3, notes),
        accepted=_count(verdict, 4, notes),
        transactions=transactions,
    )


def _cut(transaction: Transaction) -> tuple[Loop, list[list[Segment]], Segment]:
    body = [part for part in transaction.segments if part.tag not in {"ST", "SE"}]
    whole = Loop(body)
    verdict = whole.take("AK9")
    head, blocks = split_at(whole.segments, "AK2")
    return Loop(head), blocks, verdict


def _read_response(block: list[Segment], notes: Notes) -> TransactionAcknowledgement:
    head, errors = split_at(block, "IK3", "AK3")
    loop = Loop(head)
    header = loop.take("AK2")
    verdict = _take_verdict(loop, errors)
    if not verdict.tag:
        notes.report("x12.no_verdict", header, "IK5", "a transaction's response has no verdict")
    acknowledgement = TransactionAcknowledgement(
        transaction_kind=header.get(1),
        control_number=header.get(2),
        code=verdict.get(1),
        errors=tuple(_read_error(error, notes) for error in errors),
    )
    notes.unread(loop)
    return acknowledgement


def _take_verdict(loop: Loop, errors: list[list[Segment]]) -> Segment:
    """IK5 (AK5 of a 997) closes the response; it stands behind the last error."""
    last = Loop(errors[-1]) if errors else loop
    verdict = last.take("IK5")
    return verdict if verdict.tag else last.take("AK5")


def _read_error(block: list[Segment], notes: Notes) -> SegmentError:
    loop = Loop(block)
    header = loop.segments.pop(0)
    elements = (*loop.take_all("IK4"), *loop.take_all("AK4"))
    loop.take_all("CTX")  # says again where the segment stands
    notes.unread(loop)
    return SegmentError(
        segment=header.get(1),
        position=_count(header, 2, notes),
        loop=header.get(3),
        code=header.get(4),
        elements=tuple(
            ElementError("-".join(filter(None, notes.components(part, 1))), part.get(3))
            for part in elements
        ),
    )


def _count(written: Segment, number: int, notes: Notes) -> int:
    text = written.get(number)
    if text.isascii() and text.isdigit():
        return int(text)
    name = f"{written.tag}{number:02d}"
    notes.report("x12.bad_value", written, name, "not a whole number")
    return 0
