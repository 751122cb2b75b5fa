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
    Severity.INFO,
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
ELECTRONIC = frozenset({"ACH", "FWT", "BOP"})


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
