"""refdata.load_ptp and refdata.find_pair: a quarter of NCCI's pairs, invented, in and looked up.

What is read is four files as CMS lays them out; what it is compared with is the same rows given to
the driver, which is the least that a database asks of Python.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.sizes import Sizes
from models.documents.staff_act import StaffAct
from models.values.reference import ReferenceKind
from revcycle.operations.reference.import_edition import import_edition
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.readers import READERS
from revcycle.store.ptp_pairs import INSERT, ONE_PAIR, find_pair, insert_pairs
from revcycle.store.schema import upgrade_database
from revcycle.store.session import engine_for, reading, transaction
from tests.postgres_server import APP_ROLE, running_postgres

KIND = ReferenceKind.PTP_PRACTITIONER
ACT = StaffAct("benchmark", datetime(2026, 11, 20, 17, 0, tzinfo=UTC))
LOAD_SECONDS_MAX = 120.0
LOOK_UP_MICROSECONDS_MAX = 100.0
PARTS = 4
SECONDS_OF_A_CODE = 500  # column two has as many codes for each of column one
ON = date(2026, 11, 20)
EDITION = 1
DATABASE = "pairs"
HEADING = (
    "A notice.\t\t\t\t\t\t\r\nColumn1/Column2 Edits\t\t\t\t\t\t\r\n"
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tRationale\r\n"
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\r\n\t\t\t\t*=no data\t1=allowed\t\r\n"
    "\t\t\t\t\t9=not applicable\t\r\n"
)
Pair = tuple[str, str, date, date | None, int]


def measure_load_pairs(sizes: Sizes) -> Measurement:
    """Measure how long an import takes, from files to the commit, in wall time."""
    with tempfile.TemporaryDirectory(prefix="revcycle-bench-") as name:
        folder = Path(name)
        _write_files(folder, sizes.pairs)
        with _on_sqlite(folder / "loaded.sqlite3") as url:
            seconds = _load(url, folder, sizes.pairs)
        with _on_sqlite(folder / "bare.sqlite3"):
            bare = _load_bare(folder / "bare.sqlite3", sizes.pairs)
        with _on_postgresql() as url:
            served = _load(url, folder, sizes.pairs)
    return Measurement(
        name="refdata.load_ptp",
        value=seconds,
        unit="s",
        target=LOAD_SECONDS_MAX,
        peers={
            "postgresql": served,
            "bare executemany": bare,
            "x bare executemany": seconds / bare,
            "rows a second": sizes.pairs / seconds,
        },
        note=f"{sizes.pairs} pairs in {PARTS} files, wall time, SQLite",
    )


def measure_find_pair(sizes: Sizes) -> Measurement:
    """Measure how long one pair takes among all, warm, in wall time."""
    with (
        tempfile.TemporaryDirectory(prefix="revcycle-bench-") as name,
        _on_sqlite(Path(name) / "pairs.sqlite3") as url,
    ):
        with transaction(url) as session:
            written = max(insert_pairs(session, EDITION, _pairs(sizes.pairs)))
        asked = _asked(sizes)
        times = [_look_up(url, asked) for _ in range(sizes.repetitions + 1)][1:]
        raw = [_look_up_raw(Path(name) / "pairs.sqlite3", asked) for _ in range(sizes.repetitions)]
    value, floor = (1_000_000 * median(one) / len(asked) for one in (times, raw))
    return Measurement(
        name="refdata.find_pair",
        value=value,
        unit="microseconds",
        target=LOOK_UP_MICROSECONDS_MAX,
        peers={"driver alone": floor, "x driver alone": value / floor},
        note=f"mean of {len(asked)} look-ups among {written} pairs, warm, wall time, SQLite",
    )


def _pairs(count: int) -> Iterator[Pair]:
    """Invent pairs in the order of their key: some ended, some never in force."""
    periods = [(date(2000 + n, 1, 1), None if n % 3 else date(2025, 12, 31)) for n in range(25)]
    every = (
        (f"{one:05}", f"{two:05}", *periods[two % 25], 9 if two % 19 == 0 else two % 2)
        for one in range(10_000, 99_999)
        for two in range(20_000, 20_000 + SECONDS_OF_A_CODE)
    )
    return islice(every, count)


def _write_files(folder: Path, count: int) -> None:
    pairs, size = _pairs(count), -(-count // PARTS)
    for part in range(1, PARTS + 1):
        path = folder / f"ccipra-v322r0-f{part}.txt"
        with path.open("w", encoding="latin-1", newline="") as file:
            file.write(HEADING)
            file.writelines(_line(pair) for pair in islice(pairs, size))


def _line(pair: Pair) -> str:
    one, two, first, last, indicator = pair
    ends = "*" if last is None else f"{last:%Y%m%d}"
    return f"{one}\t{two}\t\t{first:%Y%m%d}\t{ends}\t{indicator}\tthe reason in a few words\r\n"


@contextmanager
def _on_sqlite(path: Path) -> Iterator[str]:
    url = f"sqlite:///{path}"
    upgrade_database(url)
    yield url
    engine_for(url).dispose()


@contextmanager
def _on_postgresql() -> Iterator[str]:
    with running_postgres() as server:
        server.execute(
            f"CREATE ROLE {APP_ROLE} LOGIN", f"CREATE DATABASE {DATABASE} OWNER {APP_ROLE}"
        )
        url = server.url(DATABASE)
        upgrade_database(url)
        yield url
        engine_for(url).dispose()


def _load(url: str, folder: Path, count: int) -> float:
    """Import the files.

    Raises:
        WrongResultError: a row is missing.
    """
    start = perf_counter()
    content, _ = read_edition(KIND, READERS[KIND], [folder])
    with transaction(url) as session:
        edition = import_edition(session, ACT, content, attested_by="benchmark")
    seconds = perf_counter() - start
    if edition.row_count != count:
        msg = f"{edition.row_count} of {count} pairs were imported"
        raise WrongResultError(msg)
    return seconds


def _load_bare(path: Path, count: int) -> float:
    rows = (
        (EDITION, one, two, first.isoformat(), last and last.isoformat(), indicator)
        for one, two, first, last, indicator in _pairs(count)
    )
    start = perf_counter()
    with sqlite3.connect(path) as connection:
        connection.executemany(INSERT, rows)
    connection.close()
    return perf_counter() - start


def _asked(sizes: Sizes) -> list[tuple[str, str]]:
    chance = Random(7)
    firsts = max(1, sizes.pairs // SECONDS_OF_A_CODE)
    return [
        (f"{10_000 + chance.randrange(firsts):05}", f"{20_000 + chance.randrange(600):05}")
        for _ in range(sizes.looked_up_pairs)
    ]


def _look_up(url: str, asked: list[tuple[str, str]]) -> float:
    """Look pairs up.

    Raises:
        WrongResultError: none was found.
    """
    with reading(url) as session:
        start = perf_counter()
        found = [find_pair(session, EDITION, one, two, ON) for one, two in asked]
        seconds = perf_counter() - start
    if not any(found):
        msg = "no pair was found"
        raise WrongResultError(msg)
    return seconds


def _look_up_raw(path: Path, asked: list[tuple[str, str]]) -> float:
    connection, day = sqlite3.connect(path), ON.isoformat()
    start = perf_counter()
    for one, two in asked:
        connection.execute(ONE_PAIR, (EDITION, one, two, day, day)).fetchone()
    seconds = perf_counter() - start
    connection.close()
    return seconds
