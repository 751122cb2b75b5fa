"""What do postings move together?"""

from collections import defaultdict
from collections.abc import Iterable

from models.documents.ledger import PostingDraft
from models.values.accounts import Account
from models.values.money import ZERO, Money


def account_totals(postings: Iterable[PostingDraft]) -> dict[Account, Money]:
    """Add up by account; accounts that end where they were are left out.

    Source:
        Double entry: the totals of whole entries are zero together.
    """
    totals: dict[Account, Money] = defaultdict(lambda: ZERO)
    for posting in postings:
        totals[posting.account] += posting.amount
    return {account: amount for account, amount in totals.items() if amount}
