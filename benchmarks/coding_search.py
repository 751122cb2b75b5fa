"""coding.search_p50: one question for codes at the database, as each letter asks it.

All of ICD-10-CM is loaded as ``revcycle codes load`` does it, with its notes, whose other words are
searched too. In turns with each question one code is looked up by its number.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlmodel import Session

from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.sizes import Sizes
from benchmarks.workbench_search import PHRASES
from models.documents.staff_act import StaffAct
from models.tables import BillingCode
from models.values.billing_codes import CodeSystem
from revcycle.connectors import clock
from revcycle.operations.coding.find_codes import find_codes
from revcycle.operations.reference.import_edition import import_edition
from revcycle.reference.shipped_editions import shipped_codes, shipped_notes
from revcycle.store.schema import upgrade_database
from revcycle.store.session import engine_for, reading, transaction
from tests.postgres_server import APP_ROLE, running_postgres
from workbench.commands.codes import read_titles

TARGET_MS = 20.0
SERVICE_DATE = date(2026, 11, 20)


def measure_coding_search(sizes: Sizes) -> Measurement:
    """Measure how long the codes for what is typed so far take, on both databases."""
    titles = dict(islice(read_titles().items(), sizes.codes))
    with _on_sqlite() as url:
        alone, bare_alone = _typed(url, titles, sizes)
    with _on_postgresql() as url:
        served, bare_served = _typed(url, titles, sizes)
    return Measurement(
        name="coding.search_p50",
        value=_p(served, 50),
        unit="ms",
        target=TARGET_MS,
        peers={
            "p99": _p(served, 99),
            "sqlite p50": _p(alone, 50),
            "sqlite p99": _p(alone, 99),
            "x look-up by number": _p(served, 50) / _p(bare_served, 50),
            "sqlite x look-up by number": _p(alone, 50) / _p(bare_alone, 50),
        },
        note=(
            f"the operation alone, PostgreSQL, {len(titles)} titles with other words of the "
            f"tabular list, {len(served)} letters typed"
        ),
    )


@contextmanager
def _on_sqlite() -> Iterator[str]:
    with TemporaryDirectory(prefix="revcycle-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'codes.sqlite3'}"
        upgrade_database(url)
        yield url
        engine_for(url).dispose()


@contextmanager
def _on_postgresql() -> Iterator[str]:
    with running_postgres() as server:
        server.execute(f"CREATE ROLE {APP_ROLE} LOGIN", f"CREATE DATABASE codes OWNER {APP_ROLE}")
        url = server.url("codes")
        upgrade_database(url)
        yield url
        engine_for(url).dispose()


def _typed(
    url: str, titles: dict[str, str], sizes: Sizes
) -> tuple[Sequence[float], Sequence[float]]:
    """Load the list, type every phrase letter by letter; milliseconds of questions and look-ups.

    Raises:
        WrongResultError: what is typed first found nothing.
    """
    act = StaffAct("benchmark", clock.now())
    with transaction(url) as session:
        notes, _ = shipped_notes()
        for edition in (notes, shipped_codes(titles)):
            rows = islice(edition.rows, sizes.codes)
            import_edition(session, act, replace(edition, rows=rows))
    letters = [phrase[:end] for phrase in PHRASES for end in range(1, len(phrase) + 1)]
    asked, bare = [], []
    with reading(url) as session:
        if not _find(session, "A"):
            msg = "no code begins with A"
            raise WrongResultError(msg)
        for typed in islice(cycle(letters), sizes.letters):
            start = perf_counter()
            _find(session, typed)
            asked.append(1_000 * (perf_counter() - start))
            session.expire_all()
            start = perf_counter()
            session.get(BillingCode, len(asked))
            bare.append(1_000 * (perf_counter() - start))
    return asked, bare


def _find(session: Session, typed: str) -> int:
    return len(find_codes(session, [CodeSystem.ICD10CM], typed, SERVICE_DATE))


def _p(times: Sequence[float], percent: int) -> float:
    return quantiles(times, n=100)[percent - 1]
