"""What can be asked about each provider, as tallies made of counted lines and encounters."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from models.documents.coding_mix import Asked, CodingMix, LineGroup, Tally
from models.values.anomalies import Pattern
from revcycle.reference.visits import AFTER_OPERATION, is_visit
from revcycle.rules.audit.visit_levels import LEVEL_FAMILIES

SEPARATE_VISIT: Final = "25"
SEPARATE_SERVICE: Final = "59"
FINER_FORMS: Final = frozenset({"59", "XE", "XS", "XP", "XU"})
WITH, WITHOUT = Decimal(1), Decimal(0)


def tally_mix(mix: CodingMix) -> Mapping[Asked, Tally]:
    """Count what can be compared.

    - level: the last digit of an office visit or another family, so that 99214 is 4;
    - modifier: 1 with it, 0 without; 25 of visits, 59 (or XE, XP, XS, XU) of other services;
    - units: of a line of one procedure;
    - services: lines of an encounter.

    Source:
        HHS OIG OEI-04-10-00181 (levels), OEI-07-03-00470 (25), OEI-03-02-00771 (59).
    """
    found: defaultdict[Asked, Counter[Decimal]] = defaultdict(Counter)
    for group in mix.lines:
        for pattern, subject, value in values_of(group):
            found[Asked(group.provider_id, pattern, subject)][value] += group.lines
    for each in mix.encounters:
        asked = Asked(each.provider_id, Pattern.SERVICES)
        found[asked][Decimal(each.services)] += each.encounters
    return found


def values_of(group: LineGroup) -> Iterator[tuple[Pattern, str, Decimal]]:
    """Name every pattern in which lines of one kind count, with their value.

    Source:
        ``tally_mix``.
    """
    code = group.procedure_code
    if code == AFTER_OPERATION:
        return
    for first, last in LEVEL_FAMILIES:
        if first <= code <= last:
            yield Pattern.LEVEL, last, Decimal(code[-1])
    if is_visit(code):
        has = SEPARATE_VISIT in group.modifiers
        yield Pattern.MODIFIER, SEPARATE_VISIT, WITH if has else WITHOUT
    else:
        has = not FINER_FORMS.isdisjoint(group.modifiers)
        yield Pattern.MODIFIER, SEPARATE_SERVICE, WITH if has else WITHOUT
        yield Pattern.UNITS, code, group.units
