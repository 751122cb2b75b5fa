"""`clients sync` makes Prefect's deployments equal to the client files."""

import os
import subprocess
import sys
from collections.abc import Generator
from dataclasses import replace
from uuid import UUID

import anyio
import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import ObjectNotFound
from prefect.settings import PREFECT_API_URL, temporary_settings

from models.errors import RejectedError, UnavailableError
from tests.architecture.repository import ROOT
from tests.flows.prefect_server import PrefectServer
from workbench.commands.deployments import MANAGED_TAG, DeploymentSpec, SyncPlan, sync_deployments
from workbench.commands.processes import free_port

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("empty_server")]

CYCLE = "flows.revenue_cycle.revenue_cycle_flow"
STATEMENTS = "flows.statements.statements_flow"
PRACTICES = ("aspen", "birch", "cedar")
SPECS = [
    *(
        DeploymentSpec("revenue-cycle", key, CYCLE, "10 6 * * 1-5", "America/Denver")
        for key in PRACTICES
    ),
    *(
        DeploymentSpec("statements", key, STATEMENTS, "40 9 * * 2", "America/Denver")
        for key in PRACTICES
    ),
]
BIRCH = "revenue-cycle/birch"


@pytest.fixture
def empty_server(prefect_server: PrefectServer) -> Generator[PrefectServer]:
    """The server, without the deployments of a test when it is over."""
    yield prefect_server
    anyio.run(delete_all)


async def delete_all() -> None:
    async with get_client() as client:
        for deployment in await client.read_deployments():
            await client.delete_deployment(deployment.id)


def sync(specs: list[DeploymentSpec], *, is_forced: bool = False) -> SyncPlan:
    return sync_deployments(specs, is_dry_run=False, is_forced=is_forced)


def preview(specs: list[DeploymentSpec]) -> SyncPlan:
    return sync_deployments(specs, is_dry_run=True)


def with_cron(cron: str) -> list[DeploymentSpec]:
    return [replace(spec, cron=cron) if spec.name == BIRCH else spec for spec in SPECS]


def read(name: str) -> DeploymentResponse:
    async def ask() -> DeploymentResponse:
        async with get_client() as client:
            return await client.read_deployment_by_name(name)

    return anyio.run(ask)


def names() -> list[str]:
    async def ask() -> list[str]:
        async with get_client() as client:
            return sorted(one.name for one in await client.read_deployments())

    return anyio.run(ask)


async def pause(deployment_id: UUID) -> None:
    async with get_client() as client:
        await client.pause_deployment(deployment_id)


async def switch_schedule_off(deployment: DeploymentResponse) -> None:
    async with get_client() as client:
        schedule_id = deployment.schedules[0].id
        await client.update_deployment_schedule(deployment.id, schedule_id, active=False)


async def edit_schedule(deployment: DeploymentResponse, schedule: CronSchedule) -> None:
    async with get_client() as client:
        schedule_id = deployment.schedules[0].id
        await client.update_deployment_schedule(deployment.id, schedule_id, schedule=schedule)


async def create_by_hand(like: UUID, name: str) -> None:
    async with get_client() as client:
        flow_id = (await client.read_deployment(like)).flow_id
        await client.create_deployment(flow_id=flow_id, name=name, tags=["by-hand"])


def test_a_dry_run_says_everything_and_does_nothing() -> None:
    assert preview(SPECS).create == tuple(sorted(spec.name for spec in SPECS))
    assert names() == []


def test_the_second_run_finds_everything_as_it_should_be() -> None:
    assert len(sync(SPECS).create) == len(SPECS)
    assert sync(SPECS) == SyncPlan(create=(), update=(), delete=(), same=len(SPECS))


