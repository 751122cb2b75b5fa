"""Picture what is owed to a practice by age."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.books import AgeBucket, AgedSum, AgeingPicture, AgeingRow
from models.values.accounts import RECEIVABLES
from models.values.money import ZERO, total
from revcycle.rules.ledger.ageing import bucket_starts
from revcycle.store.ageing import AgeingWanted, sum_by_age
from revcycle.store.book_lines import balances_on
from revcycle.store.collection_figures import CREDITS

RARE: Final = (AgeBucket.UNDATED, AgeBucket.BELOW_ZERO)


def picture_ageing(
    session: Session, client_id: UUID, *, as_of: date, booked_until: date | None
) -> AgeingPicture:
    """Show receivables by account, payer and days since the service.

    Args:
        session: The open transaction; nothing is written.
        client_id: The practice.
        as_of: The day on which ages are counted.
        booked_until: Only what takes effect up to this day; None: all that is booked.
    """
    sums = sum_by_age(session, client_id, AgeingWanted(bucket_starts(as_of), booked_until))
    balances = balances_on(session, client_id, booked_until)
    held = {one.bucket for one in sums}
    buckets = tuple(one for one in AgeBucket if one not in RARE or one in held)
    return AgeingPicture(
        as_of=as_of,
        buckets=buckets,
        rows=tuple(_rows(sums, buckets)),
        owed=total(balances.get(account, ZERO) for account in RECEIVABLES),
        credits=tuple((one, -balances[one]) for one in CREDITS if balances.get(one)),
    )


def _rows(sums: list[AgedSum], buckets: tuple[AgeBucket, ...]) -> Iterable[AgeingRow]:
    amounts = {(one.account, one.payer_key, one.bucket): one.amount for one in sums}
    names = {(one.account, one.payer_key): one.payer_name for one in sums}
    order = list(RECEIVABLES)
    for account, key in sorted(names, key=lambda one: (order.index(one[0]), names[one], one[1])):
        row = tuple(amounts.get((account, key, bucket), ZERO) for bucket in buckets)
        yield AgeingRow(account, key, names[account, key], row)
