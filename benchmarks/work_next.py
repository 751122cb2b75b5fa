"""work.next: eight people take the next item of one queue on SQLite at once."""

from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from statistics import quantiles
from time import perf_counter, process_time
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import select

from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.practice_database import NOON, PracticeDatabase, practice_database
from benchmarks.sizes import Sizes
from models.states.work_item import Queue, WorkItemState
from models.tables import WorkItem
from models.values.identifiers import new_id
from revcycle.store.session import transaction
from revcycle.store.work_leases import lease_next_work_item

TARGET_MS = 100.0  # queue claim p99 on SQLite, of the reliability targets
PRIORITIES = 9
DUE_HOURS = 96


def measure_next(sizes: Sizes) -> Measurement:
    """Measure each take from asking to commit; who waits for the writer before waits in it.

    Raises:
        WrongResultError: an item was leased twice, or somebody got none.
    """
    with practice_database() as practice:
        _open_items(practice, sizes.open_items)
        waits, leased, staff_cpu = _take_all(practice, sizes)
    takes = sizes.lease_processes * sizes.leases_a_process
    if len(leased) != takes or len(set(leased)) != takes:
        msg = f"{takes} takes leased {len(set(leased))} items, {len(leased)} times"
        raise WrongResultError(msg)
    return Measurement(
        name="work.next",
        value=1_000 * quantiles(waits, n=100)[98],
        unit="ms",
        target=TARGET_MS,
        floor=staff_cpu / takes,
        note=(
            f"p99 of wall time, {sizes.lease_processes} processes without a pause, "
            f"{sizes.open_items} open items, {takes} takes, 0 double leases; "
            f"p50 {1_000 * quantiles(waits, n=100)[49]:.1f} ms; floor is the CPU of one take"
        ),
    )


def _open_items(practice: PracticeDatabase, count: int) -> None:
    rows = [_row(practice, number) for number in range(count)]
    with transaction(practice.url) as session:
        session.execute(insert(WorkItem), rows)


def _row(practice: PracticeDatabase, number: int) -> dict[str, object]:
    return {
        "client_id": practice.act.client_id,
        "id": new_id(),
        "queue": Queue.CODING,
        "priority": 1 + number % PRIORITIES,
        "due_at": NOON + timedelta(hours=number % DUE_HOURS),
        "opened_at": NOON,
        "state": WorkItemState.OPEN,
        "cause_key": f"coding:{number}",
        "subject_kind": "encounter",
        "subject_id": new_id(),
        "reason": "benchmark",
    }


def _take_all(practice: PracticeDatabase, sizes: Sizes) -> tuple[list[float], list[UUID], float]:
    context = get_context("spawn")
    barrier = context.Barrier(sizes.lease_processes)
    shares = [
        (practice.url, practice.act.client_id, number, sizes.leases_a_process)
        for number in range(sizes.lease_processes)
    ]
    with context.Pool(sizes.lease_processes, _arrive, (practice.url, barrier)) as pool:
        taken = pool.starmap(_take, shares, chunksize=1)
    waits = [wait for share, _, _ in taken for wait in share]
    return waits, [one for _, ids, _ in taken for one in ids], sum(cpu for _, _, cpu in taken)


def _arrive(database_url: str, barrier: Barrier) -> None:
    """Connect once, then wait until everybody has."""
    with transaction(database_url) as session:
        session.exec(select(1)).one()
    barrier.wait()


def _take(
    database_url: str, client_id: UUID, number: int, takes: int
) -> tuple[list[float], list[UUID], float]:
    waits, leased, cpu_start = [], [], process_time()
    for _ in range(takes):
        start = perf_counter()
        with transaction(database_url) as session:
            item = lease_next_work_item(
                session, client_id, Queue.CODING, holder=f"coder {number}", at=NOON
            )
        waits.append(perf_counter() - start)
        if item is not None:
            leased.append(item.id)
    return waits, leased, process_time() - cpu_start
