"""Sums of a claim: its lines, and what each other payer paid and adjusted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.documents.finding import Severity
from revcycle.formats.x12.checks.claim_view import CHARGED, ClaimView
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.outline import Loop
from revcycle.formats.x12.checks.payers import payer_of
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.checks.values import cents, money
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.segments import Segment

TOTAL = Rule(
    "x12.claim_total",
    Snip.BALANCE,
    Severity.ERROR,
    "837P 837I 837D",
    "the charge of the claim is not the sum of its lines",
    "correct CLM02 or the charges of the lines",
    "005010X222A1 and X223A2, CLM02; section 1.4 (balancing)",
    "7",
)
LINE = Rule(
    "x12.cob_line_balance",
    Snip.BALANCE,
    Severity.ERROR,
    "837P 837I 837D",
    "what the other payer paid and adjusted on the line is not the charge of the line",
    "copy SVD02 and every CAS of the line from that payer's 835",
    "005010X222A1 and X223A2, section 1.4 (balancing of service lines)",
    "7",
)
CLAIM = Rule(
    "x12.cob_claim_balance",
    Snip.BALANCE,
    Severity.ERROR,
    "837P 837I 837D",
    "what the other payer paid and adjusted is not the charge of the claim",
    "copy AMT*D and every CAS of claim and lines from that payer's 835",
    "005010X222A1 and X223A2, section 1.4 (balancing of claims)",
    "7",
)
PAID = Rule(
    "x12.cob_paid_balance",
    Snip.BALANCE,
    Severity.ERROR,
    "837P 837I 837D",
    "what the other payer paid for the claim is not what it paid for the lines",
    "AMT*D is the sum of SVD02 less the adjustments of the claim (CAS of 2320)",
    "005010X222A1 and X223A2, section 1.4 (balancing of payer paid amounts)",
    "7",
)
UNEXPLAINED = Rule(
    "x12.cob_unexplained",
    Snip.BALANCE,
    Severity.WARNING,
    "837P 837I 837D",
    "the other payer did not pay the whole charge, and no adjustment tells why",
    "add CAS to 2320 or 2430, or the remaining liability as AMT*EAF",
    "005010X222A1 and X223A2, CAS and AMT*EAF of 2320",
    "I6",
)
PATIENT_PAID = Rule(
    "x12.patient_paid_more",
    Snip.BALANCE,
    Severity.WARNING,
    "837P 837I",
    "the patient paid more than the claim charges",
    "correct AMT*F5",
    "005010X222A1, AMT*F5 of 2300",
    "7",
)
FIRST_AMOUNT, CAS_STRIDE = 3, 3  # CAS03, CAS06 and so on


@dataclass(slots=True)
class Charges:
    """What a claim and its lines charge, in cents; ``None`` where one cannot be read."""

    claim: int | None
    lines: list[int | None]

    @property
    def lines_total(self) -> int | None:
        """The sum of the lines."""
        return _sum(self.lines)


def check_balances(claim: ClaimView, exam: Examination) -> None:
    """Judge every sum of a claim; amounts that are no amounts are the guide check's business."""
    charges = Charges(cents(claim.header.get(2)), [_charge(one) for _, one in claim.services])
    lines = charges.lines_total
    if claim.lines and lines is not None and charges.claim is not None and lines != charges.claim:
        exam.report(TOTAL, claim.index, "CLM02", advice=f"the lines charge {money(lines)} together")
    if "AMT" in exam.tags and claim.loop.has("AMT*F5"):
        paid = cents(claim.loop.find("AMT*F5").get(2))
        if paid is not None and charges.claim is not None and paid > charges.claim:
            exam.report(PATIENT_PAID, claim.loop.index("AMT*F5"), "AMT02")
    for other in claim.others:
        _check_payer(claim, other, charges, exam)


def _charge(service: Segment) -> int | None:
    number = CHARGED.get(service[0], 0)
    return cents(service[number]) if 0 < number < len(service) else None


def _check_payer(claim: ClaimView, other: Loop, charges: Charges, exam: Examination) -> None:
    number = payer_of(other)
    decided = [_decisions(line, number) for line in claim.lines]
    own = _adjusted([other])
    adjusted = _adjusted([one for decisions in decided for one in decisions])
    _check_lines(decided, charges, exam)
    paid = cents(other.find("AMT*D").get(2))
    if paid is None or charges.claim is None or own is None or adjusted is None:
        return
    is_explained = other.has("CAS") or any(decided)
    at = other.index("AMT*D")
    if not is_explained:
        is_open = paid != charges.claim and not other.has("AMT*EAF") and not other.has("AMT*A8")
        if is_open:
            exam.report(UNEXPLAINED, at, "AMT02")
        return
    if any(decided) and not all(decided):
        return  # some lines only were decided on: no equation holds for the whole
    if all(decided) and claim.lines:
        line_paid = _sum([cents(one.find("SVD").get(2)) for lines in decided for one in lines])
        if line_paid is not None and line_paid - own != paid:
            exam.report(PAID, at, "AMT02", advice=f"the lines make it {money(line_paid - own)}")
            return
    if paid + own + adjusted != charges.claim:
        expected = money(charges.claim - own - adjusted)
        exam.report(CLAIM, at, "AMT02", advice=f"charge less adjustments is {expected}")


def _check_lines(decided: Sequence[Sequence[Loop]], charges: Charges, exam: Examination) -> None:
    for decisions, charge in zip(decided, charges.lines, strict=False):
        if not decisions or charge is None:
            continue
        is_bundled = any(one.find("SVD").get(6) for one in decisions)
        paid = _sum([cents(one.find("SVD").get(2)) for one in decisions])
        adjusted = _adjusted(decisions)
        if is_bundled or paid is None or adjusted is None or paid + adjusted == charge:
            continue
        expected = f"charge less adjustments is {money(charge - adjusted)}"
        exam.report(LINE, decisions[0].start, "SVD02", advice=expected)


def _decisions(line: Loop, number: str) -> list[Loop]:
    return [one for one in line.loops if one.id == "2430" and one.segments[0].get(1) == number]


def _adjusted(loops: Sequence[Loop]) -> int | None:
    """Add up every CAS of some loops; ``None`` if an amount cannot be read."""
    adjustments = (one for loop in loops for _, one in loop.each("CAS"))
    return _sum([cents(text) for one in adjustments for text in _amounts(one)])


def _amounts(adjustment: Segment) -> Iterator[str]:
    for number in range(FIRST_AMOUNT, len(adjustment), CAS_STRIDE):
        if adjustment[number - 1] or adjustment[number]:
            yield adjustment[number]


def _sum(amounts: Sequence[int | None]) -> int | None:
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total
