"""Situations of an 835: the payment itself, reversals, and dates of services."""

from models.documents.finding import Severity
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.checks.values import cents
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.segments import Segment

NO_PAYMENT = Rule(
    "x12.payment_without_method",
    Snip.SITUATION,
    Severity.WARNING,
    "835",
    "the method says that nothing is paid (NON), but there is an amount",
    "ask the payer how the money comes before you post it",
    "005010X221A1, BPR02 with BPR04",
    "7",
)
NO_ACCOUNT = Rule(
    "x12.payment_account_missing",
    Snip.SITUATION,
    Severity.WARNING,
    "835",
    "an electronic payment should name the banks and accounts",
    "match the deposit by TRN02 and amount",
    "005010X221A1, BPR05 to BPR15 with BPR04",
    "2",
)
REVERSAL = Rule(
    "x12.reversal_amount",
    Snip.SITUATION,
    Severity.WARNING,
    "835",
    "a reversal (CLP02 is 22) should take charge and payment back as negative amounts",
    "check it against the payment that is reversed before you post it",
    "005010X221A1, section 1.10.2.8 (reversals and corrections)",
    "7",
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
ELECTRONIC = frozenset({"ACH", "FWT", "BOP"})
REASONS_A_SEGMENT = 17  # CAS02 to CAS19; the sixth reason stands at 17


def check_payment(segment: Segment, index: int, exam: Examination) -> None:
    """Judge a BPR."""
    amount = cents(segment.get(2))
    if segment.get(4) == "NON" and amount:
        exam.report(NO_PAYMENT, index, "BPR04")
    if segment.get(4) in ELECTRONIC and amount and not (segment.get(13) and segment.get(15)):
        exam.report(NO_ACCOUNT, index, "BPR13" if not segment.get(13) else "BPR15")


def check_claim_payment(segment: Segment, index: int, exam: Examination) -> None:
    """Judge the amounts of a CLP that reverses an earlier one."""
    if segment.get(2) != "22":
        return
    for number in (3, 4):
        amount = cents(segment.get(number))
        if amount is not None and amount > 0:
            exam.report(REVERSAL, index, f"CLP{number:02d}")


def check_groups(exam: Examination) -> None:
    """Judge whether a group of adjustments comes twice without need at one level."""
    before: Segment | None = None
    for index, segment in enumerate(exam.segments):
        if segment[0] != "CAS":
            before = None
            continue
        if before is not None and before.get(1) == segment.get(1) and not before.get(17):
            exam.report(GROUP_TWICE, index, "CAS01")
        before = segment
