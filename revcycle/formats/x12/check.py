"""Structure checks: envelope, counts, levels, and the sums a file must hold by itself."""

from collections.abc import Iterator
from functools import lru_cache

from models.documents.finding import Finding, Severity
from models.values.identifiers import is_npi
from revcycle.formats.x12.balance import remittance_gaps
from revcycle.formats.x12.check_claims import ClaimChecker
from revcycle.formats.x12.check_levels import check_levels
from revcycle.formats.x12.collector import collector_paused
from revcycle.formats.x12.interchange import Group, Interchange, Transaction, read_interchanges
from revcycle.formats.x12.notes import Notes
from revcycle.formats.x12.segments import NotX12Error
from revcycle.formats.x12.t835 import read_remittances_of

ISA_WIDTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
NPI_QUALIFIER = "XX"
_is_npi = lru_cache(maxsize=4096)(is_npi)  # few providers stand in many claims
# Where a qualifier and the number it explains stand, by segment.
NUMBERED_PARTIES = {"NM1": (8, 9), "N1": (3, 4)}


@collector_paused()
def check_structure(data: bytes) -> tuple[Finding, ...]:
    """Report everything in a file that does not hold together; nothing is raised on data.

    Source:
        X12.5 (ISA to IEA), X12.6 (GS, ST); 005010X222A1 and X223A2 (HL, CLM02, pointers, REF*F8);
        005010X221A1 section 1.10.2.1 (balances of the 835); 45 CFR 162.406 (NPI).
    """
    try:
        interchanges = read_interchanges(data)
    except NotX12Error as error:
        return (Finding("x12.no_isa", Severity.ERROR, "ISA", str(error), "segment 1"),)
    findings: list[Finding] = []
    claims = ClaimChecker()
    for number, interchange in enumerate(interchanges, start=1):
        findings.extend(_check_interchange(interchange, f"interchange {number}"))
        for transaction in interchange.transactions:
            findings.extend(_check_transaction(transaction, interchange, claims))
    findings.extend(_check_control_numbers(interchanges))
    findings.extend(_check_remittances(interchanges))
    return tuple(findings)


def _error(rule_id: str, field: str, message: str, position: str) -> Finding:
    return Finding(rule_id, Severity.ERROR, field, message, position)


def _check_interchange(interchange: Interchange, place: str) -> Iterator[Finding]:
    widths = tuple(map(len, interchange.header.elements))
    if widths != ISA_WIDTHS:
        yield _error("x12.isa_width", "ISA", "an element has not its fixed width", place)
    trailer = interchange.trailer
    if trailer is None:
        yield _error("x12.iea_missing", "IEA", "the interchange does not end", place)
    else:
        if trailer.get(2) != interchange.control_number:
            yield _error("x12.iea02_control_number", "IEA02", "is not ISA13", place)
        if trailer.get(1) != str(len(interchange.groups)):
            message = f"the interchange holds {len(interchange.groups)} groups"
            yield _error("x12.iea01_count", "IEA01", message, place)
    for loose in interchange.loose:
        if loose.tag != "TA1":
            message = "a segment stands outside any transaction"
            yield _error("x12.stray_segment", loose.tag, message, place)
    for number, group in enumerate(interchange.groups, start=1):
        yield from _check_group(group, f"{place}, group {number}")


def _check_group(group: Group, place: str) -> Iterator[Finding]:
    if group.trailer is None:
        yield _error("x12.ge_missing", "GE", "the group does not end", place)
        return
    if group.trailer.get(2) != group.control_number:
        yield _error("x12.ge02_control_number", "GE02", "is not GS06", place)
    if group.trailer.get(1) != str(len(group.transactions)):
        message = f"the group holds {len(group.transactions)} transactions"
        yield _error("x12.ge01_count", "GE01", message, place)


def _check_control_numbers(interchanges: list[Interchange]) -> Iterator[Finding]:
    """Control numbers are unique: ISA13 in a file, GS06 in an interchange, ST02 in a group."""
    headers = [interchange.control_number for interchange in interchanges]
    yield from _repeated("x12.isa13_duplicate", "ISA13", headers, "the file")
    for number, interchange in enumerate(interchanges, start=1):
        place = f"interchange {number}"
        groups = [group.control_number for group in interchange.groups]
        yield from _repeated("x12.gs06_duplicate", "GS06", groups, place)
        for position, group in enumerate(interchange.groups, start=1):
            inside = [transaction.control_number for transaction in group.transactions]
            yield from _repeated("x12.st02_duplicate", "ST02", inside, f"{place}, group {position}")
            yield from _check_versions(group, f"{place}, group {position}")


def _repeated(rule_id: str, field: str, numbers: list[str], place: str) -> Iterator[Finding]:
    if len(set(numbers)) < len(numbers):
        yield _error(rule_id, field, "a control number is used twice", place)


def _check_versions(group: Group, place: str) -> Iterator[Finding]:
    if any(transaction.version != group.version for transaction in group.transactions):
        yield _error("x12.st03_version", "ST03", "is not the version in GS08", place)


def _check_transaction(
    transaction: Transaction, interchange: Interchange, claims: ClaimChecker
) -> list[Finding]:
    several = sum(1 for _ in interchange.transactions) > 1
    notes = Notes(interchange.delimiters, transaction.control_number if several else "")
    _check_trailer(transaction, notes)
    check_levels(transaction.segments, notes)
    _check_npis(transaction, notes)
    if transaction.kind == "837":
        claims.check(transaction.segments, notes)
    return notes.findings


def _check_trailer(transaction: Transaction, notes: Notes) -> None:
    trailer = transaction.segments[-1]
    if trailer.tag != "SE":
        notes.report("x12.se_missing", trailer, "SE", "the transaction does not end")
        return
    if trailer.get(1) != str(len(transaction.segments)):
        message = f"the transaction holds {len(transaction.segments)} segments"
        notes.report("x12.se01_count", trailer, "SE01", message)
    if trailer.get(2) != transaction.control_number:
        notes.report("x12.se02_control_number", trailer, "SE02", "is not ST02")


def _check_npis(transaction: Transaction, notes: Notes) -> None:
    for segment in transaction.segments:
        if segment.tag not in NUMBERED_PARTIES:
            continue
        qualifier, number = NUMBERED_PARTIES[segment.tag]
        if segment.get(qualifier) == NPI_QUALIFIER and not _is_npi(segment.get(number)):
            message = "not a National Provider Identifier: wrong length or check digit"
            notes.report("x12.npi", segment, f"{segment.tag}{number:02d}", message)


def _check_remittances(interchanges: list[Interchange]) -> Iterator[Finding]:
    if not any(part.kind == "835" for envelope in interchanges for part in envelope.transactions):
        return
    documents, findings = read_remittances_of(interchanges)
    yield from (finding for finding in findings if finding.severity is Severity.ERROR)
    for number, document in enumerate(documents, start=1):
        for gap in remittance_gaps(document):
            place = f"remittance {number}, {gap.position}"
            yield Finding(gap.rule_id, gap.severity, gap.field, gap.message, place)
