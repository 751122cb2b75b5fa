"""999 (005010X231A1): did a functional group pass, both ways. A 997 is read as well."""

from collections.abc import Iterator, Sequence

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
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.segments import Segment, composite, segment

VERSION = "005010X231A1"
KINDS = frozenset({"999", "997"})
SEGMENTS_IN_ERROR = "5"  # IK502: segments break the standard
SEGMENTS_AGAINST_GUIDE = "I5"  # IK502: segments break the guide
IMPLIED_CODES = frozenset({SEGMENTS_IN_ERROR, SEGMENTS_AGAINST_GUIDE})
WITHOUT_VERSION = frozenset({"835"})  # its ST03 is not used, so AK203 is not either
ERROR_CODES_MAX = 5  # of a transaction or group
LOOP_LENGTH_MAX = 4  # IK303
VALUE_LENGTH_MAX = 99  # IK404


def write_functional_acknowledgement(ack: FunctionalAcknowledgement, envelope: Envelope) -> bytes:
    """Write one 999 for one functional group.

    Raises:
        RejectedError: a code or control number cannot be written.
    """
    return write_functional_acknowledgements([ack], envelope)


def write_functional_acknowledgements(
    acks: Sequence[FunctionalAcknowledgement], envelope: Envelope
) -> bytes:
    """Write a 999 for each of several functional groups, in one group of one interchange.

    Raises:
        RejectedError: a code or control number cannot be written.

    Source:
        005010X231A1.
    """
    return write_interchange(envelope, "FA", VERSION, [list(_write(ack)) for ack in acks])


def _write(ack: FunctionalAcknowledgement) -> Iterator[Segment]:
    group = identifier(ack.group_control_number, field="group control number", limit=9)
    yield segment("AK1", ack.functional_code, group, ack.version)
    for transaction in ack.transactions:
        yield from _write_transaction(transaction, ack.version)
    counts = (str(ack.included), str(ack.received), str(ack.accepted))
    yield segment("AK9", ack.code, *counts, *ack.error_codes[:ERROR_CODES_MAX])


def _write_transaction(transaction: TransactionAcknowledgement, version: str) -> Iterator[Segment]:
    is_versioned = transaction.transaction_kind not in WITHOUT_VERSION
    kind, number = transaction.transaction_kind, transaction.control_number
    yield segment("AK2", kind, number, version if is_versioned else "")
    for error in transaction.errors:
        yield from _write_error(error)
    codes = dict.fromkeys((*_implied_codes(transaction.errors), *transaction.error_codes))
    yield segment("IK5", transaction.code, *list(codes)[:ERROR_CODES_MAX])


def _implied_codes(errors: Sequence[SegmentError]) -> list[str]:
    """Say whether the standard is broken, the guide, or both."""
    codes = [code for error in errors for code in _codes_of(error)]
    is_of_guide = [code.startswith("I") for code in codes]
    standard = [SEGMENTS_IN_ERROR] if not all(is_of_guide) else []
    return [*standard, SEGMENTS_AGAINST_GUIDE] if any(is_of_guide) else standard


def _codes_of(error: SegmentError) -> list[str]:
    return [element.code for element in error.elements] or [error.code]


def _write_error(error: SegmentError) -> Iterator[Segment]:
    loop = error.loop[:LOOP_LENGTH_MAX]
    yield segment("IK3", error.segment, str(error.position), loop, error.code)
    if error.unit[1]:
        yield segment("CTX", composite(*error.unit))
    for element in error.elements:
        place = composite(*element.position.split("-"))
        value = element.value[:VALUE_LENGTH_MAX]
        yield segment("IK4", place, element.reference, element.code, value)


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
            place = Place(interchange, transaction, findings)
            if (ack := _read_transaction(transaction, place)) is not None:
                acks.append(ack)
    return tuple(acks), tuple(findings)


