"""What do entries move together?"""

from collections import defaultdict
from collections.abc import Iterable

from models.documents.ledger import EntryDraft
from models.values.accounts import Account
from models.values.money import ZERO, Money


def account_totals(entries: Iterable[EntryDraft]) -> dict[Account, Money]:
    """Add up by account what entries would move; accounts that end where they were are left out.

    Source:
        Double entry: all of them together are zero.
    """
    totals: dict[Account, Money] = defaultdict(lambda: ZERO)
    for entry in entries:
        for posting in entry.postings:
            totals[posting.account] += posting.amount
    return {account: amount for account, amount in totals.items() if amount}
