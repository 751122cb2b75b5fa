"""835: remittances, one document per transaction (005010X221A1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.documents.finding import Severity
from models.documents.party import Organization
from models.documents.remittance import ProviderAdjustment, RemittanceClaim, RemittanceDocument
from revcycle.formats.x12.collector import collector_paused
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import Envelope, write_interchange
from revcycle.formats.x12.parties import read_address
from revcycle.formats.x12.reading import (
    Place,
    UnreadableError,
    amount,
    components,
    day,
    read_places,
)
from revcycle.formats.x12.segments import ABSENT, Segment, segment
from revcycle.formats.x12.t835_claims import Tally, read_claim
from revcycle.formats.x12.t835_writer import remittance_segments

VERSION = "005010X221A1"
PROVIDER_ADJUSTMENTS_MAX = 6  # pairs of one PLB
TRACE_ID_LENGTH = 10  # TRN03: a 1 and the nine digits of the payer's tax id

_PARTY_TAGS = frozenset({"N3", "N4", "REF", "PER", "RDM"})
_HEADER_TAGS = frozenset({"ST", "BPR", "TRN", "CUR", "REF", "DTM", "SE"})
_LEVEL_TAGS = frozenset({"LX", "TS3", "TS2"})


@dataclass(slots=True)
class _Parts:
    """The segments of a transaction, sorted by what they belong to."""

    header: list[Segment] = field(default_factory=list)
    payer: list[Segment] = field(default_factory=list)
    payee: list[Segment] = field(default_factory=list)
    claims: list[list[Segment]] = field(default_factory=list)
    footer: list[Segment] = field(default_factory=list)


def read_remittances(data: bytes) -> tuple[tuple[RemittanceDocument, ...], tuple[Diagnostic, ...]]:
    """Read every 835 of a file, over all its interchanges and groups.

    Nothing in the file raises. A claim, or a payment, with an element that cannot be read is
    left out and reported as an error; segments without a place here are reported; segments and
    qualifiers that the guide knows and a remittance does not carry are counted in one note.
    """
    findings: list[Diagnostic] = []
    return _read_places(read_places(data, "835", findings), findings)


@collector_paused()
def _read_places(
    places: Iterable[Place], findings: list[Diagnostic]
) -> tuple[tuple[RemittanceDocument, ...], tuple[Diagnostic, ...]]:
    documents = (read_remittance(place) for place in places)
    return tuple(document for document in documents if document is not None), tuple(findings)


def read_remittance(place: Place) -> RemittanceDocument | None:
    """Read one transaction; None, and a diagnostic, where its payment cannot be read."""
    try:
        return _read_remittance(place)
    except UnreadableError as error:
        place.report_unreadable(error, "the whole remittance")
        return None


def write_remittances(documents: Sequence[RemittanceDocument], envelope: Envelope) -> bytes:
    """Write one 835 per document. Tolerant in, strict out.

    Raises:
        RejectedError: something required is missing or too long; the text names the field only.
    """
    bodies = [list(remittance_segments(document)) for document in documents]
    return write_interchange(envelope, "HP", VERSION, bodies)


def _read_remittance(place: Place) -> RemittanceDocument:
    parts = _sort_out(place)
    tally = Tally(place)
    first = place.transaction.segments[0]
    payment = _required(parts.header, "BPR")
    trace = _required(parts.header, "TRN")
    production_date = next((day(one, 2) for one in parts.header if _is(one, "DTM", "405")), None)
    document = RemittanceDocument(
        payer=_read_payer(parts.payer, trace.get(3), tally),
        payee=_read_payee(parts.payee, tally),
        handling_code=payment.get(1),
        amount=amount(payment, 2),
        is_credit=payment.get(3) != "D",
        method=payment.get(4),
        payment_date=_payment_date(payment, production_date, place),
        trace_number=trace.get(2),
        payer_trace_id=trace.get(3),
        claims=_read_claims(parts.claims, tally),
        provider_adjustments=_read_provider_adjustments(parts.footer, place),
        payer_id=_payer_id(parts.payer),
        production_date=production_date,
        control_number=place.transaction.control_number,
    )
    for one in parts.header:
        if one.tag in {"CUR", "REF", "TS3", "TS2"} or _is_other(one, "DTM", {"405"}):
            tally.add(one)
    tally.report(first)
    return document


def _payment_date(payment: Segment, production_date: date | None, place: Place) -> date:
    """Take BPR16 or, where a payer misplaced it, the day the file was produced, and say so."""
    try:
        return day(payment, 16)
    except UnreadableError:
        if production_date is None:
            raise
    message = f"no date of payment; the production date {production_date} stands in"
    place.report(payment, "x12.835_payment_date", Severity.WARNING, "BPR16", message)
    return production_date


def _sort_out(place: Place) -> _Parts:
    parts = _Parts()
    current = parts.header
    for one in place.transaction.segments:
        tag = one.tag
        if tag == "CLP":
            current = [one]
            parts.claims.append(current)
        elif tag == "N1":
            current = parts.payer if one.get(1) == "PR" else parts.payee
            current.append(one)
        elif tag in _LEVEL_TAGS:
            current = parts.header
            current.append(one)
        elif tag == "PLB":
            current = parts.footer
            current.append(one)
        elif tag == "SE":
            current = parts.header
        elif _belongs(current, parts, tag):
            current.append(one)
        else:
            place.report_unknown(one)
    return parts


def _belongs(current: list[Segment], parts: _Parts, tag: str) -> bool:
    if current is parts.header:
        return tag in _HEADER_TAGS
    if current is parts.payer or current is parts.payee:
        return tag in _PARTY_TAGS
    return current is not parts.footer


def _required(segments: Sequence[Segment], tag: str) -> Segment:
    found = next((one for one in segments if one.tag == tag), None)
    if found is None:
        raise UnreadableError(segment(tag), 1, f"{tag} is missing")
    return found


def _is(segment: Segment, tag: str, qualifier: str) -> bool:
    return segment.tag == tag and segment.get(1) == qualifier


def _is_other(segment: Segment, tag: str, qualifiers: set[str]) -> bool:
    return segment.tag == tag and segment.get(1) not in qualifiers


def _read_payer(segments: Sequence[Segment], trace_id: str, tally: Tally) -> Organization:
    contacts = {one.get(1): one for one in segments if one.tag == "PER"}
    contact = contacts.get("BL") or contacts.get("CX") or ABSENT
    is_tax_id = len(trace_id) == TRACE_ID_LENGTH and trace_id.startswith("1")
    for one in segments:
        if _is_other(one, "REF", {"2U"}) or (one.tag == "PER" and one is not contact):
            tally.add(one)
    return Organization(
        name=_name(segments),
        tax_id=trace_id[1:] if is_tax_id else "",
        address=read_address(segments),
        contact_name=contact.get(2),
        contact_phone=contact.get(4) if contact.get(3) == "TE" else "",
    )


def _read_payee(segments: Sequence[Segment], tally: Tally) -> Organization:
    codes = {one.get(3): one.get(4) for one in segments if one.tag == "N1"}
    codes |= {one.get(1): one.get(2) for one in segments if one.tag == "REF"}
    for one in segments:
        if one.tag == "RDM" or _is_other(one, "REF", {"TJ"}):
            tally.add(one)
    return Organization(
        name=_name(segments),
        npi=codes.get("XX", ""),
        tax_id=codes.get("TJ") or codes.get("FI", ""),
        address=read_address(segments),
    )


def _name(segments: Sequence[Segment]) -> str:
    return next((one.get(2) for one in segments if one.tag == "N1"), "")


def _payer_id(segments: Sequence[Segment]) -> str:
    named = next((one.get(4) for one in segments if one.tag == "N1"), "")
    referenced = (one.get(2) for one in segments if _is(one, "REF", "2U"))
    return named or next(referenced, "")


def _read_claims(claims: Sequence[Sequence[Segment]], tally: Tally) -> tuple[RemittanceClaim, ...]:
    documents = []
    for ordinal, segments in enumerate(claims, start=1):
        try:
            documents.append(read_claim(segments, tally))
        except UnreadableError as error:
            tally.place.report_unreadable(error, f"claim {ordinal}")
    return tuple(documents)


def _read_provider_adjustments(
    footer: Sequence[Segment], place: Place
) -> tuple[ProviderAdjustment, ...]:
    adjustments = []
    for one in footer:
        try:
            adjustments.extend(_read_pairs(one, place))
        except UnreadableError as error:
            place.report_unreadable(error, "the provider adjustment")
    return tuple(adjustments)


def _read_pairs(segment: Segment, place: Place) -> list[ProviderAdjustment]:
    adjustments = []
    for number in range(3, 3 + 2 * PROVIDER_ADJUSTMENTS_MAX, 2):
        reason, *reference = components(segment, number, place.delimiters)
        if not reason and not segment.get(number + 1):
            continue
        adjustments.append(
            ProviderAdjustment(
                provider_id=segment.get(1),
                fiscal_period_end=day(segment, 2),
                reason=reason,
                reference=reference[0] if reference else "",
                amount=amount(segment, number + 1),
            )
        )
    return adjustments
