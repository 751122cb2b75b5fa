"""A billing company for the benchmarks of the workbench: practices, staff, and work that waits."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import insert

from models.documents.act import Act
from models.states.work_item import Queue, WorkItemState
from models.tables import Client, Patient, WorkItem
from models.values.access import Role
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.connectors import clock
from revcycle.operations.access.assign_staff import assign_queues
from revcycle.rules.access.rights import access_of
from revcycle.rules.access.secret_texts import form_token
from revcycle.store.schema import count_rows, upgrade_database
from revcycle.store.session import engine_for, transaction
from tests.people import join, sign_in
from tests.postgres_server import APP_ROLE, running_postgres

PRACTICES = 20
PRACTICES_OF_A_PERSON = 6
PATIENTS_OF_A_PRACTICE = 200
ROWS_OF_AN_INSERT = 2_000
PRIORITIES = 9
DUE_HOURS = 96
REASONS = 7
QUEUES = (Queue.CODING, Queue.SCRUB, Queue.DENIAL, Queue.VERIFICATION, Queue.POSTING)
ROLES = (Role.CODER, Role.BILLER, Role.DENIAL_SPECIALIST, Role.VERIFIER, Role.POSTER)
# As in production: a commit waits for the disk, and memory is at least PostgreSQL's own default.
DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "shared_buffers": "128MB",
    "max_connections": "100",
}


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody who is signed in."""

    login: str
    queue: Queue
    token: str

    @property
    def form_token(self) -> str:
        """What every form of this browser carries."""
        return form_token(self.token)


@dataclass(frozen=True, slots=True)
class Office:
    """Where the work is, and who does it."""

    url: str
    staff: tuple[Employee, ...]
    manager: Employee


@contextmanager
def office_on_postgresql(*, items: int, staff: int) -> Iterator[Office]:
    """Fill a PostgreSQL server that writes as one in production does.

    The day begins as one months after the rows came: what the server does by itself in the minutes
    after they were loaded, it has done.
    """
    with running_postgres(DURABLE) as server:
        server.execute(f"CREATE ROLE {APP_ROLE} LOGIN", f"CREATE DATABASE office OWNER {APP_ROLE}")
        office = _fill(server.url("office"), items, staff)
        by_itself = engine_for(office.url).connect().execution_options(isolation_level="AUTOCOMMIT")
        with by_itself as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")
        server.execute("CHECKPOINT")
        yield office
        engine_for(office.url).dispose()


@contextmanager
def office_on_sqlite(*, items: int, staff: int) -> Iterator[Office]:
    """Fill a SQLite file, and count its rows as the workbench does when it starts."""
    with TemporaryDirectory(prefix="revcycle-bench-") as folder:
        office = _fill(f"sqlite:///{Path(folder) / 'office.sqlite3'}", items, staff)
        count_rows(office.url)
        yield office
        engine_for(office.url).dispose()


def _fill(url: str, items: int, staff: int) -> Office:
    upgrade_database(url)
    now = clock.now()
    practice_ids = [_add_practice(url, number) for number in range(PRACTICES)]
    for number, client_id in enumerate(practice_ids):
        _add_work(url, client_id, now, range(number, items, PRACTICES))
    people = tuple(_hire(url, number, practice_ids, now) for number in range(staff))
    mia = join(url, "mia", [Role.MANAGER])
    return Office(url, people, Employee("mia", Queue.CODING, sign_in(url, mia, at=now)))


def _add_practice(url: str, number: int) -> UUID:
    client = Client(key=f"practice_{number}", name=f"Practice {number}", time_zone="UTC")
    with transaction(url) as session:
        session.add(client)
    return client.id


def _add_work(url: str, client_id: UUID, now: datetime, numbers: Sequence[int]) -> None:
    patients = [_patient(client_id, number) for number in range(PATIENTS_OF_A_PRACTICE)]
    rows = (_item(client_id, now, number, patients[number % len(patients)]) for number in numbers)
    with transaction(url, client_id) as session:
        session.execute(insert(Patient), patients)
        while chunk := list(islice(rows, ROWS_OF_AN_INSERT)):
            session.execute(insert(WorkItem), chunk)


def _patient(client_id: UUID, number: int) -> dict[str, object]:
    return {
        "client_id": client_id,
        "id": new_id(),
        "account_number": f"A{number}",
        "last_name": f"Person{number}",
        "first_name": "Ann",
    }


def _item(
    client_id: UUID, now: datetime, number: int, patient: dict[str, object]
) -> dict[str, object]:
    return {
        "client_id": client_id,
        "id": new_id(),
        "queue": QUEUES[number // PRACTICES % len(QUEUES)],
        "priority": 1 + number % PRIORITIES,
        "due_at": now + timedelta(hours=number % DUE_HOURS - DUE_HOURS // 3),
        "opened_at": now - timedelta(hours=number % DUE_HOURS),
        "state": WorkItemState.OPEN,
        "cause_key": f"benchmark:{number}",
        "subject_kind": "encounter",
        "subject_id": new_id(),
        "reason": f"benchmark.reason_{number % REASONS}",
        "detail": "Something that a person must look at",
        "patient_id": patient["id"],
        "amount": Money(number % 100_000),
        "payer_name": f"Payer {number % 11}",
    }


def _hire(url: str, number: int, practice_ids: Sequence[UUID], now: datetime) -> Employee:
    """Let a person join who works in one queue at some of the practices."""
    kind = number % len(ROLES)
    first = number * PRACTICES_OF_A_PERSON
    chosen = {
        practice_ids[(first + step) % len(practice_ids)] for step in range(PRACTICES_OF_A_PERSON)
    }
    colleague = join(url, f"person.{number}", [ROLES[kind]], chosen)
    for client_id in chosen:
        act = Act(client_id, "benchmark", now, now.date())
        with transaction(url, client_id) as session:
            assign_queues(session, act, colleague.id, access_of([ROLES[kind]]).queues)
    return Employee(colleague.login, QUEUES[kind], sign_in(url, colleague, at=now))
