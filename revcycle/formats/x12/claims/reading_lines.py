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
from revcycle.formats.x12.claims.reading_state import Reading, Row, frozen, quantity_of
from revcycle.formats.x12.drafts import quick
from revcycle.formats.x12.elements import read_amount, read_date
from revcycle.formats.x12.segments import Segment

LINE_ENDS = frozenset({"LX", "CLM", "HL", "SBR", "SE", ""})
ORDINARY = ("SV1", "UN", "", "DTP", "472", "D8", "REF", "6R")
ORDINARY_ROWS = 4
NUMBERS = {str(number): number for number in range(1, 1000)}
POINTERS_CACHED = 4096
PADDING = [""] * 9
PROFESSIONAL_FLAGS = {9: "is_emergency", 11: "is_epsdt", 12: "is_family_planning"}
PROFESSIONAL_ELEMENTS = frozenset({1, 2, 3, 4, 5, 7, 9, 11, 12, 15})
INSTITUTIONAL_ELEMENTS = frozenset({1, 2, 3, 4, 5, 7})
SV107, SV205 = 7, 5
NO_UNITS = Decimal(0)

new_line = quick(ClaimDocumentLine)


class Shape(NamedTuple):
    """Where SV1 and SV2 have what both say."""

    tag: str
    procedure: int
    charge: int
    unit: int
    units: int
    last: int  # the last element of an ordinary line


SHAPES = {
    ClaimForm.PROFESSIONAL: Shape("SV1", 1, 2, 3, 4, SV107),
    ClaimForm.INSTITUTIONAL: Shape("SV2", 2, 3, 4, 5, SV205),
}


class Spots(NamedTuple):
    """The rows that make an ordinary line; 0 where there is none."""

    header: int
    service: int
    when: int


def read_line(reading: Reading, fallback: date) -> ClaimDocumentLine:
    """Read one line from its LX.

    Args:
        reading: It stands at the LX, and then behind the line.
        fallback: The date of a line that has none.
    """
    if reading.form is ClaimForm.PROFESSIONAL:
        ordinary = _ordinary_line(reading.rows, reading.at, reading.separator)
        if ordinary is not None:
            reading.at += ORDINARY_ROWS
            return ordinary
    return _read_any_line(reading, fallback)


def _ordinary_line(rows: list[Row], at: int, separator: str) -> ClaimDocumentLine | None:
    """Read LX, SV1, DTP*472*D8 and REF*6R, in this order and with nothing else, at one go.

    Nine of ten lines are so; it halves the time they take. Whatever is not quite so is left to
    ``_read_any_line``, which gives the same line for these four segments.
    """
    try:
        header, service, when, reference, following = rows[at : at + ORDINARY_ROWS + 1]
        _, number = header
        tag, procedure, charge, unit, units, place, spare, pointers = service
        when_tag, kind, form, day = when
        reference_tag, owner, control_number = reference
        if (tag, unit, spare, when_tag, kind, form, reference_tag, owner) != ORDINARY:
            return None
        code, modifiers, is_ordinary, _, _, _ = procedure_of(procedure, separator)
        numbers, is_all = _pointers_of(pointers, separator)
        if not (is_ordinary and is_all and control_number and following[0] in LINE_ENDS):
            return None
        return new_line(
            NUMBERS[number],
            code,
            read_date(day),
            read_amount(charge),
            modifiers,
            quantity_of(units),
            numbers,
            place,
            line_control_number=control_number,
        )
    except (ValueError, KeyError):
        return None


def _read_any_line(reading: Reading, fallback: date) -> ClaimDocumentLine:
    rows, start = reading.rows, reading.at
    tag_of_service = "SV1" if reading.form is ClaimForm.PROFESSIONAL else "SV2"
    service = when = 0
    control_number = ""
    claim_kept, reading.kept, reading.loop = reading.kept, [], "2400"
    extra: dict[str, Any] = {}
    at = start + 1
    while True:
        row = rows[at]
        tag = row[0]
        if tag == tag_of_service and not service:
            service = at
        elif tag == "DTP" and not when and len(row) > 1 and row[1] == "472":
            when = at
        elif tag == "REF" and not control_number and len(row) == 3 and row[1] == "6R":  # noqa: PLR2004 - REF02 is its last
            control_number = row[2]
        elif tag in LINE_ENDS:
            break
        else:
            reading.at = at
            read_more(reading, extra)
            reading.loop = "2400"
            at = reading.at
            continue
        at += 1
    reading.at = at
    line = _line(reading, Spots(start, service, when), control_number, fallback, extra)
    reading.kept = claim_kept
    return line


