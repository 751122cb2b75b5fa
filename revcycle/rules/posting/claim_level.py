"""How much of what a payer says of a whole claim falls on each line?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.documents.claim import Adjustment
from models.documents.remittance import RemittanceClaim
from models.values.money import ZERO, Money, total
from revcycle.rules.ledger.remittance_line import AdjustmentShare

CLAIM_LEVEL = 0


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """One line with its part of the claim-level adjustments; charge - shares = paid."""

    charge: Money
    paid: Money
    shares: tuple[AdjustmentShare, ...]


def decided_lines(decision: RemittanceClaim) -> tuple[DecidedLine, ...]:
    """Split claim-level adjustments over the lines of a claim, to the cent.

    An adjustment takes from what its lines were paid, as far as that reaches; what lowers nothing
    that was paid, or raises the payment, is split by charge.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.1.2: claim-level adjustments lower the claim's
        payment and not the lines'. Largest remainder, ties by line order.
    """
    lines = [
        DecidedLine(line.charge, line.paid, tuple(_shares(ordinal, line.adjustments)))
        for ordinal, line in enumerate(decision.lines, start=1)
    ]
    return _with_claim_level(lines, decision.adjustments)


def lines_of_whole(decision: RemittanceClaim, charges: Sequence[Money]) -> tuple[DecidedLine, ...]:
    """Split a claim that the payer judged without lines over our charges.

    Args:
        decision: The payer's claim; its charge is the sum of ``charges``.
        charges: What our lines charge.

    Source:
        ASC X12 005010X221A1 (835), loop 2110 is optional where a claim is priced as a whole.
    """
    lines = [DecidedLine(charge, charge, ()) for charge in charges]
    return _with_claim_level(lines, decision.adjustments)


def split_line(line: DecidedLine, charges: Sequence[Money]) -> tuple[DecidedLine, ...]:
    """Split a line of the payer that stands for several of ours, to the cent.

    Args:
        line: What the payer decided; its charge is the sum of ``charges``.
        charges: What our lines charge.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.6 (bundled lines). Largest remainder.
    """
    return _lowered_by([DecidedLine(charge, charge, ()) for charge in charges], line.shares)


def _with_claim_level(
    lines: Sequence[DecidedLine], adjustments: Sequence[Adjustment]
) -> tuple[DecidedLine, ...]:
    return _lowered_by(lines, tuple(_shares(CLAIM_LEVEL, adjustments)))


def _lowered_by(
    lines: Sequence[DecidedLine], shares: Sequence[AdjustmentShare]
) -> tuple[DecidedLine, ...]:
    decided = list(lines)
    for share in shares:
        parts = share.adjustment.amount.allocate(_weights(decided, share.adjustment.amount))
        decided = [_lowered(line, share, part) for line, part in zip(decided, parts, strict=True)]
    return tuple(decided)


def _weights(lines: Sequence[DecidedLine], amount: Money) -> list[int]:
    by_payment = [max(line.paid.cents, 0) for line in lines]
    if ZERO < amount <= Money(sum(by_payment)):
        return by_payment
    by_charge = [max(line.charge.cents, 0) for line in lines]
    return by_charge if any(by_charge) else [1] * len(lines)


def _lowered(line: DecidedLine, share: AdjustmentShare, part: Money) -> DecidedLine:
    if not part:
        return line
    taken = replace(share, adjustment=replace(share.adjustment, amount=part))
    return DecidedLine(line.charge, line.paid - part, (*line.shares, taken))


def _shares(line_ordinal: int, adjustments: Sequence[Adjustment]) -> Iterator[AdjustmentShare]:
    for ordinal, adjustment in enumerate(adjustments, start=1):
        yield AdjustmentShare(line_ordinal, ordinal, adjustment)


def is_explained(decision: RemittanceClaim, charges: Sequence[Money]) -> bool:
    """Tell whether a claim judged as a whole charges what our lines charge together.

    Source:
        Without lines there is nothing else to tell our charges by.
    """
    return bool(charges) and total(charges) == decision.charge
