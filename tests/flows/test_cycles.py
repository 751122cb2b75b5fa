"""Cycles on a real Prefect server: what fails, what goes on, and what two at once come to."""

import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import anyio
import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName
from prefect.client.schemas.objects import FlowRun, TaskRun
from prefect.deployments import run_deployment

from models.states.stage import Stage
from tests.flows.billing_home import BillingHome, billing_home
from tests.flows.prefect_server import PrefectServer
from workbench.commands.deployments import WORK_POOL, deployment_specs, sync_deployments
from workbench.commands.practices import read_clients

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]

VISITS = 12
FAMILIES = ("Wexelbury", "Thornquist", "Lumbergate", "Vandermoss", "Pellworth", "Ashgrovian")
WORKING_STAGES = [stage for stage in Stage if stage is not Stage.STATEMENTS]  # those need no mail


def visits() -> list[dict[str, str]]:
    """Two visits of each of six patients, who differ in everything that says who they are."""
    return [
        {
            "last": FAMILIES[number // 2],
            "born": f"196{number // 2}-04-03",
            "email": f"{FAMILIES[number // 2].lower()}@example.org",
            "phone": f"607555014{number // 2}",
            "member": f"FAM30020{number // 2}101",
            "code": ("99213", "93000")[number % 2],
        }
        for number in range(VISITS)
    ]


def flow_runs(key: str) -> list[FlowRun]:
    """List the runs of a practice, oldest first."""

    async def ask() -> list[FlowRun]:
        async with get_client() as client:
            of_practice = FlowRunFilter(name=FlowRunFilterName(like_=f" {key} "))
            return await client.read_flow_runs(flow_run_filter=of_practice)

    found = anyio.run(ask)
    return sorted(found, key=lambda run: str(run.start_time))


def task_runs(key: str) -> list[TaskRun]:
    """List the task runs of a practice."""

    async def ask() -> list[TaskRun]:
        async with get_client() as client:
            of_practice = FlowRunFilter(name=FlowRunFilterName(like_=f" {key} "))
            return await client.read_task_runs(flow_run_filter=of_practice)

    return anyio.run(ask)


def attempts(key: str, task: str) -> set[tuple[str, int]]:
    """Say how the runs of a task ended, and after how many attempts."""
    return {
        (run.state_name or "", run.run_count)
        for run in task_runs(key)
        if run.name.startswith(f"{task}-")
    }


@dataclass(frozen=True, slots=True)
class Outage:
    """A cycle while neither the partner's folders nor the mail server were there."""

    home: BillingHome
    exit_code: int


@pytest.fixture(scope="module")
def outage(
    prefect_server: PrefectServer, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Outage]:
    with billing_home(tmp_path_factory.mktemp("outage"), "outage_family") as home:
        home.drop_visits("monday", visits())
        assert prefect_server.api_url
        with home.processes(1) as processes:
            (exit_code,) = home.cycle(processes)
        yield Outage(home, exit_code)


def test_a_stage_that_fails_leaves_the_others_done_and_the_cycle_failed(outage: Outage) -> None:
    states = {run.name.split()[0]: run.state_name for run in flow_runs(outage.home.key)}
    assert states == {
        "revenue-cycle": "Failed",
        "intake": "Completed",
        "verification": "Failed",  # the partner's folders are missing
        "coding": "Completed",
        "submission": "Failed",
        "posting": "Failed",
        "denials": "Completed",
        "statements": "Completed",  # there is nothing to mail
        "client-report": "Failed",  # the mail server is away
    }
    assert outage.exit_code == 1


def test_what_could_be_done_without_the_partner_is_done(outage: Outage) -> None:
    assert outage.home.rows("SELECT count(*) FROM encounter") == [(VISITS,)]
    files = outage.home.rows("SELECT kind, state FROM outbound_file ORDER BY kind")
    assert files == [("270", "sending"), ("837P", "ready")]  # nobody knows what became of the first
    queued = outage.home.rows("SELECT kind, state FROM message")
    assert queued == [("client_report", "queued")]
    assert outage.home.violations() == []


def test_only_what_waiting_can_mend_is_tried_again(outage: Outage) -> None:
    key = outage.home.key
    # The statements found nothing to send; the report tried once, and three more times.
    assert attempts(key, "send-messages") == {("Completed", 1), ("Failed", 4)}
    assert attempts(key, "collect-partner-files") == {("Failed", 1)}  # a folder is missing
    assert attempts(key, "record-encounters") == {("Completed", 1)}


@dataclass(frozen=True, slots=True)
class Doubled:
    """Three cycles, each of them run by two processes at once."""

    home: BillingHome
    exit_codes: list[int]


@pytest.fixture(scope="module")
def doubled(
    prefect_server: PrefectServer, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Doubled]:
    stages = [word for stage in WORKING_STAGES for word in ("--stage", stage.value)]
    with billing_home(tmp_path_factory.mktemp("doubled"), "doubled_family") as home:
        home.open_payer()
        home.drop_visits("monday", visits())
        assert prefect_server.api_url
        exit_codes = []
        with home.processes(2) as processes:
            for _ in range(3):  # ask the payer, send claims, post what it paid
                exit_codes += home.cycle(processes, *stages)
                home.let_payer_answer()
        yield Doubled(home, exit_codes)


def test_two_cycles_at_once_both_complete(doubled: Doubled) -> None:
    assert doubled.exit_codes == [0] * 6
    cycles = [run for run in flow_runs(doubled.home.key) if run.name.startswith("revenue-cycle")]
    assert len(cycles) == 6
    overlapping = [
        later.start_time < earlier.end_time
        for earlier, later in list(pairwise(cycles))[::2]
        if later.start_time and earlier.end_time
    ]
    assert overlapping == [True] * 3


def test_two_cycles_at_once_have_the_outcome_of_one(doubled: Doubled) -> None:
    home = doubled.home
    counts = home.counts()
    assert counts["patient"] == len(FAMILIES)
    assert counts["encounter"] == VISITS
    assert counts["charge"] == VISITS
    assert counts["claim"] == VISITS
    assert counts["claim_version"] == VISITS
    assert home.rows("SELECT state, count(*) FROM claim GROUP BY 1") == [("closed", VISITS)]
    assert home.violations() == []


def test_two_cycles_at_once_send_every_file_once(doubled: Doubled) -> None:
    home = doubled.home
    sent = home.rows("SELECT kind, state, count(*) FROM outbound_file GROUP BY 1, 2 ORDER BY 1")
    assert sent == [("270", "sent", 1), ("837P", "sent", 1)]
    names = [path.name for path in home.to_payer.rglob("*") if path.is_file()]
    assert sorted(names) == sorted(
        str(name) for (name,) in home.rows("SELECT name FROM outbound_file")
    )


def test_a_worker_runs_a_deployment_as_sync_made_it(
    prefect_server: PrefectServer, tmp_path: Path
) -> None:
    with billing_home(tmp_path, "worker_family") as home:
        sync_deployments(deployment_specs(read_clients()), is_dry_run=False, is_forced=True)
        asked = {"stages": [Stage.DENIALS.value]}
        run_deployment("revenue-cycle/worker_family", parameters=asked, timeout=0)
        worker = ("worker", "start", "--pool", WORK_POOL, "--type", "process", "--run-once")
        done = subprocess.run(
            [sys.executable, "-m", "prefect", *worker],
            cwd=tmp_path,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        states = [(run.name.split()[0], run.state_name) for run in flow_runs(home.key)]
        assert ("denials", "Completed") in states, done.stdout + done.stderr
        assert prefect_server.api_url
