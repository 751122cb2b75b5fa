"""Which questions are asked, and which answers a person should look at."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from statistics import median
from types import MappingProxyType
from typing import Final
from uuid import UUID

from models.documents.coding_mix import Anomaly, Asked, Comparison, ProviderOfMix, Tally
from models.values.anomalies import Against, Pattern
from revcycle.rules.anomalies.chances import chance_of_means, chance_of_rates, chance_of_shares
from revcycle.rules.anomalies.false_discoveries import adjust_chances
from revcycle.rules.anomalies.tallies import WITH

COUNT_MIN: Final = 30  # on each side; fewer say nothing
PEERS_MIN: Final = 3  # so that one odd peer is not the middle one
PEER_COUNT_MIN: Final = 10
FALSE_MAX: Final = 0.05
# How far the figures must lie apart, whatever chance says: people differ a little.
LEAST_DIFFERENCE: Final[Mapping[Pattern, Fraction]] = MappingProxyType(
    {
        Pattern.LEVEL: Fraction(2, 5),  # of a level
        Pattern.MODIFIER: Fraction(15, 100),  # of the lines
        Pattern.UNITS: Fraction(1, 2),  # a unit
        Pattern.SERVICES: Fraction(1, 2),  # a service
    }
)


def list_comparisons(
    providers: Sequence[ProviderOfMix],
    now: Mapping[Asked, Tally],
    before: Mapping[Asked, Tally],
    client_id: UUID,
) -> list[Comparison]:
    """List every question that there is enough to ask about providers of one practice.

    Args:
        providers: Those of the practice and of every other one the reader may see.
        now: What they have in the days asked about.
        before: What those of the practice had in as many days before.
        client_id: The practice.

    Source:
        House rule: ``COUNT_MIN`` on both sides; peers have the same specialty and another NPI.
    """
    peers = _peers(providers, now)
    found = []
    for one in (each for each in providers if each.client_id == client_id):
        for asked, own in now.items():
            if asked.provider_id != one.id:
                continue
            past = (before[asked],) if asked in before else ()
            others = peers.get((one.specialty, asked.pattern, asked.subject), {})
            found += [
                Comparison(asked, Against.PAST, own, past),
                Comparison(asked, Against.PEERS, own, _without(others, one.npi)),
            ]
    return [one for one in found if _is_enough(one)]


def find_anomalies(comparisons: Sequence[Comparison]) -> list[Anomaly]:
    """Answer all questions together; keep what lies far apart and is more than chance.

    Source:
        Figures: means of ``tally_mix``. Levels by chi-square, modifiers by Fisher's test, units
        and services by permutation, all adjusted together after Benjamini and Hochberg.
    """
    chances = [_chance(one) for one in comparisons]
    found = [
        _answer(one, chance, adjusted)
        for one, chance, adjusted in zip(comparisons, chances, adjust_chances(chances), strict=True)
    ]
    return sorted(
        (one for one in found if _is_far(one)), key=lambda one: (one.share_of_false, one.chance)
    )


def figure_of(tally: Tally) -> Fraction:
    """Compute the figure of a tally: its mean, exactly.

    Source:
        House rule: mean level, share with the modifier, mean units, mean services.
    """
    whole = sum((Fraction(value) * count for value, count in tally.items()), Fraction(0))
    return whole / sum(tally.values())


def _peers(
    providers: Sequence[ProviderOfMix], now: Mapping[Asked, Tally]
) -> Mapping[tuple[str, Pattern, str], dict[str, Tally]]:
    """Gather tallies by specialty and question; a person at two practices is one person."""
    known = {one.id: one for one in providers if one.specialty}
    found: defaultdict[tuple[str, Pattern, str], dict[str, Tally]] = defaultdict(dict)
    for asked, tally in now.items():
        if (one := known.get(asked.provider_id)) is not None:
            group = found[one.specialty, asked.pattern, asked.subject]
            group[one.npi] = _sum([group.get(one.npi, {}), tally])
    return found


def _without(peers: Mapping[str, Tally], npi: str) -> tuple[Tally, ...]:
    others = [
        tally
        for peer, tally in sorted(peers.items())
        if peer != npi and _size(tally) >= PEER_COUNT_MIN
    ]
    return tuple(others) if len(others) >= PEERS_MIN else ()


def _is_enough(one: Comparison) -> bool:
    others = sum(map(_size, one.others))
    is_varied = len({*one.own, *(value for tally in one.others for value in tally)}) > 1
    return min(_size(one.own), others) >= COUNT_MIN and is_varied


def _chance(one: Comparison) -> float:
    others = _sum(one.others)
    match one.asked.pattern:
        case Pattern.LEVEL:
            return chance_of_shares(one.own, others)
        case Pattern.MODIFIER:
            return chance_of_rates(_rate(one.own), _rate(others))
        case Pattern.UNITS | Pattern.SERVICES:
            return chance_of_means(one.own, others)


def _answer(one: Comparison, chance: float, adjusted: float) -> Anomaly:
    return Anomaly(
        comparison=one,
        own=figure_of(one.own),
        other=median(map(figure_of, one.others)),
        own_count=_size(one.own),
        other_count=sum(map(_size, one.others)),
        chance=chance,
        share_of_false=adjusted,
    )


def _is_far(one: Anomaly) -> bool:
    least = LEAST_DIFFERENCE[one.comparison.asked.pattern]
    return one.share_of_false <= FALSE_MAX and abs(one.own - one.other) >= least


def _rate(tally: Tally) -> tuple[int, int]:
    return tally.get(WITH, 0), _size(tally)


def _size(tally: Tally) -> int:
    return sum(tally.values())


def _sum(tallies: Iterable[Tally]) -> Tally:
    found: Counter[Decimal] = Counter()
    for tally in tallies:
        found.update(tally)
    return found