def _read_transaction(transaction: Transaction, place: Place) -> FunctionalAcknowledgement | None:
    start = transaction.segments[0]
    if transaction.kind not in KINDS:
        message = f"transaction {transaction.kind} is not a functional acknowledgement"
        place.report(start, "x12.other_transaction", Severity.WARNING, "ST01", message)
        return None
    loop, blocks, verdict = _cut(transaction)
    header = loop.take("AK1")
    transactions = tuple(_read_response(block, place) for block in blocks)
    place.report_unread(loop.segments)
    if not verdict.get(1):
        message = "the acknowledgement ends before its verdict"
        place.report(start, "x12.no_verdict", Severity.ERROR, "AK9", message)
        return None
    return FunctionalAcknowledgement(
        functional_code=header.get(1),
        group_control_number=header.get(2),
        version=header.get(3),
        code=verdict.get(1),
        included=_count(verdict, 2, place),
        received=_count(verdict, 3, place),
        accepted=_count(verdict, 4, place),
        transactions=transactions,
        error_codes=_codes_from(verdict, 5),
    )


def _cut(transaction: Transaction) -> tuple[Loop, list[list[Segment]], Segment]:
    body = [part for part in transaction.segments if part.tag not in {"ST", "SE"}]
    whole = Loop(body)
    verdict = whole.take("AK9")
    head, blocks = split_at(whole.segments, "AK2")
    return Loop(head), blocks, verdict


def _read_response(block: list[Segment], place: Place) -> TransactionAcknowledgement:
    head, errors = split_at(block, "IK3", "AK3")
    loop = Loop(head)
    header = loop.take("AK2")
    verdict = _take_verdict(loop, errors)
    if not verdict.tag:
        message = "a transaction's response has no verdict"
        place.report(header, "x12.no_verdict", Severity.ERROR, "IK5", message)
    codes = _codes_from(verdict, 2)
    acknowledgement = TransactionAcknowledgement(
        transaction_kind=header.get(1),
        control_number=header.get(2),
        code=verdict.get(1),
        errors=tuple(_read_error(error, place) for error in errors),
        error_codes=tuple(code for code in codes if not errors or code not in IMPLIED_CODES),
    )
    place.report_unread(loop.segments)
    return acknowledgement


def _codes_from(verdict: Segment, first: int) -> tuple[str, ...]:
    return tuple(code for code in verdict[first : first + ERROR_CODES_MAX] if code)


def _take_verdict(loop: Loop, errors: list[list[Segment]]) -> Segment:
    """IK5 (AK5 of a 997) closes the response; it stands behind the last error."""
    last = Loop(errors[-1]) if errors else loop
    verdict = last.take("IK5")
    return verdict if verdict.tag else last.take("AK5")


def _read_error(block: list[Segment], place: Place) -> SegmentError:
    loop = Loop(block)
    header = loop.segments.pop(0)
    elements = (*loop.take_all("IK4"), *loop.take_all("AK4"))
    unit = _unit(loop.take_all("CTX"), place)
    place.report_unread(loop.segments)
    return SegmentError(
        segment=header.get(1),
        position=_count(header, 2, place),
        loop=header.get(3),
        code=header.get(4),
        elements=tuple(_read_element_error(part, place) for part in elements),
        unit=unit,
    )


def _unit(contexts: Sequence[Segment], place: Place) -> tuple[str, str]:
    """Return the business unit in error; other contexts say again where the segment stands."""
    for context in contexts:
        name, *values = place.components(context, 1)
        if values and values[0]:
            return name, values[0]
    return "", ""


def _read_element_error(part: Segment, place: Place) -> ElementError:
    position = "-".join(filter(None, place.components(part, 1)))
    return ElementError(position, part.get(3), part.get(2), part.get(4))


def _count(written: Segment, number: int, place: Place) -> int:
    text = written.get(number)
    if text.isascii() and text.isdigit():
        return int(text)
    place.report_bad_value(written, number, "not a whole number")
    return 0
