"""What does the payer's answer say about this encounter?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.documents.eligibility import Benefit, EligibilityAnswer
from models.states.eligibility import EligibilityVerdict
from models.values.money import Money

ACTIVE_KINDS = frozenset("12345")
INACTIVE_KINDS = frozenset("678")
COPAY, DEDUCTIBLE, LIMIT, OTHER_PAYER = "B", "C", "F", "R"
REMAINING = "29"  # EB06: what is left, as opposed to the whole of the year
GENERAL = "30"  # EB03: health benefit plan coverage
VISITS = "VS"  # EB09
NOT_FOUND_REASONS = frozenset({"72", "73", "75", "76", "67"})  # AAA03 about who is asked for


@dataclass(frozen=True, slots=True)
class VerifiedCoverage:
    """The verdict with its coded reason and the amounts a front desk wants to know."""

    verdict: EligibilityVerdict
    reason: str  # such as EB-6 or AAA-75
    copay: Money | None = None
    deductible_remaining: Money | None = None
    visits_remaining: Decimal | None = None
    other_payer: str = ""


def judge_answer(answer: EligibilityAnswer, *, service_date: date) -> VerifiedCoverage:
    """Turn a 271 into one verdict with its reason.

    A refusal (AAA) wins over benefits; a coverage that ended before, or begins after, the date of
    service is inactive whatever EB01 says; another payer to be billed first and a visit limit
    that is used up are reported before plain activity, because a person must act on them.

    Source:
        ASC X12N/005010X279A1 (271): AAA, EB01, EB03, EB06, DTP 346/347; CAQH CORE vEB data
        content rules for what a payer must answer.
    """
    if answer.rejections:
        return _judge_rejection(answer)
    kinds = {benefit.kind for benefit in answer.benefits}
    inactive = next((kind for kind in sorted(kinds & INACTIVE_KINDS)), "")
    if inactive:
        return VerifiedCoverage(EligibilityVerdict.INACTIVE, f"EB-{inactive}")
    if not kinds & ACTIVE_KINDS:
        return VerifiedCoverage(EligibilityVerdict.REFUSED, "EB-none")
    if _is_outside_plan(answer, service_date):
        return VerifiedCoverage(EligibilityVerdict.INACTIVE, "plan_dates")
    return _judge_active(answer.benefits)


def _judge_rejection(answer: EligibilityAnswer) -> VerifiedCoverage:
    reason = answer.rejections[0].reason
    verdict = (
        EligibilityVerdict.NOT_FOUND if reason in NOT_FOUND_REASONS else EligibilityVerdict.REFUSED
    )
    return VerifiedCoverage(verdict, f"AAA-{reason}")


def _is_outside_plan(answer: EligibilityAnswer, service_date: date) -> bool:
    begins_later = answer.plan_begin is not None and service_date < answer.plan_begin
    ended_before = answer.plan_end is not None and service_date > answer.plan_end
    return begins_later or ended_before


def _judge_active(benefits: Iterable[Benefit]) -> VerifiedCoverage:
    benefits = tuple(benefits)
    other = next((b.related_payer_name or "unnamed" for b in benefits if b.kind == OTHER_PAYER), "")
    visits = next((b.quantity for b in benefits if _is_visit_limit(b)), None)
    verdict, reason = EligibilityVerdict.ACTIVE, "EB-1"
    if other:
        verdict, reason = EligibilityVerdict.OTHER_PAYER, "EB-R"
    elif visits is not None and visits <= 0:
        verdict, reason = EligibilityVerdict.LIMIT_REACHED, "EB-F"
    return VerifiedCoverage(
        verdict=verdict,
        reason=reason,
        copay=next((b.amount for b in benefits if b.kind == COPAY and b.amount), None),
        deductible_remaining=next(
            (b.amount for b in benefits if b.kind == DEDUCTIBLE and b.period == REMAINING), None
        ),
        visits_remaining=visits,
        other_payer=other,
    )


def _is_visit_limit(benefit: Benefit) -> bool:
    return benefit.kind == LIMIT and benefit.quantity_kind == VISITS and benefit.period == REMAINING
