"""judge_answer: one verdict from a payer's answer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models.documents.eligibility import Benefit, EligibilityAnswer, EligibilityRejection
from models.states.eligibility import EligibilityVerdict
from models.values.money import Money
from revcycle.rules.verification.verdict import judge_answer

SERVICE_DATE = date(2026, 11, 18)
ACTIVE = Benefit("1", service_type_codes=("30",))


def an_answer(*benefits: Benefit, **changes: object) -> EligibilityAnswer:
    answer = EligibilityAnswer("T1", "BHHP1", benefits=benefits or (ACTIVE,))
    return replace(answer, **changes)  # type: ignore[arg-type] # test shorthand


def refusal(reason: str) -> EligibilityAnswer:
    return an_answer(rejections=(EligibilityRejection("subscriber", reason, "C"),))


@pytest.mark.parametrize(
    ("answer", "verdict", "reason"),
    [
        pytest.param(an_answer(), EligibilityVerdict.ACTIVE, "EB-1", id="active"),
        pytest.param(
            an_answer(Benefit("6")), EligibilityVerdict.INACTIVE, "EB-6", id="coverage-ended"
        ),
        pytest.param(
            an_answer(plan_end=date(2026, 11, 17)),
            EligibilityVerdict.INACTIVE,
            "plan_dates",
            id="ended-the-day-before",
        ),
        pytest.param(
            an_answer(plan_end=SERVICE_DATE),
            EligibilityVerdict.ACTIVE,
            "EB-1",
            id="the-last-day-still-counts",
        ),
        pytest.param(refusal("75"), EligibilityVerdict.NOT_FOUND, "AAA-75", id="not-found"),
        pytest.param(refusal("42"), EligibilityVerdict.REFUSED, "AAA-42", id="cannot-answer"),
        pytest.param(
            an_answer(ACTIVE, Benefit("R", related_payer_name="Commonweal Mutual")),
            EligibilityVerdict.OTHER_PAYER,
            "EB-R",
            id="another-payer-first",
        ),
        pytest.param(
            an_answer(ACTIVE, Benefit("F", period="29", quantity_kind="VS", quantity=Decimal(0))),
            EligibilityVerdict.LIMIT_REACHED,
            "EB-F",
            id="no-visits-left",
        ),
        pytest.param(
            an_answer(Benefit("B", amount=Money(2000))),
            EligibilityVerdict.REFUSED,
            "EB-none",
            id="neither-active-nor-inactive",
        ),
    ],
)
def test_verdict(answer: EligibilityAnswer, verdict: EligibilityVerdict, reason: str) -> None:
    judged = judge_answer(answer, service_date=SERVICE_DATE)
    assert (judged.verdict, judged.reason) == (verdict, reason)


def test_the_amounts_a_front_desk_asks_for_are_kept() -> None:
    judged = judge_answer(
        an_answer(
            ACTIVE,
            Benefit("B", amount=Money(2500)),
            Benefit("C", period="23", amount=Money(150_000)),
            Benefit("C", period="29", amount=Money(40_000)),
            Benefit("F", period="29", quantity_kind="VS", quantity=Decimal(12)),
        ),
        service_date=SERVICE_DATE,
    )
    assert judged.copay == Money(2500)
    assert judged.deductible_remaining == Money(40_000)
    assert judged.visits_remaining == Decimal(12)
