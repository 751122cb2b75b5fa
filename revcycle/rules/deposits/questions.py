"""What must a person be asked about money at the bank?"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from models.documents.deposit import OpenDeposit, OpenRemittance
from models.values.money import Money
from revcycle.rules.clocks.holidays import add_business_days
from revcycle.rules.deposits.matching import payment_number, says_same_payment

NO_PAYMENT: Final = "NON"  # BPR04: the remittance explains no money


class DepositQuestion(StrEnum):
    """Why a deposit or a remittance waits for a person."""

    AMOUNT_DIFFERS = "deposit.amount_differs"
    NO_REMITTANCE = "deposit.no_remittance"
    NO_DEPOSIT = "deposit.no_deposit"
    RETURNED = "deposit.returned"


@dataclass(frozen=True, slots=True)
class AskedDeposits:
    """What is to be asked now: one question for each deposit and each remittance at most."""

    deposits: Mapping[UUID, tuple[DepositQuestion, str]]
    remittances: Mapping[UUID, tuple[DepositQuestion, str]]


def ask_about_deposits(
    deposits: Sequence[OpenDeposit],
    remittances: Sequence[OpenRemittance],
    *,
    wait_days: int,
    today: date,
) -> AskedDeposits:
    """Ask about what stays open: at once if the amounts differ or money went back, else later.

    A remittance whose deposit is asked about is not asked about itself: it is one question.

    Args:
        deposits: Lines of the bank that nothing explains.
        remittances: Remittances whose money has not come, with what is still to come.
        wait_days: Business days after which the other half should have come.
        today: The practice's day.

    Source:
        CORE rule 370: EFT and ERA reach the provider within three business days of each other.
    """
    by_number = _by_number(remittances)
    amounts = Counter(one.amount for one in deposits)
    asked: dict[UUID, tuple[DepositQuestion, str]] = {}
    spoken_for: set[UUID] = set()
    for deposit in deposits:
        numbers = (deposit.trace_number, deposit.check_number)
        same = [
            one
            for number in numbers
            for one in by_number.get(payment_number(number), ())
            if says_same_payment(deposit, one)
        ]
        question = _question(deposit, same, wait_days, today)
        if question:
            asked[deposit.id] = question
            spoken_for.update(one.id for one in same)
    return AskedDeposits(
        asked,
        {
            one.id: _no_deposit(one, amounts)
            for one in remittances
            if one.id not in spoken_for
            and one.method != NO_PAYMENT
            and _is_late(one.payment_date, wait_days, today)
        },
    )


def _question(
    deposit: OpenDeposit, same: Sequence[OpenRemittance], wait_days: int, today: date
) -> tuple[DepositQuestion, str] | None:
    if deposit.amount.cents < 0:
        return DepositQuestion.RETURNED, "money went back: to which deposit or remittance?"
    if same:
        difference = deposit.amount - same[0].amount
        word = "less" if difference.cents < 0 else "more"
        detail = (
            f"{Money(abs(difference.cents))} {word} than the remittance of this number explains"
            if difference
            else "more than one remittance has this number, or its payer id is another"
        )
        return DepositQuestion.AMOUNT_DIFFERS, detail
    if _is_late(deposit.posted_on, wait_days, today):
        return DepositQuestion.NO_REMITTANCE, f"no remittance within {wait_days} business days"
    return None


def _no_deposit(
    remittance: OpenRemittance, amounts: Mapping[Money, int]
) -> tuple[DepositQuestion, str]:
    count = amounts[remittance.amount]
    detail = f"open deposits of this amount: {count}" if count else "no open deposit of this amount"
    return DepositQuestion.NO_DEPOSIT, detail


def _is_late(day: date, wait_days: int, today: date) -> bool:
    return add_business_days(day, wait_days) < today


def _by_number(remittances: Sequence[OpenRemittance]) -> Mapping[str, list[OpenRemittance]]:
    found: dict[str, list[OpenRemittance]] = defaultdict(list)
    for one in remittances:
        found[payment_number(one.trace_number)].append(one)
    return found