def test_a_deployment_has_the_schedule_and_limits_of_its_practice() -> None:
    sync(SPECS)
    birch = read(BIRCH)
    (schedule,) = birch.schedules
    assert schedule.schedule == CronSchedule(cron="10 6 * * 1-5", timezone="America/Denver")
    assert schedule.active
    assert not birch.paused
    assert birch.parameters == {"client_key": "birch"}
    assert birch.enforce_parameter_schema
    assert birch.global_concurrency_limit is not None
    assert birch.global_concurrency_limit.limit == 1
    assert birch.work_pool_name == "revcycle"
    assert set(birch.tags) == {MANAGED_TAG, "client:birch", "stage:revenue-cycle"}


def test_a_changed_cron_updates_that_deployment_and_no_other() -> None:
    sync(SPECS)
    before = read(BIRCH)
    assert sync(with_cron("25 7 * * *")).update == (BIRCH,)
    after = read(BIRCH)
    assert after.id == before.id
    assert [
        one.schedule.cron for one in after.schedules if isinstance(one.schedule, CronSchedule)
    ] == ["25 7 * * *"]


def test_a_schedule_edited_in_prefect_goes_back_to_the_client_file() -> None:
    sync(SPECS)
    anyio.run(edit_schedule, read(BIRCH), CronSchedule(cron="0 3 * * *", timezone="UTC"))
    assert preview(SPECS).update == (BIRCH,)
    sync(SPECS)
    assert preview(SPECS).same == len(SPECS)


def test_an_operators_pause_survives_an_update() -> None:
    sync(SPECS)
    anyio.run(pause, read(BIRCH).id)
    sync(with_cron("25 7 * * *"))
    assert read(BIRCH).paused


def test_a_schedule_that_was_switched_off_stays_off_and_pauses_nothing_else() -> None:
    sync(SPECS)
    anyio.run(switch_schedule_off, read(BIRCH))
    sync(with_cron("25 7 * * *"))
    assert [one.active for one in read(BIRCH).schedules] == [False]
    assert not read(BIRCH).paused


def test_the_deployments_of_a_practice_that_left_go_and_others_stay() -> None:
    sync(SPECS)
    anyio.run(create_by_hand, read(BIRCH).id, "made-by-hand")
    plan = sync([spec for spec in SPECS if spec.client_key != "cedar"], is_forced=True)
    assert plan.delete == ("revenue-cycle/cedar", "statements/cedar")
    assert names() == ["aspen", "aspen", "birch", "birch", "made-by-hand"]


def test_more_than_a_fifth_is_deleted_only_by_force() -> None:
    sync(SPECS)
    fewer = [spec for spec in SPECS if spec.client_key != "cedar"]
    with pytest.raises(RejectedError, match="2 of 6 deployments would be deleted; use --force"):
        sync(fewer)
    assert len(names()) == len(SPECS)
    assert len(preview(fewer).delete) == 2


def test_one_of_six_is_deleted_without_force() -> None:
    sync(SPECS)
    assert sync(SPECS[:-1]).delete == ("statements/cedar",)


def test_what_somebody_made_by_hand_is_not_replaced() -> None:
    sync(SPECS[:1])
    anyio.run(create_by_hand, read("revenue-cycle/aspen").id, "birch")
    with pytest.raises(RejectedError, match="revenue-cycle/birch was not made by us"):
        sync(SPECS)
    assert read(BIRCH).tags == ["by-hand"]


def test_a_server_that_does_not_answer_is_an_outage() -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/api"
    with (
        temporary_settings({PREFECT_API_URL: nowhere}),
        pytest.raises(UnavailableError, match="does not answer"),
    ):
        preview(SPECS)


def test_prefect_takes_the_file_and_sync_takes_its_deployments_over() -> None:
    sync(SPECS[:1])  # the work pool
    deployed = subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"],
        cwd=ROOT,
        env={**os.environ, "PWD": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    lakeside = read("revenue-cycle/lakeside_family")
    assert lakeside.entrypoint == CYCLE
    assert lakeside.pull_steps == [
        {"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}
    ]
    taken_over = replace(SPECS[0], client_key="lakeside_family")
    assert preview([*SPECS[:1], taken_over]).update == ("revenue-cycle/lakeside_family",)
    with pytest.raises(ObjectNotFound):
        read("revenue-cycle/_example")
