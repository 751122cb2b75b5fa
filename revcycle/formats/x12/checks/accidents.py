"""Accidents, work and property: what CLM11 and the kind of insurance demand."""

from models.documents.finding import Severity
from revcycle.formats.x12.checks.claim_view import ClaimView, child
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip

DATE_MISSING = Rule(
    "x12.accident_date_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837D",
    "an automobile or other accident (CLM11) needs its date",
    "add DTP*439 to the claim",
    "005010X222A1, DTP*439 of 2300 with CLM11 AA and OA",
    "I6",
)
WORK_DATE_MISSING = Rule(
    "x12.work_accident_date_missing",
    Snip.SITUATION,
    Severity.WARNING,
    "837P 837D",
    "a claim that comes from employment needs the date of the accident, if there was one",
    "add DTP*439 to the claim, or DTP*431 for an illness",
    "005010X222A1, DTP*439 of 2300 with CLM11 EM",
    "I6",
)
STATE_MISSING = Rule(
    "x12.accident_state_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837D",
    "an automobile accident needs the state, or the country, where it happened",
    "give the state in CLM11-4, or the country in CLM11-5",
    "005010X222A1, CLM11-4 and CLM11-5",
    "2",
)
CLAIM_NUMBER_MISSING = Rule(
    "x12.casualty_number_missing",
    Snip.SITUATION,
    Severity.WARNING,
    "837P 837I",
    "a claim to workers' compensation needs the number the insurer gave to the case",
    "add REF*Y4 to the subscriber (2010BA) or the patient (2010CA)",
    "005010X222A1 and X223A2, REF*Y4 of 2010BA and 2010CA",
    "I6",
)
CAUSES = 3  # CLM11-1 to CLM11-3


def check_accident(claim: ClaimView, exam: Examination) -> None:
    """Judge what the related causes of a claim demand."""
    related = claim.header.get(11)
    if not related:
        return
    parts = [*related.split(exam.separator), "", "", "", "", ""]
    causes = set(parts[:CAUSES])
    is_dated = claim.loop.has("DTP*439")
    if causes & {"AA", "OA"} and not is_dated:
        exam.report(DATE_MISSING, claim.index, "DTP*439")
    elif "EM" in causes and not is_dated and not claim.loop.has("DTP*431"):
        exam.report(WORK_DATE_MISSING, claim.index, "DTP*439")
    if "AA" in causes and not parts[3] and not parts[4]:
        exam.report(STATE_MISSING, claim.index, "CLM11-4")


def check_casualty(claim: ClaimView, exam: Examination) -> None:
    """Judge a claim to workers' compensation."""
    if claim.subscriber.find("SBR").get(9) != "WC":
        return
    names = (child(claim.subscriber, "2010BA"), child(claim.patient, "2010CA"))
    if not any(name.has("REF*Y4") for name in names):
        exam.report(CLAIM_NUMBER_MISSING, claim.index, "REF*Y4")