def _line(
    reading: Reading, spots: Spots, control_number: str, fallback: date, extra: dict[str, Any]
) -> ClaimDocumentLine:
    form = reading.form
    shape = SHAPES[form]
    header = reading.rows[spots.header]
    row = reading.rows[spots.service] if spots.service else _no_service(reading, spots, shape)
    service = row + PADDING
    procedure = procedure_of(service[shape.procedure], reading.separator)
    if not procedure.is_ordinary or service[shape.unit] != "UN":
        _read_odd_service(reading, spots, service, procedure, extra)
    if len(row) > shape.last + 1 or service[6]:
        _read_flags(reading, spots, row, extra)
    try:
        charge, units = read_amount(service[shape.charge]), quantity_of(service[shape.units])
    except ValueError:
        charge, units = _odd_numbers(reading, spots, shape)
    first, last = _service_date(reading, spots, fallback, extra)
    number = NUMBERS.get(header[1]) if len(header) > 1 else None
    pointers: tuple[int, ...] = ()
    if form is ClaimForm.PROFESSIONAL:
        place, revenue_code = service[5], ""
        if service[SV107]:
            pointers = _pointers(reading, spots, service[SV107])
    else:
        place, revenue_code = "", service[1]
    return new_line(
        _odd_number(reading, spots) if number is None else number,
        procedure.code,
        first,
        charge,
        procedure.modifiers,
        units,
        pointers,
        place,
        revenue_code,
        last,
        control_number,
        _adjudications(reading, OwnService(procedure, revenue_code, units), extra) if extra else (),
        LineSupplement(**frozen(extra)) if extra else NO_LINE_SUPPLEMENT,
        tuple(reading.kept),
    )


def _no_service(reading: Reading, spots: Spots, shape: Shape) -> Row:
    message = "the line does not say which service it is for"
    header = reading.segment(spots.header)
    reading.report(header, "x12.service_missing", Severity.ERROR, shape.tag, message)
    return [shape.tag]


def _odd_number(reading: Reading, spots: Spots) -> int:
    header = reading.segment(spots.header)
    if header.get(1).isdecimal():
        return int(header.get(1))
    reading.unreadable(header, 1, "not a line number")
    return 0


def _odd_numbers(reading: Reading, spots: Spots, shape: Shape) -> tuple[Money, Decimal]:
    """Read charge and units where one of them is missing or is none."""
    if not spots.service:
        return ZERO, NO_UNITS
    service = reading.segment(spots.service)
    charge = reading.amount(service, shape.charge)
    return charge, reading.quantity(service, shape.units) or NO_UNITS


def _read_odd_service(
    reading: Reading, spots: Spots, service: Row, procedure: Procedure, extra: dict[str, Any]
) -> None:
    """Read a unit that is not UN, and a procedure that is no plain HCPCS code."""
    shape = SHAPES[reading.form]
    if not spots.service:
        return
    if service[shape.unit] != "UN":
        extra["unit"] = service[shape.unit]
    if service[shape.procedure] and procedure.qualifier != "HC":
        extra["procedure_qualifier"] = procedure.qualifier
    if procedure.description:
        extra["procedure_description"] = procedure.description
    if not procedure.is_all:
        reading.report_spare(reading.segment(spots.service), shape.procedure)


def _pointers(reading: Reading, spots: Spots, text: str) -> tuple[int, ...]:
    pointers, is_all = _pointers_of(text, reading.separator)
    if not is_all:
        reading.unreadable(reading.segment(spots.service), SV107, "not a diagnosis pointer")
    return pointers


@lru_cache(maxsize=POINTERS_CACHED)
def _pointers_of(text: str, separator: str) -> tuple[tuple[int, ...], bool]:
    parts = text.rstrip(separator).split(separator)
    return tuple(int(part) for part in parts if part.isdecimal()), all(map(str.isdecimal, parts))


def _read_flags(reading: Reading, spots: Spots, row: Row, extra: dict[str, Any]) -> None:
    """Read what an ordinary line does not say: SV106, what is behind SV107 or behind SV205."""
    if not any(row[6:7]) and not any(row[SHAPES[reading.form].last + 1 :]):
        return
    service = reading.segment(spots.service)
    if reading.form is ClaimForm.INSTITUTIONAL:
        if service.get(7):
            extra["non_covered"] = reading.amount(service, 7)
        reading.check_spare(service, INSTITUTIONAL_ELEMENTS)
        return
    for number, name in PROFESSIONAL_FLAGS.items():
        if (flag := reading.flag(service, number)) is not None:
            extra[name] = flag
    if copay_status := service.get(15):
        extra["copay_status"] = copay_status
    reading.check_spare(service, PROFESSIONAL_ELEMENTS)


def _service_date(
    reading: Reading, spots: Spots, fallback: date, extra: dict[str, Any]
) -> tuple[date, date | None]:
    """Read DTP*472; a line without one has the date of the claim."""
    when: Segment | None = None
    if spots.when:
        row = reading.rows[spots.when]
        if len(row) == 4 and row[2] == "D8":  # noqa: PLR2004 - DTP03 is its last
            try:
                return read_date(row[3]), None
            except ValueError:
                pass
        when = reading.segment(spots.when)
    days = reading.period(when) if when else None
    if days is None:
        extra["is_date_of_claim"] = True
        if reading.form is ClaimForm.PROFESSIONAL and when is None:
            header, message = reading.segment(spots.header), "the line has no date"
            reading.report(header, "x12.service_date_missing", Severity.ERROR, "DTP*472", message)
        return fallback, None
    if when and any(when[4:]):
        reading.report_spare(when)
    return days


def _adjudications(
    reading: Reading, own: OwnService, extra: dict[str, Any]
) -> tuple[LineAdjudication, ...]:
    decisions = extra.pop("decisions", None)
    return resolve(reading, decisions, own) if decisions else ()
