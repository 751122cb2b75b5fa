"""The figures of the board as rows of its tables."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session

from models.states.staff import StaffState
from models.values.access import Reach, Right
from models.values.money import ZERO, Money
from revcycle.rules.access.rights import access_of
from revcycle.rules.reports.collection import Collection
from revcycle.store import staff
from revcycle.store.board_figures import ClosedCount, HandsCount, WaitingCount
from revcycle.store.claim_firsts import FirstAnswer
from workbench.pages.practices import Practice

Place = TypeVar("Place", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Service:
    """What waits and what was done in one place: a queue, a practice or all together.

    Attributes:
        in_time: What was done within its due time.
        oldest_at: When the oldest that waits was opened.
    """

    waiting: int = 0
    overdue: int = 0
    taken: int = 0
    snoozed: int = 0
    escalated: int = 0
    oldest_at: datetime | None = None
    done: int = 0
    in_time: int = 0
    cancelled: int = 0

    @property
    def late(self) -> int:
        """What was done after it was due."""
        return self.done - self.in_time

    @property
    def done_share(self) -> str:
        """The share of what was done that was done in time."""
        return percent(self.in_time, self.done)

    @property
    def open_share(self) -> str:
        """The share of what waits that is still in time."""
        return percent(self.waiting - self.overdue, self.waiting)


@dataclass(frozen=True, slots=True)
class Worker:
    """One person before the work.

    Attributes:
        capacity: Planned items a day; None: not planned.
    """

    login: str
    name: str
    capacity: int | None
    done_today: int
    held: int
    assigned: int

    @property
    def room(self) -> int | None:
        """How many items more are planned for today; None: not planned."""
        return (
            None if self.capacity is None else max(0, self.capacity - self.done_today - self.held)
        )


def percent(part: int, whole: int) -> str:
    """Write a share as whole per cent, rounded down; nothing of nothing is no share."""
    return f"{part * 100 // whole} %" if whole else "none"


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """How long the money of one practice takes to come, and how much of it comes."""

    practice: Practice
    figures: Collection

    @property
    def days(self) -> str:
        """Days in A/R to a tenth; without charges there are none."""
        tenths = self.figures.days_tenths
        return "no charges" if tenths is None else str(Decimal(tenths).scaleb(-1))

    @property
    def gross_rate(self) -> str:
        """What was paid in the recent days, of what was charged in them."""
        return share_of(self.figures.paid, self.figures.charged)

    @property
    def net_rate(self) -> str:
        """What was paid of matured services, of what was ever to be collected of them."""
        return share_of(self.figures.matured_paid, self.figures.matured_net)


def share_of(part: Money, whole: Money) -> str:
    """Write a share of an amount as whole per cent; of nothing, or of less, there is none."""
    return percent(part.cents, whole.cents) if whole > ZERO else "no charges"


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of claims, with the claims that it counts and those that it does not."""

    name: str
    formula: str
    counted: FirstAnswer
    counted_words: str
    other: FirstAnswer
    other_words: str
    counts: Counter[FirstAnswer]

    @property
    def share(self) -> str:
        """What part of all is counted."""
        counted = self.counts[self.counted]
        return percent(counted, counted + self.counts[self.other])


def rates_of(counts: Counter[FirstAnswer]) -> list[Rate]:
    """Say how well claims were made, by what was said of them first.

    Source:
        HFMA MAP keys CL-1 and AR-5, see ``revcycle.store.claim_firsts``.
    """
    return [
        Rate(
            "Clean claim rate",
            "Claims that our edits let pass at once, of all that they judged for the first time in"
            " these days. A claim that was put right later stays a held one.",
            FirstAnswer.CLEAN,
            "passed",
            FirstAnswer.STOPPED,
            "held",
            counts,
        ),
        Rate(
            "Denial rate",
            "Claims of which a line was denied in the first decision, of all that payers decided"
            " for the first time in these days. A claim that was paid later stays a denied one.",
            FirstAnswer.DENIED,
            "denied",
            FirstAnswer.PAID,
            "paid",
            counts,
        ),
    ]


def add_up(waiting: Iterable[WaitingCount], closed: Iterable[ClosedCount]) -> Service:
    """Add up all that is given."""
    open_ones, closed_ones = list(waiting), list(closed)
    return Service(
        waiting=sum(one.waiting for one in open_ones),
        overdue=sum(one.overdue for one in open_ones),
        taken=sum(one.taken for one in open_ones),
        snoozed=sum(one.snoozed for one in open_ones),
        escalated=sum(one.escalated for one in open_ones),
        oldest_at=min((one.oldest_at for one in open_ones if one.oldest_at), default=None),
        done=sum(one.done for one in closed_ones),
        in_time=sum(one.in_time for one in closed_ones),
        cancelled=sum(one.cancelled for one in closed_ones),
    )


def by_place(
    waiting: Sequence[WaitingCount],
    closed: Sequence[ClosedCount],
    places: Iterable[Place],
    place_of: Callable[[WaitingCount | ClosedCount], Place],
) -> dict[Place, Service]:
    """Add up by queue or by practice; a place where nothing was or waits is left out."""
    opened: dict[Place, list[WaitingCount]] = {}
    ended: dict[Place, list[ClosedCount]] = {}
    for one in waiting:
        opened.setdefault(place_of(one), []).append(one)
    for each in closed:
        ended.setdefault(place_of(each), []).append(each)
    return {
        place: add_up(opened.get(place, ()), ended.get(place, ()))
        for place in places
        if place in opened or place in ended
    }


def count_days(
    closed: Iterable[ClosedCount], figure: Callable[[ClosedCount], int]
) -> Counter[date]:
    """Add up one figure by day."""
    days: Counter[date] = Counter()
    for one in closed:
        days[one.day] += figure(one)
    return days


def list_workers(
    session: Session, client_ids: Sequence[UUID], hands: dict[str, HandsCount]
) -> list[Worker]:
    """List who may take work of these practices, and whoever else did or holds some."""
    roles = staff.list_roles_of_all(session)
    assigned = staff.list_practice_ids_of_all(session)
    workers = []
    for member in staff.list_staff(session):
        access = access_of(roles.get(member.id, frozenset()))
        is_here = access.reach is Reach.ALL or not assigned.get(member.id, frozenset()).isdisjoint(
            client_ids
        )
        may_work = access.may(Right.TAKE_WORK) and member.state != StaffState.DISABLED
        if member.login in hands or (may_work and is_here):
            own = hands.get(member.login, HandsCount(member.login, 0, 0, 0))
            workers.append(
                Worker(
                    login=member.login,
                    name=member.display_name,
                    capacity=member.daily_capacity,
                    done_today=own.done,
                    held=own.held,
                    assigned=own.assigned,
                )
            )
    return workers
