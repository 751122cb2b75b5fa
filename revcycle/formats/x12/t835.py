"""835: remittances, one document per transaction (005010X221A1)."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from models.documents.finding import Severity
from models.documents.remittance import RemittanceDocument
from revcycle.formats.x12.collector import collector_paused
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from revcycle.formats.x12.interchange import Envelope, Interchange, walk_file, write_interchange
from revcycle.formats.x12.lexing import NO_LIMITS, Limits
from revcycle.formats.x12.reading import Place, UnreadableError
from revcycle.formats.x12.remittances.reading_payments import PaymentReader
from revcycle.formats.x12.remittances.writing import remittance_segments
from revcycle.formats.x12.segments import Delimiters, NotX12Error, Segment

KIND = "835"
VERSION = "005010X221A1"
RemittanceRead = tuple[RemittanceDocument | None, tuple[Diagnostic, ...]]


@collector_paused()
def read_remittances(data: bytes) -> tuple[tuple[RemittanceDocument, ...], tuple[Diagnostic, ...]]:
    """Read every 835 of a file, over all its interchanges and groups.

    Nothing in the file raises. A claim, or a payment, with an amount that cannot be read is left
    out and reported as an error; what no field holds is kept and noted.
    """
    documents: list[RemittanceDocument] = []
    diagnostics: list[Diagnostic] = []
    try:
        for document, found in iter_remittances(data):
            diagnostics.extend(found)
            if document is not None:
                documents.append(document)
    except NotX12Error as error:
        diagnostics.append(
            Diagnostic(Snip.STRUCTURE, "x12.not_x12", Severity.ERROR, "ISA", str(error), tag="ISA")
        )
    return tuple(documents), tuple(diagnostics)


def iter_remittances(
    source: bytes | BinaryIO, limits: Limits = NO_LIMITS
) -> Iterator[RemittanceRead]:
    """Read a file of any size transaction by transaction; only the present one is in memory.

    Yields:
        A remittance with what was noticed in it; None in place of the remittance where a payment
        cannot be read, where a transaction is of another kind, or where the file was not read to
        its end.

    Raises:
        NotX12Error: there is no ISA.
    """
    for passage in walk_file(source, limits):
        if passage.transaction is not None:
            place = Place(passage.interchange, passage.transaction)
            with collector_paused():
                document = _read_transaction(place)
            yield document, tuple(place.findings)
        elif passage.group is None and passage.interchange.stopped:
            yield None, (_stopped(passage.interchange),)


def read_remittance(place: Place) -> RemittanceDocument | None:
    """Read one transaction; None, and a diagnostic, where its payment cannot be read."""
    try:
        return PaymentReader(place).read()
    except UnreadableError as error:
        place.report_unreadable(error, "the whole remittance")
        return None


def write_remittances(
    documents: Sequence[RemittanceDocument],
    envelope: Envelope,
    delimiters: Delimiters = Delimiters(),  # noqa: B008 - frozen
    *,
    is_copy: bool = False,
) -> bytes:
    """Write one 835 per document. Tolerant in, strict out.

    Args:
        documents: What to write.
        envelope: From whom to whom.
        delimiters: Of the file.
        is_copy: Write text and codes as they were read, small letters, old codes and all, rather
            than what the guide allows.

    Raises:
        RejectedError: something required is missing or too long; the text names the field only.
    """
    bodies = [
        list(remittance_segments(document, delimiters, is_copy=is_copy)) for document in documents
    ]
    return write_interchange(envelope, "HP", VERSION, bodies, delimiters)


def _read_transaction(place: Place) -> RemittanceDocument | None:
    transaction = place.transaction
    if transaction.kind != KIND:
        message = f"{transaction.kind} {transaction.version} was not read as a {KIND}"
        message = message.replace("  ", " ")
        _report(place, 1, "x12.other_transaction", Severity.WARNING, "ST", message)
        return None
    if not _is_end(transaction.pieces[-1], transaction.separator):
        message = "the transaction ends without SE: the file was cut off"
        last = len(transaction.pieces)
        _report(place, last, "x12.835_truncated", Severity.ERROR, "SE", message)
    return read_remittance(place)


def _report(
    place: Place, position: int, rule_id: str, severity: Severity, subject: str, message: str
) -> None:
    place.here = position
    piece = place.transaction.pieces[position - 1]
    one = Segment(piece.split(place.transaction.separator))
    place.report(one, rule_id, severity, subject, message)


def _is_end(piece: str, separator: str) -> bool:
    return piece.split(separator, 1)[0] == "SE"


def _stopped(interchange: Interchange) -> Diagnostic:
    return Diagnostic(
        Snip.STRUCTURE,
        "x12.stopped",
        Severity.ERROR,
        "ISA",
        interchange.stopped,
        interchange=interchange.control_number,
        tag="ISA",
    )
