"""workbench.next_p99 and workbench.list_p99: a floor full of people.

Simulated staff ask the real application for their next item, finish it, think, and ask again;
meanwhile others look at lists. Times are the server's, taken inside it: from the request to the
last byte of the answer, signing-in check, rights, trail and page included.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from random import Random
from statistics import quantiles
from time import perf_counter
from typing import TypeVar
from uuid import UUID

import httpx2
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.sizes import Sizes
from benchmarks.workbench_office import (
    PRACTICES,
    REASONS,
    Employee,
    Office,
    office_on_postgresql,
    office_on_sqlite,
)
from models.documents.act import Act
from revcycle.connectors import clock
from revcycle.operations.work.finish_item import finish_item
from revcycle.store.clients import get_client_id
from revcycle.store.session import transaction
from revcycle.store.work_items import get_work_item
from tests.people import KEY
from workbench.pages.access import SESSION_COOKIE
from workbench.pages.app import create_app
from workbench.pages.warm_up import warm_up

ADDRESS = "http://127.0.0.1"
NEXT_TARGET_MS, LIST_TARGET_MS = 50.0, 50.0
SQLITE_STAFF = 8
PROCESSES = 4
BARE = "/healthz"
EXPECTED = frozenset({200, 303, 404})  # 404: a list of a practice that is not the person's
PARTS_OF_AN_ITEM = 5  # "", queues, the queue, the practice, the item
LISTS = (
    "/queues/{queue}",
    "/queues/{queue}?client=practice_{practice}",
    "/queues/{queue}?hold=free&overdue=1",
    "/queues/{queue}?reason=benchmark.reason_{reason}",
)


# Where the time of the answer belongs that is being asked for.
_noted: ContextVar[list[float]] = ContextVar("noted")


class ServerTime:
    """Stands around an application and notes how long each answer took, in milliseconds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and note the time when its last byte is handed over."""
        begin = perf_counter()

        async def send_and_note(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                _noted.get().append(1_000 * (perf_counter() - begin))

        await self._app(scope, receive, send_and_note)


@dataclass(frozen=True, slots=True)
class Floor:
    """What one database showed.

    Attributes:
        next_ms: Each take, in milliseconds.
        list_ms: Each list page.
        bare_ms: Each answer of a route that does next to nothing, under the same load.
        taken: The items that were given out; every one is finished, so none comes twice.
    """

    next_ms: list[float]
    list_ms: list[float]
    bare_ms: list[float]
    taken: list[UUID]


def measure_next_page(sizes: Sizes) -> Measurement:
    """Measure how long people wait for their next item."""
    return _measurement("workbench.next_p99", sizes, lambda floor: floor.next_ms, NEXT_TARGET_MS)


def measure_list_page(sizes: Sizes) -> Measurement:
    """Measure how long people wait for a list."""
    return _measurement("workbench.list_p99", sizes, lambda floor: floor.list_ms, LIST_TARGET_MS)


@cache
def _floors(sizes: Sizes) -> tuple[Floor, Floor]:
    """Let the staff work on PostgreSQL, then fewer people on SQLite.

    Raises:
        WrongResultError: somebody got no item although there were enough.
    """
    few = min(SQLITE_STAFF, sizes.staff)
    return (
        work_floor(office_on_postgresql(items=sizes.open_items, staff=sizes.staff), sizes),
        work_floor(office_on_sqlite(items=sizes.open_items, staff=few), sizes),
    )


def _measurement(
    name: str, sizes: Sizes, times_of: Callable[[Floor], list[float]], target: float
) -> Measurement:
    served, alone = _floors(sizes)
    times = times_of(served)
    return Measurement(
        name=name,
        value=p99(times),
        unit="ms",
        target=target,
        peers={
            "p50": p50(times),
            "sqlite p99": p99(times_of(alone)),
            "bare route p99": p99(served.bare_ms),
            "p50 x bare route": p50(times) / p50(served.bare_ms),
            "p99 x bare route": p99(times) / p99(served.bare_ms),
        },
        note=(
            f"time inside the server, PostgreSQL, {sizes.staff} people, {sizes.open_items} open "
            f"items of {PRACTICES} practices, {len(served.taken)} takes, "
            f"{sizes.think_seconds} s of thought each; SQLite with {SQLITE_STAFF} people may take "
            "twice the target"
        ),
    )


def p50(times: Sequence[float]) -> float:
    """Return the median."""
    return quantiles(times, n=100)[49]


def p99(times: Sequence[float]) -> float:
    """Return what one in a hundred exceeds."""
    return quantiles(times, n=100)[98]


def work_floor(opening: AbstractContextManager[Office], sizes: Sizes) -> Floor:
    """Let everybody work at once until each has taken the share of one of ``sizes.staff``.

    Raises:
        WrongResultError: somebody got no item although there were enough.
    """
    with opening as office:
        context = get_context("spawn")
        processes = min(PROCESSES, len(office.staff))
        barrier = context.Barrier(processes)
        each = sizes.staff_takes // sizes.staff
        shares = [
            (office, office.staff[number::processes], sizes, number) for number in range(processes)
        ]
        with context.Pool(processes, _arrive, (barrier,)) as pool:
            floors = pool.starmap(_work_share, shares, chunksize=1)
    floor = Floor(
        next_ms=_joined(one.next_ms for one in floors),
        list_ms=_joined(one.list_ms for one in floors),
        bare_ms=_joined(one.bare_ms for one in floors),
        taken=_joined(one.taken for one in floors),
    )
    if len(set(floor.taken)) != each * len(office.staff):
        msg = f"{len(office.staff)} people asked {each} times and got {len(set(floor.taken))} items"
        raise WrongResultError(msg)
    return floor


Part = TypeVar("Part")


def _joined(parts: Iterable[list[Part]]) -> list[Part]:
    return [one for part in parts for one in part]


_doors: list[Barrier] = []


def _arrive(barrier: Barrier) -> None:
    _doors.append(barrier)


def _work_share(office: Office, staff: Sequence[Employee], sizes: Sizes, seed: int) -> Floor:
    return asyncio.run(_work(office, staff, sizes, seed))


async def _work(office: Office, staff: Sequence[Employee], sizes: Sizes, seed: int) -> Floor:
    """Let some of the people work in this process, with one application for all of them."""
    floor = Floor([], [], [], [])
    transport = httpx2.ASGITransport(app=ServerTime(create_app(office.url, key=KEY)))
    async with httpx2.AsyncClient(transport=transport, base_url=ADDRESS) as browser:
        desk = Desk(office, staff, browser, floor, Random(seed), sizes)
        await desk.begin_the_day()
        await asyncio.to_thread(_doors[0].wait)
        looking = asyncio.create_task(desk.look_at_lists())
        await asyncio.gather(*(desk.take_items(person) for person in staff))
        looking.cancel()
    return floor


@dataclass(frozen=True, slots=True)
class Desk:
    """The browsers of some people."""

    office: Office
    people: Sequence[Employee]
    browser: httpx2.AsyncClient
    floor: Floor
    chance: Random
    sizes: Sizes

    async def begin_the_day(self) -> None:
        """Ask for each kind of page once, unmeasured: a server compiles its queries once a day.

        Nobody is waiting yet: what is measured is how people wait while they work.
        """
        warm_up()
        first = self.office.staff[0]
        for address in (BARE, *LISTS):
            known = address.format(queue=first.queue, practice=0, reason=0)
            await self.ask("GET", known, self.office.manager, [])
        for person in {one.queue: one for one in self.people}.values():
            await self.take(person, [])

    async def take_items(self, person: Employee) -> None:
        """Take an item, finish it, think, and take the next."""
        for _ in range(self.sizes.staff_takes // self.sizes.staff):
            await asyncio.sleep(self.chance.expovariate(1 / self.sizes.think_seconds))
            self.floor.taken.extend(await self.take(person, self.floor.next_ms))

    async def take(self, person: Employee, times: list[float]) -> list[UUID]:
        """Take an item and finish it; return its id, if there was one."""
        fields = {"queue": person.queue, "form_token": person.form_token}
        answer = await self.ask("POST", "/next", person, times, fields)
        place = answer.headers["location"].split("?")[0].split("/")
        if len(place) != PARTS_OF_AN_ITEM:
            return []
        await asyncio.to_thread(_finish, self.office.url, person.login, *place[-2:])
        return [UUID(place[-1])]

    async def look_at_lists(self) -> None:
        """Look at one list after the other, and at the bare route, until somebody ends it."""
        people = [self.office.manager, *self.people]
        while True:
            await asyncio.sleep(self.chance.expovariate(1 / self.sizes.look_seconds))
            person = self.chance.choice(people)
            address = self.chance.choice(LISTS).format(
                queue=person.queue,
                practice=self.chance.randrange(PRACTICES),
                reason=self.chance.randrange(REASONS),
            )
            await self.ask("GET", address, person, self.floor.list_ms)
            await self.ask("GET", BARE, person, self.floor.bare_ms)

    async def ask(
        self,
        method: str,
        address: str,
        person: Employee,
        times: list[float],
        fields: dict[str, str] | None = None,
    ) -> httpx2.Response:
        """Ask for a page in a person's name; the server notes how long the answer took."""
        headers = {"Cookie": f"{SESSION_COOKIE}={person.token}"}
        _noted.set(times)
        answer = await self.browser.request(method, address, headers=headers, data=fields)
        if answer.status_code not in EXPECTED:
            msg = f"{method} {address} answered {answer.status_code}"
            raise WrongResultError(msg)
        return answer


def _finish(url: str, login: str, key: str, item_id: str) -> None:
    """Do the work of an item; how long that takes is nobody's measure."""
    now = clock.now()
    with transaction(url) as session:
        client_id = get_client_id(session, key)
    act = Act(client_id, login, now, now.date())
    with transaction(url, client_id) as session:
        item = get_work_item(session, client_id, UUID(item_id))
        if item is not None:
            finish_item(session, act, item.id, token=item.lease_token, what="Done")
