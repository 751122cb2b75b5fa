"""Claims in themselves: control numbers, frequency, line numbers, pointers, attachments."""

from models.documents.finding import Severity
from revcycle.formats.x12.checks.claim_view import ClaimView
from revcycle.formats.x12.checks.diagnoses import POINTED_QUALIFIERS
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.levels import next_number
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.segments import Segment

DUPLICATE = Rule(
    "x12.clm01_duplicate",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "two claims of the file have this control number",
    "give every claim a number of its own, also when it is sent again",
    "005010X222A1 and X223A2, CLM01 (returned in the 835 and 277CA to find the claim)",
    "I6",
    is_later_matter=True,
)
LONG_NUMBER = Rule(
    "x12.clm01_long",
    Snip.SITUATION,
    Severity.WARNING,
    "837P 837I 837D",
    "the control number is longer than the 20 characters that payers must return",
    "use at most 20 characters",
    "005010X222A1 and X223A2, CLM01 (the HIPAA maximum)",
    "5",
)
ORIGINAL_MISSING = Rule(
    "x12.original_reference_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "a replacement or void (CLM05-3 is 7 or 8) needs the payer's claim control number",
    "add REF*F8 with the number from the 835 (CLP07) or 277CA of the first claim",
    "005010X222A1 and X223A2, REF*F8 of 2300",
    "I6",
)
FREQUENCY = Rule(
    "x12.claim_frequency",
    Snip.SITUATION,
    Severity.WARNING,
    "837P",
    "not a frequency that payers take for professional claims",
    "1 for a first claim, 7 for a replacement, 8 for a void",
    "005010X222A1, CLM05-3; CMS Claims Processing Manual, chapter 25",
    "7",
)
LINE_NUMBER = Rule(
    "x12.lx_sequence",
    Snip.GUIDE,
    Severity.ERROR,
    "837P 837I 837D",
    "the service lines are not numbered from 1 without gaps",
    "number them anew in every claim",
    "005010X222A1 and X223A2, LX01",
    "7",
)
NO_LINES = Rule(
    "x12.claim_without_lines",
    Snip.GUIDE,
    Severity.ERROR,
    "837D and others of which we have no guide",
    "the claim has no service lines",
    "add LX and SV1, SV2 or SV3",
    "005010X222A1 and X223A2, loop 2400 (required)",
    "3",
)
POINTER = Rule(
    "x12.diagnosis_pointer",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837D",
    "a diagnosis pointer names no diagnosis of the claim",
    "point with 1 for the first diagnosis in HI, 2 for the second, up to 12",
    "005010X222A1, SV107",
    "7",
)
POINTER_TWICE = Rule(
    "x12.diagnosis_pointer_twice",
    Snip.SITUATION,
    Severity.WARNING,
    "837P 837D",
    "a line points twice to the same diagnosis",
    "name each diagnosis once, the most important first",
    "005010X222A1, SV107",
    "7",
)
ATTACHMENT_NUMBER = Rule(
    "x12.attachment_number_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "an attachment that is sent needs its number",
    "add AC in PWK05 and the number in PWK06, the same as on the attachment",
    "005010X222A1 and X223A2, PWK05 and PWK06 of 2300 and 2400",
    "2",
)
TOO_MANY = Rule(
    "x12.too_many_claims",
    Snip.SITUATION,
    Severity.WARNING,
    "837P 837I 837D",
    "a transaction should not hold more than 5,000 claims",
    "split the batch",
    "005010X222A1 and X223A2, section 1.4 (recommended size)",
    "4",
)
CORRECTING_FREQUENCIES = frozenset({"7", "8"})
PROFESSIONAL_FREQUENCIES = frozenset({"1", "6", "7", "8"})
CONTROL_NUMBER_LENGTH_MAX = 20
CLAIMS_MAX = 5_000
REMEMBERED_MAX = 1_000_000  # control numbers; a file with more is compared in stretches
POINTING = {"SV1": 7, "SV3": 11}  # tag, element of the diagnosis pointers
SENT_ATTACHMENTS = frozenset({"BM", "EL", "EM", "FX", "FT"})


