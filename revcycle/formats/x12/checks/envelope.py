"""Structure of the envelope: ISA to IEA, GS to GE, ST to SE, their counts and numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from models.documents.finding import Severity
from revcycle.formats.x12.checks.envelope_elements import check_envelope_segment
from revcycle.formats.x12.diagnostics import Diagnostic, Snip, element_and_component
from revcycle.formats.x12.guides.library import FUNCTIONAL_CODES
from revcycle.formats.x12.interchange import Group, Interchange, Passage, Transaction, walk_file
from revcycle.formats.x12.segments import ABSENT, NotX12Error, Segment

ISA_WIDTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
LOOSE_TAGS = frozenset({"TA1"})  # may stand outside of groups

# TA105, AK905 and IK502 of what is checked here (005010X231A1, TA1 of X12.5).
_TA1_CODES = {
    "x12.isa_width": "022",
    "x12.iea_missing": "023",
    "x12.iea02_control_number": "001",
    "x12.iea01_count": "021",
    "x12.stray_segment": "024",
    "x12.isa13_duplicate": "025",
    "x12.stopped": "023",
    "x12.delimiter": "027",
}
_AK9_CODES = {
    "x12.ge_missing": "3",
    "x12.ge02_control_number": "4",
    "x12.ge01_count": "5",
    "x12.gs06_duplicate": "19",
}
_IK5_CODES = {
    "x12.se_missing": "2",
    "x12.se02_control_number": "3",
    "x12.se01_count": "4",
    "x12.st02_duplicate": "23",
    "x12.st03_version": "I6",
    "x12.st01_group": "1",
}
_CODES = _TA1_CODES | _AK9_CODES | _IK5_CODES


def check_envelopes(data: bytes) -> tuple[Diagnostic, ...]:
    """Check all envelopes of a file and nothing inside them: was it cut off, does it count right?

    A file without any envelope has nothing to check; whoever reads it says so.

    Source:
        X12.5 (ISA, IEA), X12.6 (GS, GE, ST, SE).
    """
    checker = EnvelopeChecker()
    try:
        return tuple(found for passage in walk_file(data) for found in checker.check(passage))
    except NotX12Error:
        return ()


@dataclass(slots=True)
class EnvelopeChecker:
    """Follows a walk through a file and remembers the control numbers it met.

    Source:
        X12.5 (ISA, IEA, TA1), X12.6 (GS, GE, ST, SE).
    """

    _interchanges: set[str] = field(default_factory=set)
    _groups: set[str] = field(default_factory=set)  # of the interchange
    _transactions: set[str] = field(default_factory=set)  # of the group

    def check(self, passage: Passage) -> Iterator[Diagnostic]:
        """Judge a transaction, or what has just ended."""
        if passage.transaction is not None and passage.group is not None:
            yield from self._transaction(passage.interchange, passage.group, passage.transaction)
        elif passage.group is not None:
            yield from self._group(passage.interchange, passage.group)
            self._transactions.clear()
        else:
            yield from self._interchange(passage.interchange)
            self._groups.clear()

    def _transaction(
        self, interchange: Interchange, group: Group, transaction: Transaction
    ) -> Iterator[Diagnostic]:
        trailer, at = transaction.segments[-1], (interchange, transaction)
        if trailer.tag != "SE":
            yield _error("x12.se_missing", "SE", "the transaction does not end", *at, trailer)
        else:
            count = len(transaction.segments)
            if not _is_number(trailer.get(1), count):
                message = f"the transaction holds {count} segments"
                yield _error("x12.se01_count", "SE01", message, *at, trailer)
            if trailer.get(2) != transaction.control_number:
                yield _error("x12.se02_control_number", "SE02", "is not ST02", *at, trailer)
        start = transaction.segments[0]
        if transaction.version != group.version:
            message = "is not the version in GS08"
            yield _error("x12.st03_version", "ST03", message, *at, start)
        if _is_foreign(transaction.kind, group):
            message = "this transaction does not go into a group of this kind (GS01)"
            yield _error("x12.st01_group", "ST01", message, *at, start)
        if _was_met(transaction.control_number, self._transactions):
            message = "two transactions of the group have this number"
            yield _error("x12.st02_duplicate", "ST02", message, *at, start)

    def _group(self, interchange: Interchange, group: Group) -> Iterator[Diagnostic]:
        trailer = group.trailer
        yield from _elements(group.header, interchange)
        if _was_met(group.control_number, self._groups):
            message = "two groups of the interchange have this number"
            yield _error("x12.gs06_duplicate", "GS06", message, interchange)
        if trailer is None:
            yield _error("x12.ge_missing", "GE", "the group does not end", interchange)
            return
        yield from _elements(trailer, interchange)
        if trailer.get(2) != group.control_number:
            yield _error("x12.ge02_control_number", "GE02", "is not GS06", interchange)
        if not _is_number(trailer.get(1), group.count):
            message = f"the group holds {group.count} transactions"
            yield _error("x12.ge01_count", "GE01", message, interchange)

    def _interchange(self, interchange: Interchange) -> Iterator[Diagnostic]:
        for number, (element, width) in enumerate(
            zip(interchange.header.elements, ISA_WIDTHS, strict=False), start=1
        ):
            if len(element) != width:
                message = f"has {len(element)} characters"
                advice = f"exactly {width} are allowed"
                yield _error(
                    "x12.isa_width", f"ISA{number:02d}", message, interchange, advice=advice
                )
        yield from _elements(interchange.header, interchange)
        yield from _delimiters(interchange)
        if _was_met(interchange.control_number, self._interchanges):
            message = "two interchanges of the file have this number"
            yield _error("x12.isa13_duplicate", "ISA13", message, interchange)
        if interchange.stopped:
            yield _error("x12.stopped", "ISA", interchange.stopped, interchange)
        for loose in interchange.loose:
            if loose.tag in LOOSE_TAGS:
                yield from _elements(loose, interchange)
            else:
                message = "something stands outside of any transaction"
                subject = loose.tag if loose.tag.isalnum() and len(loose.tag) <= 3 else "ISA"  # noqa: PLR2004 - a segment id
                yield _error("x12.stray_segment", subject, message, interchange)
        yield from _trailer(interchange)


def _trailer(interchange: Interchange) -> Iterator[Diagnostic]:
    trailer = interchange.trailer
    if trailer is None:
        yield _error("x12.iea_missing", "IEA", "the interchange does not end", interchange)
        return
    yield from _elements(trailer, interchange)
    if trailer.get(2) != interchange.control_number:
        yield _error("x12.iea02_control_number", "IEA02", "is not ISA13", interchange)
    if not _is_number(trailer.get(1), interchange.count):
        message = f"the interchange holds {interchange.count} groups"
        yield _error("x12.iea01_count", "IEA01", message, interchange)


def _elements(one: Segment, interchange: Interchange) -> Iterator[Diagnostic]:
    return check_envelope_segment(
        one, delimiters=interchange.delimiters, interchange=interchange.control_number
    )


def _delimiters(interchange: Interchange) -> Iterator[Diagnostic]:
    delimiters = interchange.delimiters
    signs = (delimiters.element, delimiters.component, delimiters.terminator)
    if any(sign.isalnum() or sign == " " or signs.count(sign) > 1 for sign in signs):
        message = "a delimiter is a letter, a digit, a blank or used twice"
        advice = "use three signs that stand nowhere in the data"
        yield _error("x12.delimiter", "ISA16", message, interchange, advice=advice)


def _is_foreign(kind: str, group: Group) -> bool:
    """Tell whether a transaction (ST01) is in a group of other transactions (GS01)."""
    expected = FUNCTIONAL_CODES.get(kind)
    return expected is not None and expected != group.functional_code


def _was_met(number: str, met: set[str]) -> bool:
    is_known = number in met
    met.add(number)
    return is_known


def _is_number(text: str, expected: int) -> bool:
    """Compare as numbers; whether it is one, and in which form, is told by its elements."""
    return not (text.isascii() and text.isdigit()) or int(text) == expected


def _error(
    rule_id: str,
    subject: str,
    message: str,
    interchange: Interchange,
    transaction: Transaction | None = None,
    segment: Segment = ABSENT,
    advice: str = "",
) -> Diagnostic:
    element, component = element_and_component(subject)
    return Diagnostic(
        Snip.STRUCTURE,
        rule_id,
        Severity.ERROR,
        subject,
        message,
        advice,
        interchange=interchange.control_number,
        transaction=transaction.control_number if transaction else "",
        kind=transaction.kind if transaction else "",
        segment=transaction.position_of(segment) if transaction else 0,
        tag=subject[:-2] if element else subject,
        element=element,
        component=component,
        code=_CODES.get(rule_id, ""),
    )
