"""Both sides, and several procedures of one day: what part of its price a line brings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from models.documents.contract import ContractService, ContractTerm, MpfsAmount

WHOLE: Final = Decimal(100)
BOTH_SIDES: Final = "50"
RIGHT, LEFT = "RT", "LT"
MEDICARE_BILATERAL: Final = Decimal(150)
MEDICARE_MULTIPLE: Final = (Decimal(100), Decimal(50))
# Indicators of the fee schedule's columns MULT PROC and BILAT SURG.
IS_REDUCED: Final = "2"
HAS_TWO_SIDES: Final = "1"


@dataclass(frozen=True, slots=True)
class Reducible:
    """A line that has a price, as reductions see it.

    Attributes:
        cents: The exact price of the line before any reduction.
    """

    service: ContractService
    term: ContractTerm
    cents: Decimal
    mpfs: MpfsAmount | None


@dataclass(frozen=True, slots=True)
class Factors:
    """Percent of its price that a line brings, for each of the two reasons."""

    bilateral: Decimal = WHOLE
    multiple: Decimal = WHOLE


def bilateral_percent(line: Reducible) -> Decimal | None:
    """Say what both sides of a procedure bring; None without a rule.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 12, section 40.7 (indicator 1: 150 percent).
    """
    if not line.term.has_bilateral_of_mpfs:
        return line.term.bilateral
    has_two = line.mpfs is not None and line.mpfs.bilateral_indicator == HAS_TWO_SIDES
    return MEDICARE_BILATERAL if has_two else None


def multiple_percents(line: Reducible) -> tuple[Decimal, ...]:
    """Say what the first, second, third ... procedure of a day brings; empty without a rule.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 12, section 40.6 (indicator 2: 100 percent,
        then 50 percent).
    """
    if not line.term.has_multiple_of_mpfs:
        return line.term.multiple
    is_reduced = line.mpfs is not None and line.mpfs.multiple_indicator == IS_REDUCED
    return MEDICARE_MULTIPLE if is_reduced else ()


def find_factors(lines: Sequence[Reducible]) -> dict[int, Factors]:
    """Find what part of its price each line of one claim brings, by the line's number.

    First the sides: modifier 50 on a line is both sides; a right and a left line of one code and
    day are both sides too, of which the later line brings what is left. Then the rank: procedures
    of one day under a reducing rule, the most valuable first; both sides together are one
    procedure, and equal values keep the order of the lines.
    """
    ordered = sorted(lines, key=lambda line: line.service.number)
    sides = {line.service.number: _side(line, ordered) for line in ordered}
    ranks = _ranks(ordered, sides)
    return {
        line.service.number: Factors(
            sides[line.service.number], _at(multiple_percents(line), ranks[line.service.number])
        )
        for line in ordered
    }


def _side(line: Reducible, ordered: Iterable[Reducible]) -> Decimal:
    percent = bilateral_percent(line)
    if percent is None:
        return WHOLE
    if BOTH_SIDES in line.service.modifiers:
        return percent
    first = _first_side(line, ordered)
    return WHOLE if first is line else percent - WHOLE


def _first_side(line: Reducible, ordered: Iterable[Reducible]) -> Reducible:
    """Return the line with the other side of a procedure, if it comes first, else the line."""
    other = {RIGHT: LEFT, LEFT: RIGHT}.get(_laterality(line), "")
    for one in ordered:
        if one is line or not other:
            break
        is_same = _procedure(one) == _procedure(line)
        if is_same and _laterality(one) == other and bilateral_percent(one) is not None:
            return one
    return line


def _ranks(ordered: Sequence[Reducible], sides: dict[int, Decimal]) -> dict[int, int]:
    """Number the procedures of each day from 0; a second side shares the first one's number."""
    owners = {line.service.number: _owner(line, ordered) for line in ordered}
    value: dict[int, Decimal] = {}
    for line in ordered:
        number = line.service.number
        part = line.cents * sides[number] / WHOLE
        value[owners[number]] = value.get(owners[number], Decimal(0)) + part
    by_number = {line.service.number: line for line in ordered}
    ranks: dict[int, int] = {}
    met: dict[date, int] = {}
    for owner in sorted(value, key=lambda number: (-value[number], number)):
        line = by_number[owner]
        if not multiple_percents(line):
            ranks[owner] = 0
            continue
        day = line.service.service_date
        ranks[owner] = met.get(day, 0)
        met[day] = ranks[owner] + 1
    return {number: ranks[owner] for number, owner in owners.items()}


def _owner(line: Reducible, ordered: Sequence[Reducible]) -> int:
    return (
        line.service.number
        if bilateral_percent(line) is None
        else (_first_side(line, ordered).service.number)
    )


def _laterality(line: Reducible) -> str:
    return next((one for one in line.service.modifiers if one in (RIGHT, LEFT)), "")


def _procedure(line: Reducible) -> tuple[str, date]:
    return line.service.code, line.service.service_date


def _at(percents: Sequence[Decimal], rank: int) -> Decimal:
    return percents[min(rank, len(percents) - 1)] if percents else WHOLE
