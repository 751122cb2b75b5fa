"""Dates: their form, their order, and whether they lie after the day of the file."""

from datetime import date

from models.documents.finding import Severity
from revcycle.formats.x12.checks.claim_view import ClaimView
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.checks.values import to_day, to_days
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.segments import Segment

FORM = Rule(
    "x12.date_form",
    Snip.GUIDE,
    Severity.ERROR,
    "837P 837I 837D 270 271 276 277 277CA",
    "not what the qualifier in DTP02 announces, or no day of the calendar",
    "D8 is one day as CCYYMMDD, RD8 two of them with a dash, DT a day with hour and minute",
    "X12 data element 1250; DTP of all guides",
    "8",
)
REVERSED = Rule(
    "x12.period_reversed",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D 270 276 (271 277: warning)",
    "the period ends before it begins",
    "put the earlier day first",
    "X12 data element 1250, RD8",
    "8",
)
SERVICE_LATER = Rule(
    "x12.service_date_future",
    Snip.SITUATION,
    Severity.WARNING,
    "837P 837I 837D",
    "the service is after the day on which the file was made",
    "correct the date of service, or send the claim when the service was given",
    "005010X222A1, DTP*472 with BHT04; the file's own date counts, not today",
    "8",
)
DISCHARGED_BEFORE = Rule(
    "x12.discharge_before_admission",
    Snip.SITUATION,
    Severity.ERROR,
    "837P",
    "the discharge is before the admission",
    "correct DTP*096 or DTP*435",
    "005010X222A1, DTP*435 and DTP*096 of 2300",
    "8",
)
HAPPENED_LATER = Rule(
    "x12.event_after_service",
    Snip.SITUATION,
    Severity.WARNING,
    "837P",
    "an illness or accident began after the last day of service",
    "correct the date",
    "005010X222A1, DTP*431, DTP*439 and DTP*484 of 2300",
    "8",
)
OUTSIDE_STATEMENT = Rule(
    "x12.line_date_outside_statement",
    Snip.SITUATION,
    Severity.WARNING,
    "837I",
    "a line's date of service lies outside of the statement period",
    "correct DTP*472 or the period in DTP*434",
    "005010X223A2, DTP*434 of 2300 and DTP*472 of 2400",
    "8",
)
SERVICE_DATES = frozenset({"472", "434"})
MOMENT_LENGTHS = (12, 14)
EVENTS = ("DTP*431", "DTP*439", "DTP*484")


def check_date(segment: Segment, index: int, exam: Examination) -> None:
    """Judge a DTP: the form that DTP02 announces, the order of a period, the day of the file."""
    if len(segment) < 4:  # noqa: PLR2004 - DTP03, which the guide demands
        return
    form, text = segment[2], segment[3]
    days = to_days(text)
    if days is None or not _has_form(form, text):
        if form in {"D8", "RD8", "DT"} and text:
            exam.report(FORM, index, "DTP03")
    elif days[0] > days[1]:
        exam.report(REVERSED, index, "DTP03")
    elif _is_later(days[0], exam) and segment[1] in SERVICE_DATES and exam.kind == "837":
        exam.report(SERVICE_LATER, index, "DTP03")


def _is_later(day: date, exam: Examination) -> bool:
    return exam.created_on is not None and day > exam.created_on


def _has_form(form: str, text: str) -> bool:
    if form == "D8":
        return len(text) == 8  # noqa: PLR2004 - CCYYMMDD
    if form == "RD8":
        return len(text) == 17 and text[8] == "-"  # noqa: PLR2004 - two days and a dash
    if form == "DT":
        hour, minute = text[8:10], text[10:12]
        return len(text) in MOMENT_LENGTHS and hour <= "23" and minute <= "59"
    return True


def check_order(claim: ClaimView, exam: Examination) -> None:
    """Judge the dates of a claim by each other."""
    loop = claim.loop
    if not loop.has("DTP"):
        return
    admitted, discharged = _day(claim, "DTP*435"), _day(claim, "DTP*096")
    if admitted and discharged and discharged < admitted:
        exam.report(DISCHARGED_BEFORE, loop.index("DTP*096"), "DTP03")
    if claim.days is not None and exam.is_professional:
        for name in EVENTS:
            happened = _day(claim, name)
            if happened is not None and happened > claim.days[1]:
                exam.report(HAPPENED_LATER, loop.index(name), "DTP03")
    _check_statement(claim, exam)


def _check_statement(claim: ClaimView, exam: Examination) -> None:
    statement = to_days(claim.loop.find("DTP*434").get(3))
    if statement is None:
        return
    for line in claim.lines:
        days = to_days(line.find("DTP*472").get(3))
        if days is not None and not statement[0] <= days[0] <= days[1] <= statement[1]:
            exam.report(OUTSIDE_STATEMENT, line.index("DTP*472"), "DTP03")


def _day(claim: ClaimView, name: str) -> date | None:
    return to_day(claim.loop.find(name).get(3)[:8])
