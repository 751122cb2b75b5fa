"""Shares of an audit in words."""

from decimal import Decimal
from typing import Final

from revcycle.rules.audit.accuracy import Accuracy

PERCENT: Final = Decimal(100)
TENTH: Final = Decimal("0.1")
HUNDREDTH: Final = Decimal("0.01")


def say_accuracy(accuracy: Accuracy) -> str:
    """Write a share with its interval, such as ``92.0 % (86.5 to 95.4), 138 of 150``.

    Source:
        House rule: no share without its interval and its count.
    """
    if accuracy.share is None:
        return "nothing to judge"
    low, high = (f"{(PERCENT * one).quantize(TENTH)}" for one in accuracy.interval)
    share = (PERCENT * accuracy.share).quantize(TENTH)
    return f"{share} % ({low} to {high}), {accuracy.right} of {accuracy.count}"


def say_kappa(kappa: Decimal | None) -> str:
    """Write Cohen's kappa with two places.

    Source:
        House rule.
    """
    return "none" if kappa is None else f"{kappa.quantize(HUNDREDTH)}"
