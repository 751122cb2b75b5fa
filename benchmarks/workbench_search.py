"""workbench.search_p50: codes offered while somebody types, over all of ICD-10-CM.

Each phrase is typed letter by letter, and each letter asks the real application, with its check of
the session, its rights and its page. In turns with that a route that does next to nothing is asked.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from itertools import cycle, islice
from statistics import quantiles
from time import perf_counter

from starlette.testclient import TestClient

from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.sizes import Sizes
from benchmarks.workbench_office import Office, office_on_postgresql, office_on_sqlite
from models.documents.billing_code import BillingCodeDocument
from models.documents.staff_act import StaffAct
from models.values.billing_codes import CodeSystem
from revcycle.connectors import clock
from revcycle.operations.coding.load_codes import load_codes
from revcycle.reference.icd10_code_list import list_icd10_code_documents
from revcycle.store.session import transaction
from tests.people import KEY
from workbench.commands.codes import read_titles
from workbench.pages.access import SESSION_COOKIE
from workbench.pages.app import create_app

ADDRESS = "http://127.0.0.1"
TARGET_MS = 20.0  # type-ahead p50 of the workbench's targets; SQLite may take twice
BARE = "/healthz"
ITEMS, STAFF = 20, 1  # nobody works beside the search
PHRASES = (
    "E11.9",
    "M25.561",
    "S52.521A",
    "knee pain right",
    "type 2 diabetes without",
    "essential hypertension",
    "fracture radius initial closed",
    "unspecified",
    "other specified",
    "acute upper respiratory infection",
)


@dataclass(frozen=True, slots=True)
class Typing:
    """What one database showed: each answer, and each of the bare route, in milliseconds."""

    found_ms: list[float]
    bare_ms: list[float]


def measure_code_search(sizes: Sizes) -> Measurement:
    """Measure how long the list under the field takes."""
    codes = _codes(sizes)
    served = _type(office_on_postgresql(items=ITEMS, staff=STAFF), codes, sizes)
    alone = _type(office_on_sqlite(items=ITEMS, staff=STAFF), codes, sizes)
    return Measurement(
        name="workbench.search_p50",
        value=_p(served.found_ms, 50),
        unit="ms",
        target=TARGET_MS,
        peers={
            "p99": _p(served.found_ms, 99),
            "sqlite p50": _p(alone.found_ms, 50),
            "sqlite p99": _p(alone.found_ms, 99),
            "bare route p50": _p(served.bare_ms, 50),
            "x bare route": _p(served.found_ms, 50) / _p(served.bare_ms, 50),
            "sqlite x bare route": _p(alone.found_ms, 50) / _p(alone.bare_ms, 50),
        },
        note=(
            f"server time of the list, PostgreSQL, {len(codes)} codes, "
            f"{len(served.found_ms)} letters typed; SQLite may take twice the target"
        ),
    )


@cache
def _codes(sizes: Sizes) -> Sequence[BillingCodeDocument]:
    return list_icd10_code_documents(read_titles())[: sizes.codes]


def _type(
    opening: AbstractContextManager[Office], codes: Sequence[BillingCodeDocument], sizes: Sizes
) -> Typing:
    """Type the phrases one after the other.

    Raises:
        WrongResultError: an answer is none, or a whole phrase found nothing.
    """
    with opening as office:
        with transaction(office.url) as session:
            act = StaffAct("benchmark", clock.now())
            list(load_codes(session, act, CodeSystem.ICD10CM, codes))
        with TestClient(create_app(office.url, key=KEY), base_url=ADDRESS) as browser:
            browser.cookies.set(SESSION_COOKIE, office.manager.token)
            _look(browser, PHRASES, is_all=len(codes) < sizes.codes)
            asked = islice(cycle(_letters()), sizes.letters)
            found, bare = [], []
            for typed in asked:
                found.append(_milliseconds(browser, "/codes", {"q": typed, "kind": "diagnosis"}))
                bare.append(_milliseconds(browser, BARE, {}))
    return Typing(found, bare)


def _look(browser: TestClient, phrases: Sequence[str], *, is_all: bool) -> None:
    for phrase in phrases:
        answer = browser.get("/codes", params={"q": phrase, "kind": "diagnosis"})
        if answer.status_code != 200 or (is_all and "data-code=" not in answer.text):  # noqa: PLR2004 - HTTP's OK
            msg = f"{phrase!r} found nothing, status {answer.status_code}"
            raise WrongResultError(msg)


def _letters() -> list[str]:
    return [phrase[:end] for phrase in PHRASES for end in range(1, len(phrase) + 1)]


def _milliseconds(browser: TestClient, address: str, asked: dict[str, str]) -> float:
    start = perf_counter()
    browser.get(address, params=asked).raise_for_status()
    return 1_000 * (perf_counter() - start)


def _p(times: Sequence[float], percent: int) -> float:
    return quantiles(times, n=100)[percent - 1]
