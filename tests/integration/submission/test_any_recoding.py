"""Whatever coders make of a chart that comes back, claim and books say what is coded last."""

import shutil
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.documents.act import Act
from models.documents.coding import CodedService
from models.tables import Client
from revcycle.store.session import engine_for, transaction
from tests.conftest import NOON, TODAY
from tests.integration.submission.office import Office, open_office
from tests.integration.submission.test_charts_go_back import (
    balances,
    code_anew,
    held,
    keep,
    lines_of,
    owed,
    send_back,
    violations,
)

FEES = {"99213": 12_500, "85025": 3_000}
SERVICES = st.builds(
    lambda code, units: CodedService(code, (1,), units=Decimal(units)),
    st.sampled_from(sorted(FEES)),
    st.integers(1, 3),
)
CODINGS = st.lists(SERVICES, min_size=1, max_size=3, unique_by=lambda one: one.procedure_code)
FEW = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def a_desk(url: str) -> Office:
    """A practice in a database of its own."""
    client = Client(key="practice", name="Practice", time_zone="UTC")
    with transaction(url) as session:
        session.add(client)
    return open_office(url, client.id, Act(client.id, "tester", NOON, TODAY))


def cents_of(services: list[CodedService]) -> list[int]:
    return [FEES[one.procedure_code] * int(one.units) for one in services]


@FEW
@given(st.lists(st.tuples(CODINGS, CODINGS), min_size=1, max_size=3))
def test_the_last_coding_is_what_is_claimed_and_owed(
    migrated_database: Path, rounds: list[tuple[list[CodedService], list[CodedService]]]
) -> None:
    with TemporaryDirectory() as folder:
        shutil.copy(migrated_database, Path(folder) / "test.sqlite3")
        url = f"sqlite:///{folder}/test.sqlite3"
        recode(a_desk(url), rounds)
        engine_for(url).dispose()


def recode(desk: Office, rounds: list[tuple[list[CodedService], list[CodedService]]]) -> None:
    """Let the chart come back once for each round: a draft, then what the coder completes."""
    claim = held(desk, "99213", "85025")
    for draft, services in rounds:
        send_back(desk, claim)
        with transaction(desk.url, desk.act.client_id) as session:
            keep(session, desk.act, claim.encounter_id, *draft)
        code_anew(desk, claim, *services)
        desk.build(claim.encounter_id)
        assert [cents for _, _, cents in lines_of(desk)] == cents_of(services)
        assert balances(desk) == owed(sum(cents_of(services)))
        assert violations(desk) == []
        assert desk.scrub().held == 1
