"""Member ids whose last character tells the sandbox payer what to answer.

The sandbox has no member files: like the test cards of payment services, the number itself says
what happens. Nothing else in the product knows this.

| last one   | the payer's answer to an eligibility inquiry  |
|------------|-----------------------------------------------|
| 0 to 6     | active, as usual                              |
| 7          | the coverage has lapsed                       |
| 8          | the payer does not know the member            |
| 9          | active, but another payer is primary          |
| R          | active; it returns the claims unprocessed     |
| N          | active; it denies the claims as not necessary |
| L          | active; it loses the claims after the 999     |

R, N and L are never drawn by chance: they are for people whose claims must come to that end.
"""

from enum import StrEnum
from typing import Final


class MemberOutcome(StrEnum):
    """What the payer answers for a member."""

    ACTIVE = "active"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"
    OTHER_PRIMARY = "other_primary"


LAPSED_RATE: Final = 0.04
UNKNOWN_RATE: Final = 0.03
OTHER_PRIMARY_RATE: Final = 0.03
_LAST_DIGITS: Final = {
    "7": MemberOutcome.LAPSED,
    "8": MemberOutcome.UNKNOWN,
    "9": MemberOutcome.OTHER_PRIMARY,
}
_ORDINARY_DIGITS: Final = 7  # 0 to 6


def member_outcome(member_id: str) -> MemberOutcome:
    """Return what the sandbox answers for a member id."""
    return _LAST_DIGITS.get(member_id[-1:], MemberOutcome.ACTIVE)


def make_member_id(number: int, payer_id: str, draw: float, rank: int) -> str:
    """Make a member id: a letter of the payer, seven digits, and the digit of the outcome.

    Args:
        number: Seven digits at most.
        payer_id: Its letters tell payers apart.
        draw: A chance from 0 to 1; it decides the outcome at the rates above.
        rank: Only a primary coverage can find another payer before it.
    """
    letter = chr(ord("A") + sum(payer_id.encode()) % 26)
    return f"{letter}W{number:07d}{_last_digit(number, draw, rank)}"


def _last_digit(number: int, draw: float, rank: int) -> str:
    if draw < LAPSED_RATE:
        return "7"
    if draw < LAPSED_RATE + UNKNOWN_RATE:
        return "8"
    if draw < LAPSED_RATE + UNKNOWN_RATE + OTHER_PRIMARY_RATE and rank == 1:
        return "9"
    return str(number % _ORDINARY_DIGITS)
