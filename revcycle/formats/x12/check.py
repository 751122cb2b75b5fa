"""The check of a file: envelope, guide, balances, situations, codes; problems are values."""

from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

from models.documents.finding import Severity
from models.values.identifiers import is_npi
from revcycle.formats.x12.balance import remittance_gaps
from revcycle.formats.x12.check_claims import ClaimChecker
from revcycle.formats.x12.check_envelope import EnvelopeChecker
from revcycle.formats.x12.check_levels import check_levels
from revcycle.formats.x12.collector import collector_paused
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from revcycle.formats.x12.interchange import Interchange, Transaction, walk_file
from revcycle.formats.x12.lexing import NO_LIMITS, Limits
from revcycle.formats.x12.notes import Notes
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.segments import NotX12Error
from revcycle.formats.x12.t835 import read_remittance

NPI_QUALIFIER = "XX"
_is_npi = lru_cache(maxsize=4096)(is_npi)  # few providers stand in many claims
# Where a qualifier and the number it explains stand, by segment.
NUMBERED_PARTIES = {"NM1": (8, 9), "N1": (3, 4)}


@collector_paused()
def check_file(data: bytes, limits: Limits = NO_LIMITS) -> tuple[Diagnostic, ...]:
    """Report everything in a file that does not hold; nothing is raised on data."""
    return tuple(check_stream(data, limits))


def check_stream(source: bytes | BinaryIO, limits: Limits = NO_LIMITS) -> Iterator[Diagnostic]:
    """Check a file of any size, transaction by transaction, as ``check_file`` does.

    Source:
        X12.5 (ISA to IEA), X12.6 (GS, ST); 005010X222A1 and X223A2 (HL, CLM02, pointers, REF*F8);
        005010X221A1 section 1.10.2.1 (balances of the 835); 45 CFR 162.406 (NPI).
    """
    envelopes, claims = EnvelopeChecker(), ClaimChecker()
    try:
        for passage in walk_file(source, limits):
            yield from envelopes.check(passage)
            if passage.transaction is not None:
                yield from _check_transaction(passage.transaction, passage.interchange, claims)
    except NotX12Error as error:
        yield Diagnostic(Snip.STRUCTURE, "x12.no_isa", Severity.ERROR, "ISA", str(error), tag="ISA")


def _check_transaction(
    transaction: Transaction, interchange: Interchange, claims: ClaimChecker
) -> list[Diagnostic]:
    notes = Notes(interchange, transaction)
    check_levels(transaction.segments, notes)
    _check_npis(transaction, notes)
    if transaction.kind == "837":
        claims.check(transaction.segments, notes)
    if transaction.kind == "835":
        _check_remittance(Place(interchange, transaction, notes.findings))
    return notes.findings


def _check_npis(transaction: Transaction, notes: Notes) -> None:
    for segment in transaction.segments:
        if segment[0] not in NUMBERED_PARTIES:
            continue
        qualifier, number = NUMBERED_PARTIES[segment[0]]
        if segment.get(qualifier) == NPI_QUALIFIER and not _is_npi(segment.get(number)):
            message = "not a National Provider Identifier: wrong length or check digit"
            notes.report("x12.npi", segment, f"{segment.tag}{number:02d}", message)


def _check_remittance(place: Place) -> None:
    document = read_remittance(place)
    if document is None:
        return
    first = place.transaction.segments[0]
    for gap in remittance_gaps(document):
        message = f"{gap.position}: {gap.message}"
        place.report(first, gap.rule_id, gap.severity, gap.field, message, Snip.BALANCE)