class ControlNumbers:
    """The claim control numbers of a file, as far as memory is allowed to grow."""

    def __init__(self) -> None:
        self._numbers: set[str] = set()

    def is_known(self, number: str) -> bool:
        """Tell whether a number was met before, and remember it."""
        if number in self._numbers:
            return True
        if len(self._numbers) >= REMEMBERED_MAX:
            self._numbers.clear()
        self._numbers.add(number)
        return False


def check_control_number(claim: ClaimView, exam: Examination, numbers: ControlNumbers) -> None:
    """Judge CLM01."""
    number = claim.header.get(1)
    if number and numbers.is_known(number):
        exam.report(DUPLICATE, claim.index, "CLM01")
    if len(number) > CONTROL_NUMBER_LENGTH_MAX:
        exam.report(LONG_NUMBER, claim.index, "CLM01")


def check_frequency(claim: ClaimView, exam: Examination) -> None:
    """Judge CLM05-3 and what it demands."""
    frequency = claim.place[2] if len(claim.place) > 2 else ""  # noqa: PLR2004 - the third component
    if frequency in CORRECTING_FREQUENCIES and not claim.loop.find("REF*F8").get(2):
        exam.report(ORIGINAL_MISSING, claim.index, "REF*F8")
    if exam.is_professional and frequency and frequency not in PROFESSIONAL_FREQUENCIES:
        exam.report(FREQUENCY, claim.index, "CLM05-3")


def check_lines(claim: ClaimView, exam: Examination) -> None:
    """Judge the numbers and the diagnosis pointers of the lines."""
    allowed = _allowed_pointers(claim, exam.separator)
    if not claim.lines and not exam.has_guide:
        exam.report(NO_LINES, claim.index, "LX")
    expected = 1
    for line, (at, service) in zip(claim.lines, claim.services, strict=True):
        number = line.segments[0].get(1)
        if number != str(expected):
            exam.report(LINE_NUMBER, line.start, "LX01", f"the line must have number {expected}")
        expected = next_number(number, expected)
        pointing = POINTING.get(service[0])
        if pointing is not None:
            _check_pointers(service, at, pointing, allowed, exam)


def _allowed_pointers(claim: ClaimView, separator: str) -> frozenset[str]:
    count = 0
    for _, segment in claim.codes:
        for element in segment[1:]:
            if element.partition(separator)[0] in POINTED_QUALIFIERS:
                count += 1
    return _NUMBERS[min(count, len(_NUMBERS) - 1)]


_NUMBERS = [frozenset(str(number) for number in range(1, most + 1)) for most in range(25)]


def _check_pointers(
    service: Segment, at: int, number: int, allowed: frozenset[str], exam: Examination
) -> None:
    element = service.get(number)
    if element in allowed:
        return
    pointers = [one for one in element.split(exam.separator) if one]
    if not allowed.issuperset(pointers):
        wrong = next(place for place, one in enumerate(pointers, 1) if one not in allowed)
        exam.report(POINTER, at, f"{service[0]}{number:02d}-{wrong}")
    elif len(pointers) != len(set(pointers)):
        exam.report(POINTER_TWICE, at, f"{service[0]}{number:02d}")


def check_attachments(claim: ClaimView, exam: Examination) -> None:
    """Judge the PWK segments of a claim and its lines."""
    if "PWK" not in exam.tags:
        return
    for loop in (claim.loop, *claim.lines):
        for index, segment in loop.each("PWK"):
            if segment.get(2) in SENT_ATTACHMENTS and not segment.get(6):
                exam.report(ATTACHMENT_NUMBER, index, "PWK06")


def check_count(count: int, exam: Examination) -> None:
    """Judge how many claims a transaction holds."""
    if count > CLAIMS_MAX:
        exam.report(TOO_MANY, 0, "ST")
