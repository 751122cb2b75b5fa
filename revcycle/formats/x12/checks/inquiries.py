"""Inquiries: what a payer needs to find a patient or a claim (270, 276)."""

from models.documents.finding import Severity
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.outline import Loop
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip

NO_SEARCH = Rule(
    "x12.inquiry_search_data",
    Snip.SITUATION,
    Severity.ERROR,
    "270",
    "too little is said of the subscriber for the payer to find it",
    "give the member number (NM109), or last name and birth date",
    "005010X279A1, section 1.4.8 (search options)",
    "I6",
)
NO_QUESTION = Rule(
    "x12.inquiry_without_question",
    Snip.SITUATION,
    Severity.ERROR,
    "270",
    "nothing is asked about this patient",
    "add EQ with a service type, such as 30",
    "005010X279A1, EQ of 2110C and 2110D",
    "I6",
)
NO_TRACE = Rule(
    "x12.status_trace_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "276",
    "no claim is asked about at this level",
    "add TRN with your number of the inquiry, below the patient",
    "005010X212, TRN of 2200D and 2200E",
    "I6",
)
NO_CLAIM_DATA = Rule(
    "x12.status_search_data",
    Snip.SITUATION,
    Severity.WARNING,
    "276",
    "neither the payer's claim number nor the date of service is given",
    "add REF*1K, or DTP*472 and AMT*T3",
    "005010X212, REF and DTP of 2200D and 2200E",
    "I6",
)
SUBSCRIBER, DEPENDENT = ("2000C", "2000D")
STATUS_SUBSCRIBER, STATUS_DEPENDENT = ("2000D", "2000E")


def check_eligibility(exam: Examination) -> None:
    """Judge the patients of a 270."""
    levels = exam.outline.root.loops
    parents = {one.segments[0].get(2) for one in levels if one.id == DEPENDENT}
    for level in levels:
        if level.id not in {SUBSCRIBER, DEPENDENT}:
            continue
        names = [one for one in level.loops if one.id.startswith("2100")]
        if level.id == SUBSCRIBER and names and not _can_be_found(names[0]):
            exam.report(NO_SEARCH, names[0].start, "NM109")
        is_patient = level.id == DEPENDENT or level.segments[0].get(1) not in parents
        if is_patient and not any(
            one.id.startswith("2110") for name in names for one in name.loops
        ):
            exam.report(NO_QUESTION, level.start, "EQ")


def _can_be_found(name: Loop) -> bool:
    person = name.segments[0]
    is_described = bool(person.get(3)) and bool(name.find("DMG").get(2))
    return bool(person.get(9)) or is_described or name.has("REF")


def check_status(exam: Examination) -> None:
    """Judge the claims of a 276."""
    levels = exam.outline.root.loops
    parents = {one.segments[0].get(2) for one in levels if one.id == STATUS_DEPENDENT}
    for level in levels:
        if level.id not in {STATUS_SUBSCRIBER, STATUS_DEPENDENT}:
            continue
        traces = [one for one in level.loops if one.id.startswith("2200")]
        is_patient = level.id == STATUS_DEPENDENT or level.segments[0].get(1) not in parents
        if is_patient and not traces:
            exam.report(NO_TRACE, level.start, "TRN")
        for trace in traces:
            if not trace.has("REF*1K") and not trace.has("DTP*472") and not trace.loops:
                exam.report(NO_CLAIM_DATA, trace.start, "REF*1K")
