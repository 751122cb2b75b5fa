"""What only 276, 277 and 277CA say: STC and SVC, both ways."""

from collections.abc import Iterator

from models.documents.acknowledgement import ClaimStatus, StatusLine, StatusReport
from revcycle.formats.x12.elements import write_date
from revcycle.formats.x12.inquiries.codecs import Codec, amount_text, join_parts, quantity_text
from revcycle.formats.x12.inquiries.coverage_codecs import read_procedure, write_procedure
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.segments import Segment, segment

STATUS_ELEMENTS = (1, 10, 11)  # of one STC
STATUS_PARTS = 4


def _read_report(one: Segment, place: Place) -> StatusReport:
    return StatusReport(
        statuses=tuple(_statuses(one, place)),
        effective_on=place.date(one, 2),
        action=one.get(3),
        charge=place.optional_amount(one, 4),
        paid=place.optional_amount(one, 5),
        decided_on=place.date(one, 6),
        payment_method=one.get(7),
        paid_on=place.date(one, 8),
        check_number=one.get(9),
        message=one.get(12),
    )


def _statuses(one: Segment, place: Place) -> Iterator[ClaimStatus]:
    for number in STATUS_ELEMENTS:
        parts = (*place.components(one, number), *("" for _ in range(STATUS_PARTS)))
        if parts[0]:
            yield ClaimStatus(*parts[:STATUS_PARTS])


def _write_report(report: StatusReport) -> Segment:
    first, second, third = (*map(_write_status, report.statuses), "", "", "")[:3]
    days = (report.effective_on, report.decided_on, report.paid_on)
    effective, decided, paid_on = ("" if day is None else write_date(day) for day in days)
    money = (amount_text(report.charge), amount_text(report.paid))
    payment = (decided, report.payment_method, paid_on, report.check_number)
    action = report.action
    return segment("STC", first, effective, action, *money, *payment, second, third, report.message)


def _write_status(status: ClaimStatus) -> str:
    return join_parts((status.category, status.code, status.entity, status.code_list))


def _read_line(one: Segment, place: Place) -> StatusLine:
    return StatusLine(
        procedure=read_procedure(one, 1, place),
        charge=place.optional_amount(one, 2),
        paid=place.optional_amount(one, 3),
        revenue_code=one.get(4),
        units_paid=place.quantity(one, 5),
        submitted_procedure=read_procedure(one, 6, place),
        units=place.quantity(one, 7),
    )


def _write_line(line: StatusLine) -> Segment:
    return segment(
        "SVC",
        write_procedure(line.procedure),
        amount_text(line.charge),
        amount_text(line.paid),
        line.revenue_code,
        quantity_text(line.units_paid),
        write_procedure(line.submitted_procedure),
        quantity_text(line.units),
    )


REPORT = Codec(_read_report, _write_report)
LINE = Codec(_read_line, _write_line)
