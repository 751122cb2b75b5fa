"""What is said of a person's work: how much, how fast, how well. No order, no mark, no goal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final

REOPENED_WITHIN: Final = timedelta(days=14)
REJECTED, HELD = "reject", "hold"
ANSWERS: Final = frozenset({"accept", "reject", "pay", "deny"})
# Categories of the playbook that a coder's choice of codes decides, and those it may decide.
TRACED_TO_CODING: Final = frozenset({"coding"})
PERHAPS_CODING: Final = frozenset({"clinical", "records"})


@dataclass(frozen=True, slots=True)
class Handled:
    """One finished item, as far as it is judged."""

    is_in_time: bool
    taken_at: datetime | None
    closed_at: datetime
    opened_again_at: datetime | None


@dataclass(frozen=True, slots=True)
class Productivity:
    """Of finished items: how many, how many in time, how long, and how many came back.

    Attributes:
        handling: The median time between taking and closing; None when none was measured.
        measured: How many items that median is of.
    """

    done: int
    in_time: int
    handling: timedelta | None
    measured: int
    reopened: int


@dataclass(frozen=True, slots=True)
class CodingPace:
    """Of charts that a person completed: how many, and how many in an hour with a chart in hand.

    Attributes:
        charts: Charts completed.
        measured: Those whose taking was noted.
        hours: The time between taking and completing the measured ones, added up.
        median: Of that time; None when nothing was measured.
    """

    charts: int
    measured: int
    hours: timedelta
    median: timedelta | None

    @property
    def an_hour_tenths(self) -> int | None:
        """Charts in an hour, in tenths, rounded down; None when no time was measured."""
        seconds = int(self.hours.total_seconds())
        return 36_000 * self.measured // seconds if seconds else None


@dataclass(frozen=True, slots=True)
class CodingQuality:
    """Of claims whose encounter a person coded: what edits and payers said first.

    Attributes:
        claims: Claims that were made.
        held: Those of them that one of our own edits held at least once.
        answered: Those that a clearinghouse or payer has answered.
        accepted_first: Those of the answered that were never rejected.
    """

    claims: int
    held: int
    answered: int
    accepted_first: int


def sum_up(items: Sequence[Handled]) -> Productivity:
    """Sum up finished items.

    Source:
        docs/reference/board-figures.md, productivity.
    """
    seconds = _seconds(items)
    return Productivity(
        done=len(items),
        in_time=sum(one.is_in_time for one in items),
        handling=timedelta(seconds=median(seconds)) if seconds else None,
        measured=len(seconds),
        reopened=sum(_came_back(one) for one in items),
    )


def measure_pace(charts: Sequence[Handled]) -> CodingPace:
    """Measure how long completed charts were in hand.

    Source:
        docs/reference/board-figures.md, pace of coding: an hour is one with a chart taken and not
        yet completed; an hour between charts is none.
    """
    seconds = _seconds(charts)
    return CodingPace(
        charts=len(charts),
        measured=len(seconds),
        hours=timedelta(seconds=sum(seconds)),
        median=timedelta(seconds=median(seconds)) if seconds else None,
    )


def judge_coding(claims: Sequence[frozenset[str]]) -> CodingQuality:
    """Judge claims by what happened to each of them since it was coded.

    Source:
        docs/reference/board-figures.md, quality of coding; first-pass acceptance is claims accepted
        at the first try by claims answered.
    """
    answered = [events for events in claims if events & ANSWERS]
    return CodingQuality(
        claims=len(claims),
        held=sum(HELD in events for events in claims),
        answered=len(answered),
        accepted_first=sum(REJECTED not in events for events in answered),
    )


def trace_denial(category: str) -> str:
    """Say whether a denial of this category is about the codes.

    Source:
        reference/playbook.toml, categories of denials.
    """
    if category in TRACED_TO_CODING:
        return "the codes"
    return "perhaps the codes" if category in PERHAPS_CODING else "not the codes"


def _seconds(items: Sequence[Handled]) -> list[float]:
    """List how long items were in hand, of those whose taking was noted."""
    return [
        (one.closed_at - one.taken_at).total_seconds()
        for one in items
        if one.taken_at is not None and one.taken_at <= one.closed_at
    ]


def _came_back(item: Handled) -> bool:
    again = item.opened_again_at
    return again is not None and again - item.closed_at <= REOPENED_WITHIN
