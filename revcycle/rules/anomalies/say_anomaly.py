"""Anomalies in words: what was counted, of whom, and by which formula."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from models.documents.coding_mix import Anomaly, Asked
from models.values.anomalies import Against, Pattern
from revcycle.rules.anomalies.compare import (
    COUNT_MIN,
    FALSE_MAX,
    LEAST_DIFFERENCE,
    PEER_COUNT_MIN,
    PEERS_MIN,
)
from revcycle.rules.audit.visit_levels import LEVEL_FAMILIES

PERCENT: Final = Decimal(100)
TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
LEAST_SHOWN: Final = 0.0001
FIRST_OF: Final = {last: first for first, last in LEVEL_FAMILIES}
PLURALS: Final[Mapping[Pattern, str]] = MappingProxyType(
    {
        Pattern.LEVEL: "visits",
        Pattern.MODIFIER: "lines",
        Pattern.UNITS: "lines",
        Pattern.SERVICES: "encounters",
    }
)
_LEVEL, _MODIFIER = (LEAST_DIFFERENCE[one] for one in (Pattern.LEVEL, Pattern.MODIFIER))
DEFINITIONS: Final = (
    ("mean level", "sum of the last digits of visit codes of one family, divided by the visits"),
    ("share with 25", "visits with modifier 25 divided by all visits"),
    ("share with 59", "lines with 59, XE, XP, XS or XU divided by all lines but visits"),
    ("mean units", "units of one procedure divided by its lines"),
    ("mean services", "coded lines divided by the encounters that have any"),
    (
        "peers",
        (
            "providers of the same specialty at practices that you may see, in the same days; at"
            f" least {PEERS_MIN} with {PEER_COUNT_MIN} or more; the middle one's figure is shown"
        ),
    ),
    ("own past", "the same provider in as many days right before"),
    (
        "shown",
        (
            f"with {COUNT_MIN} or more on both sides, figures that lie {float(_LEVEL):g} of a"
            f" level, {int(_MODIFIER * 100)} points, half a unit or half a service apart, and where"
            f" at most {FALSE_MAX:.0%} of what is shown is to be chance (Benjamini and Hochberg)"
        ),
    ),
    ("chance", "how often dealing out the same lines anew would bring such a difference"),
    (
        "minutes at least",
        (
            "of each encounter 15 x (units - 1) + 8 for treatments by the clock, 30 a unit for"
            " critical care; added up over a provider's day; work of assistants counts too"
        ),
    ),
)


def say_asked(asked: Asked) -> str:
    """Name what was counted, such as ``mean level of 99211 to 99215``.

    Source:
        ``DEFINITIONS``.
    """
    match asked.pattern:
        case Pattern.LEVEL:
            return f"mean level of {FIRST_OF.get(asked.subject, '')} to {asked.subject}"
        case Pattern.MODIFIER:
            return f"share with {asked.subject}"
        case Pattern.UNITS:
            return f"mean units of {asked.subject}"
        case Pattern.SERVICES:
            return "mean services"


def say_figure(asked: Asked, figure: Fraction, count: int) -> str:
    """Write a figure with its count, such as ``3.92 of 210 visits``.

    Source:
        House rule: no figure without its count.
    """
    exact = Decimal(figure.numerator) / Decimal(figure.denominator)
    is_share = asked.pattern is Pattern.MODIFIER
    text = f"{(exact * PERCENT).quantize(TENTH)} %" if is_share else f"{exact.quantize(HUNDREDTH)}"
    return f"{text} of {count} {PLURALS[asked.pattern]}"


def say_other(anomaly: Anomaly) -> str:
    """Write with whom a provider was compared, and their figure.

    Source:
        House rule, see ``say_figure``.
    """
    one = anomaly.comparison
    figure = say_figure(one.asked, anomaly.other, anomaly.other_count)
    if one.against is Against.PAST:
        return f"own past: {figure}"
    return f"{len(one.others)} peers: {figure}"


def say_chance(chance: float) -> str:
    """Write a chance with four places; smaller ones as a bound.

    Source:
        House rule: what is dealt out 9,999 times knows no smaller one.
    """
    return f"{chance:.4f}" if chance >= LEAST_SHOWN else "under 0.0001"


def say_share(share: Fraction) -> str:
    """Write a share of notes in whole percent, rounded down: all is said only of all.

    Source:
        House rule.
    """
    return f"{share.numerator * 100 // share.denominator} %"
