"""Loop 2400: one service of a claim, and everything below it."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from models.documents.claim import ClaimDocumentLine, ClaimForm, LineAdjudication
from models.documents.claim_supplements import NO_LINE_SUPPLEMENT, LineSupplement
from models.documents.finding import Severity
from models.values.money import ZERO, Money
from revcycle.formats.x12.claims.reading_line_loops import OwnService, read_more, resolve
from revcycle.formats.x12.claims.reading_procedures import Procedure, procedure_of
from revcycle.formats.x12.claims.reading_state import Reading, frozen
from revcycle.formats.x12.elements import read_date
from revcycle.formats.x12.segments import ABSENT, Segment

LINE_ENDS = frozenset({"LX", "CLM", "HL", "SBR", "SE"})
POINTERS_CACHED = 4096
PROFESSIONAL_FLAGS = {9: "is_emergency", 11: "is_epsdt", 12: "is_family_planning"}
PROFESSIONAL_ELEMENTS = frozenset({1, 2, 3, 4, 5, 7, 9, 11, 12, 15})
INSTITUTIONAL_ELEMENTS = frozenset({1, 2, 3, 4, 5, 7})
NO_UNITS = Decimal(0)
NO_PROCEDURE = Procedure("", "", (), "", is_all=True)


class Shape(NamedTuple):
    """Where SV1 and SV2 have what both say."""

    tag: str
    procedure: int
    charge: int
    unit: int
    units: int


SHAPES = {
    ClaimForm.PROFESSIONAL: Shape("SV1", 1, 2, 3, 4),
    ClaimForm.INSTITUTIONAL: Shape("SV2", 2, 3, 4, 5),
}


def read_line(reading: Reading, fallback: date) -> ClaimDocumentLine:
    """Read one line from its LX.

    Args:
        reading: It stands at the LX, and then behind the line.
        fallback: The date of a line that has none.
    """
    segments, end = reading.segments, len(reading.segments)
    shape = SHAPES[reading.form]
    header, at = segments[reading.at], reading.at + 1
    service = when = ABSENT
    control_number = ""
    claim_kept, reading.kept, reading.loop = reading.kept, [], "2400"
    extra: dict[str, Any] = {}
    while at < end:
        one = segments[at]
        tag = one[0]
        if tag == shape.tag and service is ABSENT:
            service = one
        elif tag == "DTP" and when is ABSENT and one.get(1) == "472":
            when = one
        elif tag == "REF" and not control_number and len(one) == 3 and one[1] == "6R":  # noqa: PLR2004 - REF02 is its last
            control_number = one[2]
        elif tag in LINE_ENDS:
            break
        else:
            reading.at = at
            read_more(reading, one, extra)
            reading.loop = "2400"
            at = reading.at
            continue
        at += 1
    reading.at = at
    first, last = _service_date(reading, header, when, fallback, extra)
    line = _line(reading, header, service, (first, last, control_number), extra)
    reading.kept = claim_kept
    return line


def _line(
    reading: Reading,
    header: Segment,
    service: Segment,
    beside: tuple[date, date | None, str],
    extra: dict[str, Any],
) -> ClaimDocumentLine:
    shape = SHAPES[reading.form]
    if service is ABSENT:
        _report_no_service(reading, header, shape)
    procedure = _procedure(reading, service, shape, extra)
    pointers: tuple[int, ...] = ()
    place = revenue_code = ""
    if reading.form is ClaimForm.PROFESSIONAL:
        place, pointers = service.get(5), _pointers(reading, service)
        _read_flags(reading, service, extra)
    else:
        revenue_code = service.get(1)
        _read_non_covered(reading, service, extra)
    units = reading.quantity(service, shape.units) or NO_UNITS
    own = OwnService(procedure, revenue_code, units)
    first, last, control_number = beside
    return ClaimDocumentLine(
        _number(reading, header),
        procedure.code,
        first,
        _charge(reading, service, shape),
        procedure.modifiers,
        units,
        pointers,
        place,
        revenue_code,
        last,
        control_number,
        _adjudications(reading, own, extra),
        LineSupplement(**frozen(extra)) if extra else NO_LINE_SUPPLEMENT,
        tuple(reading.kept),
    )


def _report_no_service(reading: Reading, header: Segment, shape: Shape) -> None:
    message = "the line does not say which service it is for"
    reading.place.report(header, "x12.service_missing", Severity.ERROR, shape.tag, message)


def _number(reading: Reading, header: Segment) -> int:
    text = header.get(1)
    if text.isdecimal():
        return int(text)
    reading.unreadable(header, 1, "not a line number")
    return 0


def _charge(reading: Reading, service: Segment, shape: Shape) -> Money:
    return ZERO if service is ABSENT else reading.amount(service, shape.charge)


def _procedure(
    reading: Reading, service: Segment, shape: Shape, extra: dict[str, Any]
) -> Procedure:
    """Read the procedure, and the unit it is counted in."""
    text = service.get(shape.procedure)
    if (unit := service.get(shape.unit)) != "UN" and service is not ABSENT:
        extra["unit"] = unit
    if not text:
        return NO_PROCEDURE
    procedure = procedure_of(text, reading.separator)
    if not procedure.is_all:
        reading.report_spare(service, shape.procedure)
    if procedure.qualifier != "HC":
        extra["procedure_qualifier"] = procedure.qualifier
    if procedure.description:
        extra["procedure_description"] = procedure.description
    return procedure


def _pointers(reading: Reading, service: Segment) -> tuple[int, ...]:
    if not (text := service.get(7)):
        return ()
    pointers, is_all = _pointers_of(text, reading.separator)
    if not is_all:
        reading.unreadable(service, 7, "not a diagnosis pointer")
    return pointers


@lru_cache(maxsize=POINTERS_CACHED)
def _pointers_of(text: str, separator: str) -> tuple[tuple[int, ...], bool]:
    parts = text.rstrip(separator).split(separator)
    return tuple(int(part) for part in parts if part.isdecimal()), all(map(str.isdecimal, parts))


def _read_flags(reading: Reading, service: Segment, extra: dict[str, Any]) -> None:
    """Read what stands behind SV107, if anything does."""
    if len(service) > 8 and any(service[8:]):  # noqa: PLR2004 - SV107
        for number, name in PROFESSIONAL_FLAGS.items():
            if (flag := reading.flag(service, number)) is not None:
                extra[name] = flag
        if copay_status := service.get(15):
            extra["copay_status"] = copay_status
        reading.check_spare(service, PROFESSIONAL_ELEMENTS)
    elif service.get(6):
        reading.report_spare(service, 6)


def _read_non_covered(reading: Reading, service: Segment, extra: dict[str, Any]) -> None:
    if len(service) > 6:  # noqa: PLR2004 - SV205
        if service.get(7):
            extra["non_covered"] = reading.amount(service, 7)
        reading.check_spare(service, INSTITUTIONAL_ELEMENTS)


def _service_date(
    reading: Reading, header: Segment, when: Segment, fallback: date, extra: dict[str, Any]
) -> tuple[date, date | None]:
    """Read DTP*472; a line without one has the date of the claim."""
    if len(when) == 4 and when[2] == "D8":  # noqa: PLR2004 - DTP03 is its last
        try:
            return read_date(when[3]), None
        except ValueError:
            pass
    days = None if when is ABSENT else reading.period(when)
    if days is None:
        extra["is_date_of_claim"] = True
        if reading.form is ClaimForm.PROFESSIONAL and when is ABSENT:
            _report_no_date(reading, header)
        return fallback, None
    if any(when[4:]):
        reading.report_spare(when)
    return days


def _report_no_date(reading: Reading, header: Segment) -> None:
    message = "the line has no date"
    reading.place.report(header, "x12.service_date_missing", Severity.ERROR, "DTP*472", message)


def _adjudications(
    reading: Reading, own: OwnService, extra: dict[str, Any]
) -> tuple[LineAdjudication, ...]:
    decisions = extra.pop("decisions", None)
    return resolve(reading, decisions, own) if decisions else ()
