"""How long charges wait for money, and how much of them comes in.

Source:
    HFMA MAP keys and MGMA, see docs/reference/board-figures.md, collection.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from models.values.money import ZERO, Money

RECENT_DAYS: Final = 90  # whose charges make an average day, and whose payments are compared
MATURED_DAYS: Final = 120  # after which payers and patients have paid what they are going to pay


@dataclass(frozen=True, slots=True)
class Collection:
    """What the books of one practice, or of several, say at the end of a day.

    Attributes:
        receivable: What is owed by anybody, less charges that were paid too much.
        credits: What was paid too much and waits to be given back.
        recent_days: Of how many days the recent charges and payments are; 0 in empty books.
        charged, paid: What was recorded in these days about charges.
        matured_charged, matured_reduced, matured_paid: What services of the matured days were
            charged, what contract and law took off, and what was paid of them.
    """

    receivable: Money = ZERO
    credits: Money = ZERO
    recent_days: int = 0
    charged: Money = ZERO
    paid: Money = ZERO
    matured_charged: Money = ZERO
    matured_reduced: Money = ZERO
    matured_paid: Money = ZERO

    @property
    def days_tenths(self) -> int | None:
        """Days in A/R, in tenths, rounded down: net receivables by the charges of an average day.

        None where nothing was charged in the recent days.
        """
        if self.charged <= ZERO:
            return None
        owed = self.receivable - self.credits
        return 10 * owed.cents * self.recent_days // self.charged.cents

    @property
    def matured_net(self) -> Money:
        """What the matured services should bring: charges less what contract and law took off."""
        return self.matured_charged - self.matured_reduced


def recent_first(last: date) -> date:
    """Return the first of the recent days up to a day, both included.

    Source:
        MGMA: charges of the last 90 days make the average day.
    """
    return last - timedelta(days=RECENT_DAYS - 1)


def matured_days(last: date) -> tuple[date, date]:
    """Return the first and the last date of service of which a rate can be told on a day.

    Source:
        Net collection rate: services at least 120 days old, here a quarter of them.
    """
    until = last - timedelta(days=MATURED_DAYS + 1)
    return recent_first(until), until
