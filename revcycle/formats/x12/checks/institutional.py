"""What the kind of bill demands of an institutional claim."""

from models.documents.finding import Severity
from revcycle.formats.x12.checks.claim_view import ClaimView
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip

ADMISSION = Rule(
    "x12.admission_date_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837I",
    "an inpatient claim needs day and hour of admission",
    "add DTP*435 to the claim",
    "005010X223A2, DTP*435 of 2300",
    "I6",
)
ADMITTING_DIAGNOSIS = Rule(
    "x12.admitting_diagnosis_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837I",
    "an inpatient claim needs the diagnosis at admission",
    "add HI with the qualifier ABJ",
    "005010X223A2, HI (admitting diagnosis) of 2300",
    "I6",
)
DISCHARGE_HOUR = Rule(
    "x12.discharge_hour_missing",
    Snip.SITUATION,
    Severity.WARNING,
    "837I",
    "the last bill of an inpatient stay needs the hour of discharge",
    "add DTP*096, unless the patient is still there (CL103 is 30)",
    "005010X223A2, DTP*096 of 2300",
    "I6",
)
ATTENDING = Rule(
    "x12.attending_provider_missing",
    Snip.SITUATION,
    Severity.WARNING,
    "837I",
    "the claim names no attending provider",
    "add NM1*71 (2310A), unless the only service is non-scheduled transportation",
    "005010X223A2, loop 2310A",
    "I6",
)
PROFESSIONAL_ADMISSION = Rule(
    "x12.hospital_date_missing",
    Snip.SITUATION,
    Severity.WARNING,
    "837P",
    "a service to an inpatient needs the day of admission",
    "add DTP*435 to the claim",
    "005010X222A1, DTP*435 of 2300",
    "I6",
)
INPATIENT_BILLS = frozenset({"11", "18", "41"})  # and others to which payers do not agree
LAST_BILLS = frozenset({"1", "4"})  # frequencies: admission to discharge, last of several
STILL_THERE = "30"  # CL103
INPATIENT_PLACES = frozenset({"21", "51", "61"})


def check_stay(claim: ClaimView, exam: Examination) -> None:
    """Judge what an institutional claim, or one for a visit in hospital, must say of the stay."""
    place = claim.place[0]
    if exam.is_institutional:
        _check_institutional(claim, place, exam)
    elif place in INPATIENT_PLACES and exam.is_professional and not claim.loop.has("DTP*435"):
        exam.report(PROFESSIONAL_ADMISSION, claim.index, "DTP*435")


def _check_institutional(claim: ClaimView, place: str, exam: Examination) -> None:
    loop = claim.loop
    if "2310A" not in claim.parties:
        exam.report(ATTENDING, claim.index, "NM1*71")
    if place not in INPATIENT_BILLS:
        return
    if not loop.has("DTP*435"):
        exam.report(ADMISSION, claim.index, "DTP*435")
    qualifiers = {segment.get(1).partition(exam.separator)[0] for _, segment in claim.codes}
    if not qualifiers & {"ABJ", "BJ"}:
        exam.report(ADMITTING_DIAGNOSIS, claim.index, "HI*ABJ")
    frequency = claim.place[2] if len(claim.place) > 2 else ""  # noqa: PLR2004 - the third component
    has_left = loop.find("CL1").get(3) != STILL_THERE
    if frequency in LAST_BILLS and has_left and not loop.has("DTP*096"):
        exam.report(DISCHARGE_HOUR, claim.index, "DTP*096")
