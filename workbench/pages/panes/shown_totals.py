"""What a page showed that a booking would move, as the form brings it back."""

from collections.abc import Mapping

from models.values.accounts import Account
from models.values.display import to_dollars
from models.values.money import ZERO, Money
from workbench.pages.panes.pane import Difference
from workbench.pages.records.money_words import say_account


def write_totals(totals: Mapping[Account, Money]) -> str:
    """Write totals as ``ACCOUNT=cents`` with semicolons between."""
    return ";".join(f"{account}={amount.cents}" for account, amount in sorted(totals.items()))


def read_totals(text: str) -> dict[Account, Money]:
    """Read what ``write_totals`` wrote; anything else reads as nothing, and nothing is booked."""
    totals = {}
    for part in filter(None, text.split(";")):
        name, _, cents = part.partition("=")
        try:
            totals[Account(name)] = Money(int(cents))
        except ValueError:
            return {}
    return totals


def compare_totals(
    now: Mapping[Account, Money], shown: Mapping[Account, Money]
) -> list[Difference]:
    """Put what would be booked now beside what the page showed."""
    return [
        Difference(
            say_account(account),
            to_dollars(now.get(account, ZERO)),
            to_dollars(shown.get(account, ZERO)),
        )
        for account in Account
        if account in now or account in shown
    ]
