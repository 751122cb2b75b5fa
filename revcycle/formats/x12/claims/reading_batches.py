"""837 files: every transaction of a form becomes a batch of claims."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import BinaryIO

from models.documents.claim import ClaimBatchDocument, ClaimDocument, ClaimForm
from models.documents.claim_codes import KeptSegment
from models.documents.finding import Severity
from models.documents.party import Organization
from revcycle.formats.x12.claims.reading_claims import read_claim
from revcycle.formats.x12.claims.reading_frame import Frame, Level
from revcycle.formats.x12.claims.reading_levels import LOOPS, read_level
from revcycle.formats.x12.claims.reading_parties import Party, read_organization, take_party
from revcycle.formats.x12.claims.reading_state import Reading
from revcycle.formats.x12.collector import collector_paused
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from revcycle.formats.x12.interchange import Interchange, Passage, Transaction, walk_file
from revcycle.formats.x12.lexing import NO_LIMITS, Limits
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.segments import ABSENT, Segment

SERVICE_FORMS = {
    "SV1": ClaimForm.PROFESSIONAL,
    "SV2": ClaimForm.INSTITUTIONAL,
    "SV3": None,  # dental
}
VERSION_FORMS = {"005010X223": ClaimForm.INSTITUTIONAL, "005010X224": None}
VERSION_LENGTH = 10
HEADER_ENDS = frozenset({"HL", "CLM", "SE"})
LEVEL_LOOPS = {"20": "2000A", "22": "2000B", "23": "2000C"}
SUBMITTER_QUALIFIER = "46"
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
    for segment in transaction.segments:
        if segment[0] in SERVICE_FORMS:
            return SERVICE_FORMS[segment[0]]
    version = transaction.version[:VERSION_LENGTH]
    return VERSION_FORMS.get(version, ClaimForm.PROFESSIONAL)


def _read_transaction(
    interchange: Interchange, transaction: Transaction, form: ClaimForm
) -> BatchRead:
    place = Place(interchange, transaction)
    if _form_of(transaction) is not form:
        message = f"transaction {transaction.kind} is not an {form} claim and is not read here"
        start = transaction.segments[0]
        place.report(start, "x12.other_transaction", Severity.WARNING, "ST01", message)
        return None, tuple(place.findings)
    reading = Reading(place, form, transaction.segments, interchange.delimiters.component, at=1)
    batch = _read_batch(reading, transaction)
    if transaction.segments[-1][0] != "SE":
        message = "the transaction ends without SE: the file was cut off"
        last = transaction.segments[-1]
        place.report(last, "x12.837_truncated", Severity.ERROR, "SE", message, Snip.STRUCTURE)
    return batch, tuple(place.findings)


def _read_batch(reading: Reading, transaction: Transaction) -> ClaimBatchDocument:
    kept = reading.kept
    start, names = _take_header(reading)
    submitter, submitter_id = _read_submitter(reading, names.get("41", NO_SUBMITTER))
    receiver_name, receiver_id = _read_receiver(reading, names.get("40", NO_RECEIVER))
    created_on = reading.day(start, 4)
    claims = _read_claims(reading, Frame(created_on or date.min), kept)
    return ClaimBatchDocument(
        form=reading.form,
        submitter=submitter,
        submitter_id=submitter_id,
        receiver_name=receiver_name,
        receiver_id=receiver_id,
        reference=start.get(3),
        claims=claims,
        purpose=start.get(2),
        usage=start.get(6),
        kept=tuple(kept),
        created_on=created_on,
        created_time=start.get(5),
        control_number=transaction.control_number,
    )


NO_SUBMITTER: Party = (Segment(("NM1", "41", "2")),)
NO_RECEIVER: Party = (Segment(("NM1", "40", "2")),)


def _take_header(reading: Reading) -> tuple[Segment, dict[str, Party]]:
    """Sort what stands before the first level: BHT and the names of sender and receiver."""
    start, names = ABSENT, dict[str, Party]()
    while reading.at < len(reading.segments):
        one = reading.segments[reading.at]
        reading.loop = ""
        if one[0] in HEADER_ENDS:
            break
        if one[0] == "NM1":
            party = take_party(reading)
            if one.get(1) in {"41", "40"} and one[1] not in names:
                names[one[1]] = party
            else:
                reading.loop = "1000"
                reading.keep_all(party)
            continue
        if one[0] == "BHT" and start is ABSENT:
            start = one
            if one.get(1) != "0019":
                reading.report_spare(one, 1)
            reading.check_spare(one, range(7))
        else:
            reading.keep(one)
        reading.at += 1
    return start, names


def _read_submitter(reading: Reading, party: Party) -> tuple[Organization, str]:
    reading.loop = "1000A"
    submitter = read_organization(reading, party)
    number = submitter.other_identifier
    if number is not None and number.qualifier == SUBMITTER_QUALIFIER:
        submitter = replace(submitter, other_identifier=None)
    return submitter, party[0].get(9)


def _read_receiver(reading: Reading, party: Party) -> tuple[str, str]:
    reading.loop = "1000B"
    name = party[0]
    if name.get(2) != "2" or any(name[4:8]) or name.get(8) not in {"", SUBMITTER_QUALIFIER}:
        reading.report_spare(name)
    reading.keep_all(party[1:])
    return name.get(3), name.get(9)


def _read_claims(
    reading: Reading, frame: Frame, kept: list[KeptSegment]
) -> tuple[ClaimDocument, ...]:
    """Read levels and claims to the end; what a level without a claim says is kept."""
    segments, end = reading.segments, len(reading.segments)
    claims: list[ClaimDocument] = []
    levels: list[Level] = []
    while reading.at < end:
        tag = segments[reading.at][0]
        if tag == "CLM":
            frame.mark()
            claims.append(read_claim(reading, frame))
        elif tag == "HL":
            levels.append(read_level(reading, frame))
        elif tag == "SE":
            break
        else:
            reading.kept, reading.loop = kept, ""
            reading.keep(segments[reading.at])
            reading.at += 1
    reading.kept = kept
    for level in levels:
        if not level.has_claim:
            _keep_level(reading, level)
    return tuple(claims)


def _keep_level(reading: Reading, level: Level) -> None:
    for one in reading.segments[level.start : level.end]:
        if one[0] == "HL":
            reading.loop = LEVEL_LOOPS.get(one.get(3), "2000")
        elif one[0] == "NM1":
            reading.loop = LOOPS.get(one.get(1), "2010")
        reading.keep(one)
