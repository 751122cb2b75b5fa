"""The three charts of the board, made of the same figures as the tables behind them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.states.claim import ClaimState
from models.values.display import to_dollars
from models.values.money import ZERO, Money
from revcycle.store.board_figures import ClosedCount
from revcycle.store.money_figures import Payers
from workbench.pages.board.board_rows import count_days
from workbench.pages.board.board_texts import CLAIM_GROUPS, PAYERS_TEXTS
from workbench.pages.board.charts import Chart, Drawing, Series, draw_lines, stack_bars


@dataclass(frozen=True, slots=True)
class Throughput:
    """What was opened and closed on one day."""

    day: date
    opened: int
    done: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class MoneyOfDay:
    """What came in on one day."""

    day: date
    insurance: Money
    patient: Money

    @property
    def total(self) -> Money:
        """Both together."""
        return self.insurance + self.patient


@dataclass(frozen=True, slots=True)
class ClaimsOfDay:
    """How many claims stood in each state when a day ended."""

    day: date
    counts: Counter[ClaimState]


def throughput_of(
    days: Sequence[date], opened: Mapping[date, int], closed: Sequence[ClosedCount]
) -> list[Throughput]:
    """Say of each day what was opened and closed."""
    done = count_days(closed, lambda one: one.done)
    cancelled = count_days(closed, lambda one: one.cancelled)
    return [Throughput(day, opened.get(day, 0), done[day], cancelled[day]) for day in days]


def money_of(days: Sequence[date], sums: Mapping[Payers, Mapping[date, Money]]) -> list[MoneyOfDay]:
    """Say of each day what came in."""
    return [
        MoneyOfDay(day, sums[Payers.INSURANCE].get(day, ZERO), sums[Payers.PATIENT].get(day, ZERO))
        for day in days
    ]


def chart_throughput(rows: Sequence[Throughput]) -> Chart:
    """Draw what was opened and closed by day."""
    return draw_lines(
        Drawing(
            key="throughput",
            title="Items opened, done and cancelled by day",
            description="Three lines over the days of the period. The table below has each figure.",
            places=tuple(_short(row.day) for row in rows),
            series=(
                Series("opened", tuple(row.opened for row in rows)),
                Series("done", tuple(row.done for row in rows)),
                Series("cancelled", tuple(row.cancelled for row in rows)),
            ),
            text=_count,
        )
    )


def chart_claims(rows: Sequence[ClaimsOfDay]) -> Chart:
    """Draw in which states claims stood by day, without those that are closed."""
    return stack_bars(
        Drawing(
            key="claims",
            title="Claims by state at the end of each day",
            description="Stacked bars of claims that are not closed. The table has each state.",
            places=tuple(_short(row.day) for row in rows),
            series=tuple(
                Series(name, tuple(sum(row.counts[state] for state in states) for row in rows))
                for name, states in CLAIM_GROUPS.items()
            ),
            text=_count,
        )
    )


def chart_money(rows: Sequence[MoneyOfDay]) -> Chart:
    """Draw what came in by day; what was taken back hangs below zero."""
    return stack_bars(
        Drawing(
            key="money",
            title="Money in by day",
            description="Stacked bars of what payers and patients paid, as it was posted.",
            places=tuple(_short(row.day) for row in rows),
            series=(
                Series(PAYERS_TEXTS[Payers.INSURANCE], tuple(r.insurance.cents for r in rows)),
                Series(PAYERS_TEXTS[Payers.PATIENT], tuple(r.patient.cents for r in rows)),
            ),
            text=_amount,
        )
    )


def _short(day: date) -> str:
    return f"{day:%b} {day.day}"


def _count(value: int) -> str:
    return f"{value:,}"


def _amount(cents: int) -> str:
    return to_dollars(Money(cents))
