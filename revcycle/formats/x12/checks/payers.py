"""Several payers of one claim: their order, and what each decided."""

from models.documents.finding import Severity
from revcycle.formats.x12.checks.claim_view import ClaimView, child
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.outline import Loop
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip

NO_OTHER = Rule(
    "x12.other_payer_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "a claim to a second or later payer must name the payers before",
    "add a 2320 with SBR*P, what that payer paid and why, and its name in 2330B",
    "005010X222A1 and X223A2, loop 2320 with SBR01 of 2000B",
    "I6",
)
SAME_RANK = Rule(
    "x12.payer_rank_twice",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "two payers of the claim have the same rank",
    "P is first, S second, T third, A to H later; only U may repeat",
    "005010X222A1 and X223A2, SBR01 of 2000B and 2320",
    "7",
)
NO_DECISION_DATE = Rule(
    "x12.decision_date_missing",
    Snip.SITUATION,
    Severity.WARNING,
    "837P 837I 837D",
    "the day on which the other payer decided is missing",
    "add DTP*573 to 2330B, or to 2430 of each line",
    "005010X222A1 and X223A2, DTP*573 of 2330B and 2430",
    "I6",
)
UNKNOWN_PAYER = Rule(
    "x12.adjudication_payer_unknown",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I 837D",
    "a line was decided by a payer who is not among the other payers of the claim",
    "SVD01 must be NM109 of one of the 2330B",
    "005010X222A1 and X223A2, SVD01 of 2430",
    "7",
)
FILING_CODE = Rule(
    "x12.filing_indicator_missing",
    Snip.SITUATION,
    Severity.WARNING,
    "837P 837I 837D",
    "the kind of insurance is missing",
    "give the claim filing indicator in SBR09, such as CI or MB",
    "005010X222A1 and X223A2, SBR09 of 2000B",
    "2",
)
FIRST, UNKNOWN_RANK = "P", "U"


def check_subscriber(level: Loop, exam: Examination) -> None:
    """Judge the SBR of a subscriber (2000B)."""
    insured = level.find("SBR")
    if len(insured) > 1 and not insured.get(9):
        exam.report(FILING_CODE, level.index("SBR"), "SBR09")


def check_payers(claim: ClaimView, exam: Examination) -> None:
    """Judge the order and the names of the payers of a claim."""
    rank = claim.subscriber.find("SBR").get(1)
    if not claim.others:
        if rank not in {"", FIRST, UNKNOWN_RANK}:
            exam.report(NO_OTHER, claim.index, "SBR")
        return
    ranks = {rank}
    for other in claim.others:
        rank = other.segments[0].get(1)
        if rank in ranks and rank not in {"", UNKNOWN_RANK}:
            exam.report(SAME_RANK, other.start, "SBR01")
        ranks.add(rank)
    _check_decisions(claim, exam)


def _check_decisions(claim: ClaimView, exam: Examination) -> None:
    decisions = [one for line in claim.lines for one in line.loops if one.id == "2430"]
    numbers = {payer_of(other) for other in claim.others}
    for decision in decisions:
        if decision.segments[0].get(1) not in numbers:
            exam.report(UNKNOWN_PAYER, decision.start, "SVD01")
    for other in claim.others:
        number = payer_of(other)
        is_decided = other.has("AMT*D") and not child(other, "2330B").has("DTP*573")
        own = [one for one in decisions if one.segments[0].get(1) == number]
        if is_decided and not (own and all(one.has("DTP*573") for one in own)):
            exam.report(NO_DECISION_DATE, other.start, "DTP*573")


def payer_of(other: Loop) -> str:
    """Return the number of an other payer: NM109 of its 2330B."""
    return child(other, "2330B").find("NM1").get(9)
