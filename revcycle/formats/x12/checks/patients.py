"""Who is the patient: subscriber or dependent, and what must be said of either."""

from collections.abc import Iterable
from datetime import date

from models.documents.finding import Severity
from revcycle.formats.x12.checks.claim_view import ROOT, SELF, ClaimView, child
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.outline import Loop
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.checks.values import to_day
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.segments import Segment

ADDRESS = Rule(
    "x12.subscriber_address_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "a subscriber who is the patient needs an address",
    "add N3 and N4 after the NM1*IL of 2010BA",
    "005010X222A1 and X223A2, N3 and N4 of 2010BA",
    "I6",
)
DEMOGRAPHICS = Rule(
    "x12.subscriber_demographics_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "a subscriber who is the patient needs birth date and sex",
    "add DMG to 2010BA",
    "005010X222A1 and X223A2, DMG of 2010BA",
    "I6",
)
DEPENDENT_OF_SELF = Rule(
    "x12.dependent_of_self",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "the subscriber is said to be the patient (SBR02 is 18), but a patient level follows",
    "leave SBR02 empty, or leave the patient level (2000C) out",
    "005010X222A1 and X223A2, SBR02 of 2000B and HL of 2000C",
    "I13",
)
PATIENT_UNKNOWN = Rule(
    "x12.patient_unknown",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "the claim stands below the subscriber, who is not said to be the patient",
    "put 18 into SBR02, or put the claim below a patient level (2000C)",
    "005010X222A1 and X223A2, SBR02 of 2000B",
    "2",
)
NO_CLAIMS = Rule(
    "x12.subscriber_without_claims",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "there is neither a claim nor a patient below this subscriber",
    "leave the level out, or add the claim that belongs to it",
    "005010X222A1 and X223A2, loops 2300 and 2000C",
    "I6",
)
BORN_LATER = Rule(
    "x12.birth_date_future",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D 270 276 (271 277: warning)",
    "the birth date is after the day on which the file was made",
    "correct the birth date",
    "005010X222A1, DMG02 with BHT04; the file's own date counts, not today",
    "8",
)
BORN_AFTER_SERVICE = Rule(
    "x12.birth_date_after_service",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "the patient was born after the first day of service",
    "correct the birth date or the date of service",
    "005010X222A1 and X223A2, DMG02 with DTP*472 and DTP*434",
    "8",
)


def check_birth_date(segment: Segment, index: int, exam: Examination) -> None:
    """Judge a DMG by the date of its file."""
    born = to_day(segment.get(2))
    if born is not None and exam.created_on is not None and born > exam.created_on:
        exam.report(BORN_LATER, index, "DMG02")


def check_levels(levels: Iterable[Loop], exam: Examination) -> None:
    """Judge each subscriber level: a claim or a patient below, and enough said of the patient."""
    parents = {one.segments[0].get(2) for one in exam.outline.root.loops if one.id == "2000C"}
    for level in levels:
        has_patients = level.segments[0].get(1) in parents
        has_claims = child(level, "2300") is not ROOT
        relationship = level.find("SBR").get(2)
        if relationship == SELF:
            if has_patients:
                exam.report(DEPENDENT_OF_SELF, level.index("SBR"), "SBR02")
            else:
                _check_self(level, exam)
        elif has_claims and level.has("SBR"):
            exam.report(PATIENT_UNKNOWN, level.index("SBR"), "SBR02")
        if not has_claims and not has_patients:
            exam.report(NO_CLAIMS, level.start, "HL")


def _check_self(level: Loop, exam: Examination) -> None:
    name = child(level, "2010BA")
    if not name.segments:
        return
    for tag in ("N3", "N4"):
        if not name.has(tag):
            exam.report(ADDRESS, name.start, tag)
    if not name.has("DMG"):
        exam.report(DEMOGRAPHICS, name.start, "DMG")


def check_age(claim: ClaimView, exam: Examination) -> None:
    """Judge the patient's birth date by the first day of service."""
    name = child(claim.patient, "2010CA" if claim.patient.id == "2000C" else "2010BA")
    born: date | None = to_day(name.find("DMG").get(2))
    if born is None or claim.days is None or born <= claim.days[0]:
        return
    if exam.created_on is None or born <= exam.created_on:  # else it was reported already
        exam.report(BORN_AFTER_SERVICE, name.index("DMG"), "DMG02")
