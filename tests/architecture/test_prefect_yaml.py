"""prefect.yaml says what the client files say, by module entrypoints."""

import os
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml  # type: ignore[import-untyped] # comes with Prefect, without types
from prefect import Flow

from models.documents.client_config import ClientConfig
from revcycle.client_config import list_client_folders, read_client_config
from tests.architecture.repository import ROOT
from workbench.commands.deployments import (
    ENTRYPOINTS,
    MANAGED_TAG,
    REVENUE_CYCLE,
    SAMPLES_MARK,
    WORK_POOL,
    deployment_specs,
    sample_entries,
)
from workbench.commands.prefect_environment import prefect_variables

CYCLE = ENTRYPOINTS[REVENUE_CYCLE]
PREFECT_YAML = ROOT / "prefect.yaml"
DAYS_OF_A_YEAR = 366


@pytest.fixture(scope="module")
def clients() -> list[ClientConfig]:
    return [read_client_config(folder) for folder in list_client_folders(ROOT / "client_configs")]


@pytest.fixture
def deployments() -> list[dict[str, Any]]:
    entries = yaml.safe_load(PREFECT_YAML.read_text(encoding="utf-8"))["deployments"]
    assert isinstance(entries, list)
    return entries


def entrypoints_of_files(text: str) -> list[str]:
    entries = yaml.safe_load(text)["deployments"]
    return [one["entrypoint"] for one in entries if ".py:" in one["entrypoint"]]


def test_the_samples_are_what_the_client_files_say(clients: list[ClientConfig]) -> None:
    """``REVCYCLE_REWRITE=1`` writes them anew."""
    text = PREFECT_YAML.read_text(encoding="utf-8")
    by_hand, mark, samples = text.partition(SAMPLES_MARK)
    wanted = sample_entries(deployment_specs(clients))
    if os.environ.get("REVCYCLE_REWRITE"):
        PREFECT_YAML.write_text(by_hand + SAMPLES_MARK + wanted, encoding="utf-8")
        return
    assert mark
    assert samples == wanted


def test_no_entrypoint_is_a_file() -> None:
    assert entrypoints_of_files(PREFECT_YAML.read_text(encoding="utf-8")) == []


def test_an_entrypoint_that_is_a_file_is_noticed() -> None:
    text = 'deployments: [{name: x, entrypoint: "flows/intake.py:intake_flow"}]'
    assert entrypoints_of_files(text) == ["flows/intake.py:intake_flow"]


def test_every_entrypoint_is_a_flow(
    deployments: list[dict[str, Any]], clients: list[ClientConfig]
) -> None:
    named = {one["entrypoint"] for one in deployments}
    named |= {spec.entrypoint for spec in deployment_specs(clients)}
    found = {}
    for entrypoint in named:
        module, _, attribute = entrypoint.rpartition(".")
        found[entrypoint] = isinstance(getattr(import_module(module), attribute), Flow)
    assert found == dict.fromkeys(named, True)


def test_every_deployment_runs_in_the_shared_pool(deployments: list[dict[str, Any]]) -> None:
    assert [one["name"] for one in deployments if one["work_pool"]["name"] != WORK_POOL] == []


def test_each_sample_belongs_to_one_practice(
    deployments: list[dict[str, Any]], clients: list[ClientConfig]
) -> None:
    samples = [one for one in deployments if MANAGED_TAG in one["tags"]]
    cycles = [one["parameters"]["client_key"] for one in samples if one["entrypoint"] == CYCLE]
    assert cycles == [one.key for one in clients]
    assert {one["parameters"]["client_key"] for one in samples} == set(cycles)


def test_no_sample_runs_twice_at_once(deployments: list[dict[str, Any]]) -> None:
    samples = [one for one in deployments if MANAGED_TAG in one["tags"]]
    assert {one["concurrency_limit"] for one in samples} == {1}


def test_a_practice_whose_key_looks_like_another_type_stays_text(
    clients: list[ClientConfig],
) -> None:
    odd = clients[0].model_copy(update={"key": "on"})
    entries = yaml.safe_load(sample_entries(deployment_specs([odd])).replace("*pool", "pool"))
    assert {one["name"] for one in entries} == {"on"}


def test_the_how_to_names_every_variable_of_the_demos_server() -> None:
    page = (ROOT / "docs" / "how-to" / "run-with-prefect.md").read_text(encoding="utf-8")
    of_demo = {"PREFECT_HOME", "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"}
    wanted = {
        f"{name}={value}" for name, value in prefect_variables(ROOT).items() if name not in of_demo
    }
    assert {one for one in wanted if one not in page} == set()


def test_no_two_cycles_start_in_the_same_minute(clients: list[ClientConfig]) -> None:
    starts = {client.key: cycle_starts(client) for client in clients}
    together = [(one, two) for one, two in combinations(starts, 2) if starts[one] & starts[two]]
    assert together == []


def cycle_starts(client: ClientConfig) -> set[datetime]:
    """Say when the cycle could start in a year, in UTC; days of the week are left aside."""
    minute, hour, *_ = client.schedules.cycle.split()
    zone = ZoneInfo(client.practice.time_zone)
    first = datetime(2026, 1, 1, int(hour), int(minute), tzinfo=zone)
    return {(first + timedelta(days=day)).astimezone(UTC) for day in range(DAYS_OF_A_YEAR)}
