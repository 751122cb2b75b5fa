"""workbench.double_leases: everybody grabs for work at once, without a pause."""

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from multiprocessing import get_context
from threading import Thread
from uuid import UUID

from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.sizes import Sizes
from benchmarks.workbench_office import (
    Employee,
    Office,
    office_on_postgresql,
    office_on_sqlite,
)
from benchmarks.workbench_staff import PROCESSES, SQLITE_STAFF
from models.documents.act import Act
from models.documents.work import Worker
from revcycle.connectors import clock
from revcycle.operations.work.finish_item import finish_item
from revcycle.operations.work.take_next import take_next
from revcycle.store import staff
from revcycle.store.session import across, transaction


def measure_double_leases(sizes: Sizes) -> Measurement:
    """Count items that were given to two people; every item taken is finished before the next."""
    few = min(SQLITE_STAFF, sizes.staff)
    on_sqlite = sizes.grabs * few // sizes.staff
    served = grab(office_on_postgresql(items=sizes.open_items, staff=sizes.staff), sizes.grabs)
    alone = grab(office_on_sqlite(items=sizes.open_items, staff=few), on_sqlite)
    doubles = [
        item for taken in (served, alone) for item, times in Counter(taken).items() if times > 1
    ]
    return Measurement(
        name="workbench.double_leases",
        value=len(doubles),
        unit="items",
        target=0,
        note=(
            f"{len(served)} takes by {sizes.staff} people without a pause on PostgreSQL, "
            f"{len(alone)} by {few} on SQLite"
        ),
    )


def grab(opening: AbstractContextManager[Office], takes: int) -> list[UUID]:
    """Let everybody take and finish items until ``takes`` are given out.

    Raises:
        WrongResultError: somebody got no item although there were enough.
    """
    with opening as office:
        each = takes // len(office.staff)
        shares = [(office.url, office.staff[start::PROCESSES], each) for start in range(PROCESSES)]
        with get_context("spawn").Pool(PROCESSES) as pool:
            taken = [item for part in pool.starmap(_grab_share, shares) for item in part]
    if len(taken) != each * len(office.staff):
        msg = f"{each * len(office.staff)} items were asked for and {len(taken)} given"
        raise WrongResultError(msg)
    return taken


def _grab_share(url: str, people: Sequence[Employee], takes: int) -> list[UUID]:
    taken: list[UUID] = []
    threads = [Thread(target=_grab, args=(url, person, takes, taken)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def _grab(url: str, person: Employee, takes: int, taken: list[UUID]) -> None:
    with transaction(url) as session:
        member = staff.find_staff_member(session, person.login)
        assert member is not None, "the office hired them"  # noqa: S101 - a programmer's promise
        practices = staff.list_practice_ids(session, member.id)
    worker = Worker(member.id, person.login)
    for _ in range(takes):
        now = clock.now()
        with across(url, practices) as session:
            line = take_next(session, practices, worker, [person.queue], at=now)
        if line is None:
            return
        taken.append(line.id)
        with transaction(url, line.client_id) as session:
            act = Act(line.client_id, person.login, now, now.date())
            finish_item(session, act, line.id, token=line.lease_token, what="Done")
