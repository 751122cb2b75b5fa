"""837 files: every transaction of a form becomes a batch of claims."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from models.documents.claim import ClaimBatchDocument, ClaimDocument, ClaimForm
from models.documents.finding import Severity
from revcycle.formats.x12.claims.reading_transactions import read_batch
from revcycle.formats.x12.collector import collector_paused
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from revcycle.formats.x12.interchange import Interchange, Passage, Transaction, walk_file
from revcycle.formats.x12.lexing import NO_LIMITS, Limits
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.segments import Segment

SERVICE_FORMS = {
    "SV1": ClaimForm.PROFESSIONAL,
    "SV2": ClaimForm.INSTITUTIONAL,
    "SV3": None,  # dental
}
TAG_LENGTH = 3
VERSION_FORMS = {"005010X223": ClaimForm.INSTITUTIONAL, "005010X224": None}
VERSION_LENGTH = 10

BatchRead = tuple[ClaimBatchDocument | None, tuple[Diagnostic, ...]]


@collector_paused()
def read_batches(
    data: bytes, form: ClaimForm
) -> tuple[tuple[ClaimBatchDocument, ...], tuple[Diagnostic, ...]]:
    """Read every 837 transaction of one form; what is of another kind is reported.

    Raises:
        NotX12Error: there is no ISA; the only thing that is raised.
    """
    batches: list[ClaimBatchDocument] = []
    diagnostics: list[Diagnostic] = []
    for batch, found in iter_batches(data, form):
        diagnostics.extend(found)
        if batch is not None:
            batches.append(batch)
    return tuple(batches), tuple(diagnostics)


def iter_batches(
    source: bytes | BinaryIO, form: ClaimForm, limits: Limits = NO_LIMITS
) -> Iterator[BatchRead]:
    """Read a file of any size transaction by transaction.

    Yields:
        A batch with what was noticed in it; None in place of the batch where a transaction is of
        another kind, or where the file was not read to its end.

    Raises:
        NotX12Error: there is no ISA.
    """
    for passage in walk_file(source, limits):
        if passage.transaction is not None:
            with collector_paused():
                batch_read = _read_transaction(passage.interchange, passage.transaction, form)
            yield batch_read
        elif passage.group is None and passage.interchange.stopped:
            yield None, (_stopped(passage),)


def claims_of(batches: Sequence[ClaimBatchDocument]) -> tuple[ClaimDocument, ...]:
    """All claims of all batches, in the order of the file."""
    return tuple(claim for batch in batches for claim in batch.claims)


def _stopped(passage: Passage) -> Diagnostic:
    return Diagnostic(
        Snip.STRUCTURE,
        "x12.stopped",
        Severity.ERROR,
        "ISA",
        passage.interchange.stopped,
        interchange=passage.interchange.control_number,
        tag="ISA",
    )


def _form_of(transaction: Transaction) -> ClaimForm | None:
    """Tell the form by the first service, else by the version; None of what is no such claim."""
    if transaction.kind != "837":
        return None
    for piece in transaction.pieces:
        if piece[:TAG_LENGTH] in SERVICE_FORMS:
            return SERVICE_FORMS[piece[:TAG_LENGTH]]
    version = transaction.version[:VERSION_LENGTH]
    return VERSION_FORMS.get(version, ClaimForm.PROFESSIONAL)


def _read_transaction(
    interchange: Interchange, transaction: Transaction, form: ClaimForm
) -> BatchRead:
    place = Place(interchange, transaction, here=1)
    if _form_of(transaction) is not form:
        message = f"transaction {transaction.kind} is not an {form} claim and is not read here"
        start = next(transaction.each())
        place.report(start, "x12.other_transaction", Severity.WARNING, "ST01", message)
        return None, tuple(place.findings)
    batch = read_batch(place, form)
    if not transaction.pieces[-1].startswith("SE"):
        _report_truncated(place)
    return batch, tuple(place.findings)


def _report_truncated(place: Place) -> None:
    transaction = place.transaction
    message = "the transaction ends without SE: the file was cut off"
    place.here = len(transaction.pieces)
    last = Segment(transaction.pieces[-1].split(transaction.separator))
    place.report(last, "x12.837_truncated", Severity.ERROR, "SE", message, Snip.STRUCTURE)
