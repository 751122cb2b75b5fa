"""Services by code: procedures, modifiers, revenue codes, places, units, drugs."""

import re
from functools import lru_cache

from models.documents.finding import Severity
from revcycle.formats.x12.checks.code_sets import codes_of
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.checks.values import cents
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.segments import Segment

PROCEDURE = Rule(
    "x12.procedure_form",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837I 837D 276 (835 277: warning)",
    "not the form of a procedure code of this set",
    "CPT and HCPCS codes have five characters: digits, or a letter first or last",
    "45 CFR 162.1002; CMS, HCPCS Level II coding procedures",
    "7",
)
MODIFIER = Rule(
    "x12.modifier_form",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837I 837D 276 (835 277: warning)",
    "not the form of a modifier",
    "two letters or digits in upper case, each in a component of its own",
    "45 CFR 162.1002; CMS, HCPCS Level II coding procedures",
    "7",
)
REVENUE_CODE = Rule(
    "x12.revenue_code",
    Snip.CODE_SET,
    Severity.ERROR,
    "837I (835: warning)",
    "not the form of a revenue code, or the total line 0001 of the paper form",
    "four digits with the leading zero; the total is CLM02",
    "005010X223A2, SV201; CMS Claims Processing Manual, chapter 25",
    "7",
)
PLACE = Rule(
    "x12.place_of_service",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837D",
    "not a place of service",
    "two digits of the CMS list, such as 11 for an office",
    "CMS, Place of Service Code Set",
    "7",
)
FACILITY = Rule(
    "x12.facility_code",
    Snip.CODE_SET,
    Severity.WARNING,
    "837I",
    "not the first two digits of a known bill type",
    "kind of facility and kind of bill, such as 13 for a hospital's outpatients",
    "CMS Claims Processing Manual, chapter 25, form locator 4",
    "7",
)
UNITS = Rule(
    "x12.units",
    Snip.SITUATION,
    Severity.WARNING,
    "837P 837I",
    "a service needs more than zero units",
    "count at least one unit, minute or day",
    "005010X222A1, SV104; 005010X223A2, SV205",
    "7",
)
NEGATIVE = Rule(
    "x12.negative_charge",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "a charge must not be negative",
    "a claim is taken back by a void (frequency 8), not by negative charges",
    "005010X222A1, CLM02 and SV102; 005010X223A2, SV203",
    "7",
)
_FORMS = {
    "HC": re.compile(r"\d{4}[0-9A-Z]|[A-Z]\d{4}", re.ASCII),
    "AD": re.compile(r"D?\d{4}", re.ASCII),
    "HP": re.compile(r"[0-9A-Z]{5}", re.ASCII),
    "N4": re.compile(r"\d{11}", re.ASCII),
    "NU": re.compile(r"\d{3,4}", re.ASCII),
}
_MODIFIER = re.compile(r"[0-9A-Z]{2}", re.ASCII)
_REVENUE = re.compile(r"(?!0001)\d{4}", re.ASCII)
LAST_MODIFIER = 6


@lru_cache(maxsize=16_384)
def _problem(element: str, separator: str) -> tuple[Rule, int] | None:
    """Judge a composite such as ``HC:99213:25``; tell the rule and the component."""
    parts = element.split(separator)
    form = _FORMS.get(parts[0])
    if form is None or len(parts) == 1:
        return None
    if not form.fullmatch(parts[1]):
        return PROCEDURE, 2
    for number, modifier in enumerate(parts[2:LAST_MODIFIER], start=3):
        if modifier and not _MODIFIER.fullmatch(modifier):
            return MODIFIER, number
    return None


def _check_composite(segment: Segment, number: int, index: int, exam: Examination) -> None:
    if number < len(segment) and (problem := _problem(segment[number], exam.separator)):
        rule, component = problem
        exam.report(rule, index, f"{segment[0]}{number:02d}-{component}")


def check_professional(segment: Segment, index: int, exam: Examination) -> None:
    """Judge an SV1."""
    _check_composite(segment, 1, index, exam)
    _check_charge(segment, 2, index, exam)
    _check_units(segment, 4, index, exam)
    place = segment.get(5)
    if place and place not in codes_of("places_of_service"):
        exam.report(PLACE, index, "SV105")


def check_institutional(segment: Segment, index: int, exam: Examination) -> None:
    """Judge an SV2."""
    if not _REVENUE.fullmatch(segment.get(1)):
        exam.report(REVENUE_CODE, index, "SV201")
    _check_composite(segment, 2, index, exam)
    _check_charge(segment, 3, index, exam)
    _check_units(segment, 5, index, exam)


def check_dental(segment: Segment, index: int, exam: Examination) -> None:
    """Judge an SV3."""
    _check_composite(segment, 1, index, exam)
    _check_charge(segment, 2, index, exam)


def check_paid_service(segment: Segment, index: int, exam: Examination) -> None:
    """Judge the codes of an SVC."""
    _check_composite(segment, 1, index, exam)
    _check_composite(segment, 6, index, exam)


def check_adjudicated_service(segment: Segment, index: int, exam: Examination) -> None:
    """Judge the codes of an SVD."""
    _check_composite(segment, 3, index, exam)


def check_claim_place(segment: Segment, index: int, exam: Examination) -> None:
    """Judge the place or kind of bill of a CLM, and its charge."""
    place, _, rest = segment.get(5).partition(exam.separator)
    if place and rest.startswith("B") and place not in codes_of("places_of_service"):
        exam.report(PLACE, index, "CLM05-1")
    if place and rest.startswith("A") and place not in codes_of("facilities"):
        exam.report(FACILITY, index, "CLM05-1")
    _check_charge(segment, 2, index, exam)


def _check_charge(segment: Segment, number: int, index: int, exam: Examination) -> None:
    if number < len(segment) and segment[number][:1] == "-":
        amount = cents(segment[number])
        if amount is not None and amount < 0:
            exam.report(NEGATIVE, index, f"{segment[0]}{number:02d}")


def _check_units(segment: Segment, number: int, index: int, exam: Examination) -> None:
    if number < len(segment):
        units = segment[number]
        if units[:1] in {"0", "-"} and not units.strip("-0."):
            exam.report(UNITS, index, f"{segment[0]}{number:02d}")
