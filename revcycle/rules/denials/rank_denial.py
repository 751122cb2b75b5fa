"""In which order are denials worked, and why?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from models.values.display import to_dollars
from models.values.money import Money

URGENT_DAYS: Final = 3
NEAR_DAYS: Final = 7
NOT_URGENT: Final = 6
# Above these expected values a denial has the priority beside it; 1 and 2 are for deadlines.
STEPS: Final = ((Money(50_000), 3), (Money(10_000), 4), (Money(2_500), 5))
PERMILLE: Final = Decimal(1_000)


@dataclass(frozen=True, slots=True)
class Rank:
    """What a denial is worth working, and how urgent that is.

    Attributes:
        priority: 1 is first.
        last_day: The nearer of the first action's due date and the payer's limit.
    """

    balance: Money
    chance_permille: int
    expected: Money
    priority: int
    last_day: date
    days_left: int

    @property
    def why(self) -> str:
        """Say it in one sentence."""
        return f"{self.worth}, and {_until(self.days_left)}"

    @property
    def worth(self) -> str:
        """Say what balance and chance come to."""
        return worth_words(self.balance, self.chance_permille, self.expected)


def rank_denial(
    balance: Money, *, chance_permille: int, due_on: date, limit_on: date | None, today: date
) -> Rank:
    """Rank one denial: what expires within a week goes first, then what is worth most.

    Args:
        balance: What is denied.
        chance_permille: Of recovery, 0 to 1000.
        due_on: When the first action is due.
        limit_on: The payer's last day; None where none is known.
        today: The practice's day.

    Source:
        The office's own order of work: no right expires in silence, then expected value.
    """
    expected = balance.times(Decimal(chance_permille) / PERMILLE)
    last_day = min(due_on, limit_on) if limit_on else due_on
    left = (last_day - today).days
    return Rank(balance, chance_permille, expected, _priority(expected, left), last_day, left)


def worth_words(balance: Money, chance_permille: int, expected: Money) -> str:
    """Say what a balance and a chance come to.

    Source:
        Expected value: the balance times the chance, both shown.
    """
    chance = percent(chance_permille)
    return f"{to_dollars(balance)} with a chance of {chance} is worth {to_dollars(expected)}"


def percent(permille: int) -> str:
    """Write a chance: ``41.5 %``, and without a decimal where it is whole."""
    whole, tenth = divmod(permille, 10)
    return f"{whole}.{tenth} %" if tenth else f"{whole} %"


def _priority(expected: Money, days_left: int) -> int:
    if days_left <= URGENT_DAYS:
        return 1
    if days_left <= NEAR_DAYS:
        return 2
    return next((level for least, level in STEPS if expected >= least), NOT_URGENT)


def _until(days_left: int) -> str:
    if days_left < 0:
        return f"its date passed {_days(-days_left)} ago"
    return "today is the last day" if days_left == 0 else f"{_days(days_left)} are left"


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
