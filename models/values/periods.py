"""Periods with a first and a last day, either of which may be open."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Dated(Protocol):
    """Anything with a first and a last day; None is open."""

    @property
    def valid_from(self) -> date | None:
        """The first day, or None."""
        ...

    @property
    def valid_to(self) -> date | None:
        """The last day, or None."""
        ...


CoverageLike = TypeVar("CoverageLike", bound=Dated)


def coverages_on(held: Iterable[CoverageLike], day: date) -> list[CoverageLike]:
    """Choose the coverages in force on a day, in the order given; the last day still counts.

    Source:
        Coverage is chosen as of the date of service, never as of today (270/271, DTP*291).
    """
    return [
        coverage
        for coverage in held
        if (coverage.valid_from is None or coverage.valid_from <= day)
        and (coverage.valid_to is None or day <= coverage.valid_to)
    ]
