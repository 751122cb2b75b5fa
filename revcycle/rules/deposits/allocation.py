"""How much of which deposit pays which remittance?"""

from collections.abc import Sequence

from models.documents.deposit import DepositPair, DepositWay, OpenDeposit, OpenRemittance
from models.values.money import ZERO, Money, total


def allocation_gap(deposits: Sequence[OpenDeposit], remittances: Sequence[OpenRemittance]) -> Money:
    """Return what the deposits bring beyond the remittances; zero when they may be matched.

    Source:
        Our own: a match leaves no part of a deposit and of a remittance unexplained.
    """
    return total(one.amount for one in deposits) - total(one.amount for one in remittances)


def allocate_deposits(
    deposits: Sequence[OpenDeposit], remittances: Sequence[OpenRemittance]
) -> list[DepositPair]:
    """Fill the remittances from the deposits in the order given; the sums must be equal.

    Where credits and debits stand together, the first deposit pays every remittance in full, and
    what the others bring or take goes to the first remittance in its place.

    Source:
        Our own: the books need to know of each cent whose payment it was; between payments of one
        sum the order does not matter.
    """
    amounts = [one.amount for one in deposits] + [one.amount for one in remittances]
    signs = {amount > ZERO for amount in amounts}
    pairs = _fill(deposits, remittances) if len(signs) == 1 else _settle(deposits, remittances)
    return [pair for pair in pairs if pair.amount]


def _fill(
    deposits: Sequence[OpenDeposit], remittances: Sequence[OpenRemittance]
) -> list[DepositPair]:
    pairs = []
    left = {one.id: one.amount for one in remittances}
    for deposit in deposits:
        rest = deposit.amount
        for remittance in remittances:
            share = _nearer_to_zero(rest, left[remittance.id])
            pairs.append(_pair(deposit, remittance, share))
            rest -= share
            left[remittance.id] -= share
    return pairs


def _settle(
    deposits: Sequence[OpenDeposit], remittances: Sequence[OpenRemittance]
) -> list[DepositPair]:
    first, *others = deposits
    target, *rest = remittances
    moved = total(one.amount for one in others)
    return [
        _pair(first, target, target.amount - moved),
        *(_pair(first, one, one.amount) for one in rest),
        *(_pair(one, target, one.amount) for one in others),
    ]


def _pair(deposit: OpenDeposit, remittance: OpenRemittance, amount: Money) -> DepositPair:
    return DepositPair(deposit.id, remittance.id, amount, DepositWay.HAND)


def _nearer_to_zero(one: Money, other: Money) -> Money:
    return min(one, other, key=lambda amount: abs(amount.cents))
