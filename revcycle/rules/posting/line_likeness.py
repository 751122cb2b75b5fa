"""Which line of ours may a payer's line be, and why?"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from models.documents.match import LineKind, LineLikeness, LinePicture
from models.documents.remittance import RemittanceLine
from models.values.money import ZERO, Money, total

FAMILY_LENGTH: Final = 4  # 99213 and 99214 differ in the last place
PARTS_MAX: Final = 4  # nobody splits a service into more, and more would cost time
LINES_SEARCHED: Final = 30  # of the payer's lines, when parts of a line are sought


def liken_lines(
    lines: Sequence[RemittanceLine], ours: Sequence[LinePicture]
) -> tuple[LineLikeness | None, ...]:
    """Find for each of the payer's lines what it is most like; None where it is like nothing.

    A likeness is shown to a person and never acted on. It is named only where one line of ours is
    more like it than all others.

    Source:
        ASC X12 005010X221A1 (835), SVC01 and SVC06 (a changed code), section 1.10.2.6 (split
        lines).
    """
    splits = dict(_splits(lines, ours))
    return tuple(
        _alike(line, ours) or splits.get(ordinal) or _near(line, ours)
        for ordinal, line in enumerate(lines)
    )


def size_of(charge: Money) -> Money:
    """Return a charge without its sign: a reversal negates it.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.8.
    """
    return charge if charge >= ZERO else -charge


def _alike(line: RemittanceLine, ours: Sequence[LinePicture]) -> LineLikeness | None:
    charge = size_of(line.charge)
    same = [one for one in ours if one.charge == charge and one.procedure_code == _code(line)]
    changed = [
        one
        for one in ours
        if line.submitted_procedure_code and one.procedure_code == line.submitted_procedure_code
    ]
    if found := _only(same, line):
        return LineLikeness(found, LineKind.SAME, "same code and charge")
    if found := _only(changed, line):
        text = f"the payer judged {_code(line)} in place of our {found.procedure_code}"
        return LineLikeness(found, LineKind.CHANGED_CODE, text)
    return None


def _near(line: RemittanceLine, ours: Sequence[LinePicture]) -> LineLikeness | None:
    charge = size_of(line.charge)
    at_charge = [one for one in ours if one.charge == charge]
    family = [one for one in at_charge if _is_family(one.procedure_code, _code(line))]
    if found := _only(family, line):
        text = f"{_code(line)} is next to our {found.procedure_code}, at the same charge"
        return LineLikeness(found, LineKind.FAMILY, text)
    if found := _only(at_charge, line):
        text = f"the same charge as our {found.procedure_code}"
        return LineLikeness(found, LineKind.CHARGE, text)
    by_code = [one for one in ours if one.procedure_code == _code(line)]
    if found := _only(by_code, line):
        return LineLikeness(found, LineKind.CODE, f"the same code; ours charges {found.charge}")
    return None


def _only(found: Sequence[LinePicture], line: RemittanceLine) -> LinePicture | None:
    """Choose the only one, or the only one of the payer's day."""
    if len(found) > 1 and line.service_date is not None:
        found = [one for one in found if one.service_date == line.service_date]
    return found[0] if len(found) == 1 else None


def _splits(
    lines: Sequence[RemittanceLine], ours: Sequence[LinePicture]
) -> Iterator[tuple[int, LineLikeness]]:
    """Yield, by place, lines of one code that together charge what a line of ours charges."""
    for our in ours:
        places = [place for place, line in enumerate(lines) if our.procedure_code in _codes(line)]
        for parts in _parts(lines, places[:LINES_SEARCHED], our):
            for place in parts:
                text = f"{len(parts)} lines of the payer together are our {our.procedure_code}"
                yield place, LineLikeness(our, LineKind.SPLIT, text)


def _parts(
    lines: Sequence[RemittanceLine], places: Sequence[int], our: LinePicture
) -> Iterator[tuple[int, ...]]:
    """Yield the first group of lines that adds up."""
    for size in range(2, PARTS_MAX + 1):
        for parts in combinations(places, size):
            if total(size_of(lines[place].charge) for place in parts) == our.charge:
                yield parts
                return


def _code(line: RemittanceLine) -> str:
    return line.procedure_code or line.submitted_procedure_code


def _codes(line: RemittanceLine) -> frozenset[str]:
    return frozenset({line.procedure_code, line.submitted_procedure_code} - {""})


def _is_family(ours: str, theirs: str) -> bool:
    return len(theirs) == len(ours) and ours[:FAMILY_LENGTH] == theirs[:FAMILY_LENGTH]
