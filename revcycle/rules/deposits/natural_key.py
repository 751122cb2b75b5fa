"""When is a line of a bank statement one that we have already?"""

import hashlib
from collections import Counter
from collections.abc import Sequence

from models.documents.deposit import BankEntry


def natural_keys(entries: Sequence[BankEntry]) -> list[str]:
    """Name each line by what it says, so that two overlapping exports bring one deposit.

    Two payments of one day, amount and number are two: the second is told apart by its place
    among its equals, which is the same in every export that holds both.

    Source:
        Our own: banks repeat whole days when an export is asked for again, under other file names.
    """
    seen: Counter[str] = Counter()
    keys = []
    for entry in entries:
        facts = _facts(entry)
        seen[facts] += 1
        keys.append(hashlib.sha256(f"{facts}|{seen[facts]}".encode()).hexdigest())
    return keys


def _facts(entry: BankEntry) -> str:
    number = entry.trace_number or entry.check_number or entry.reference or entry.text
    return f"{entry.account}|{entry.posted_on}|{entry.amount.cents}|{number.casefold()}"
