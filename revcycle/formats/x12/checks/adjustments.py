"""Adjustment reasons and remarks: numbers that were given, or that look like it."""

from models.documents.finding import Severity
from revcycle.formats.x12.checks.code_sets import codes_of
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.segments import Segment

REASON = Rule(
    "x12.adjustment_reason",
    Snip.CODE_SET,
    Severity.ERROR,
    "835 837P 837I",
    "not a claim adjustment reason code",
    "a number, or A, B, D, P, W or Y with a number, as the published list has them",
    "005010X221A1, CAS02; the published list of claim adjustment reason codes",
    "7",
    is_mild_in_answers=False,
)
REMARK = Rule(
    "x12.remark",
    Snip.CODE_SET,
    Severity.ERROR,
    "835 837P 837I",
    "not a remittance advice remark code",
    "M, MA or N with a number, as the published list has them",
    "005010X221A1, LQ02, MIA and MOA; the published list of remittance advice remark codes",
    "7",
    is_mild_in_answers=False,
)
GROUP_TWICE = Rule(
    "x12.adjustment_group_twice",
    Snip.SITUATION,
    Severity.WARNING,
    "835 837P 837I",
    "two CAS segments of one claim or line have the same group",
    "up to six reasons of one group go into one segment; add them up all the same",
    "005010X221A1, CAS of 2100 and 2110 (one segment per group and level)",
    "5",
)
LAST_REASON = 17  # where the sixth reason of a CAS stands
OUTPATIENT_REMARKS = (3, 4, 5, 6, 7)  # MOA03 to MOA07
INPATIENT_REMARKS = (5, 20, 21, 22, 23)  # MIA05, MIA20 to MIA23


def check_adjustment(segment: Segment, index: int, exam: Examination) -> None:
    """Judge the reasons of a CAS: elements 02, 05, 08 and so on."""
    known = exam.codes.adjustment_reasons or codes_of("adjustment_reasons")
    for number in range(2, len(segment), 3):
        if segment[number] not in known and segment[number]:
            exam.report(REASON, index, f"CAS{number:02d}")
    before = exam.segments[index - 1]
    if before[0] == "CAS" and before.get(1) == segment.get(1) and not before.get(LAST_REASON):
        exam.report(GROUP_TWICE, index, "CAS01")


def check_remark(segment: Segment, index: int, exam: Examination) -> None:
    """Judge the remark of an LQ; those of pharmacies (RX) and forms (AS, UT) are other lists."""
    if segment.get(1) == "HE":
        _check_remarks(segment, (2,), index, exam)


def check_outpatient_remarks(segment: Segment, index: int, exam: Examination) -> None:
    """Judge the remarks of an MOA."""
    _check_remarks(segment, OUTPATIENT_REMARKS, index, exam)


def check_inpatient_remarks(segment: Segment, index: int, exam: Examination) -> None:
    """Judge the remarks of an MIA."""
    _check_remarks(segment, INPATIENT_REMARKS, index, exam)


def _check_remarks(
    segment: Segment, numbers: tuple[int, ...], index: int, exam: Examination
) -> None:
    known = exam.codes.remarks or codes_of("remarks")
    for number in numbers:
        if number < len(segment) and segment[number] and segment[number] not in known:
            exam.report(REMARK, index, f"{segment[0]}{number:02d}")
