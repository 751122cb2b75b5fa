"""Automations on a real server: made once, told of what goes wrong, and history that ends."""

import json
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread
from typing import ClassVar

import pytest
from prefect.client.orchestration import get_client
from prefect.events.schemas.automations import Automation
from prefect.states import Failed
from pydantic import SecretStr

from tests.flows.prefect_server import PrefectServer
from workbench.commands.automations import MARK, automation_specs, sync_automations
from workbench.commands.deployments import DeploymentSpec, SyncPlan, sync_deployments

pytestmark = pytest.mark.prefect

WAIT_SECONDS = 120  # an alert comes within a second, on a busy machine later
NOWHERE = SecretStr("")
ELSEWHERE = SecretStr("http://127.0.0.1:9/alerts")
NAMES = tuple(sorted(one.name for one in automation_specs(None)))
ASPEN = DeploymentSpec(
    "statements", "aspen", "flows.statements.statements_flow", "40 9 * * 2", "America/Denver"
)


class ChatRoom(BaseHTTPRequestHandler):
    """Takes what is posted."""

    posted: ClassVar[Queue[str]] = Queue()

    def do_POST(self) -> None:
        self.posted.put(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base
        """Say nothing."""


@contextmanager
def chat_room() -> Generator[SecretStr]:
    """Listen on this machine; give the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), ChatRoom) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield SecretStr(f"http://127.0.0.1:{server.server_address[1]}/room")
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def without_automations(prefect_server: PrefectServer) -> Generator[None]:
    """Leave none of ours behind."""
    assert prefect_server.api_url
    yield
    with get_client(sync_client=True) as client:
        for one in ours():
            client.delete_automation(one.id)


def ours() -> list[Automation]:
    with get_client(sync_client=True) as client:
        found = [one for one in client.read_automations() if one.name.startswith(MARK)]
    return sorted(found, key=lambda one: one.name)


def sync(alert_url: SecretStr = NOWHERE) -> SyncPlan:
    return sync_automations(alert_url, is_dry_run=False)


def test_they_are_made_once_and_a_dry_run_makes_none() -> None:
    assert sync_automations(NOWHERE, is_dry_run=True).create == NAMES
    assert ours() == []
    assert sync().create == NAMES
    assert sync() == SyncPlan(create=(), update=(), delete=(), same=len(NAMES))
    assert tuple(one.name for one in ours()) == NAMES


def test_what_an_operator_switched_off_stays_off_and_what_is_ours_no_more_goes() -> None:
    sync()
    with get_client(sync_client=True) as client:
        for one in ours():
            client.pause_automation(one.id)
        old = automation_specs(None)[0].model_copy(update={"name": f"{MARK}of another version"})
        client.create_automation(old)
    plan = sync(ELSEWHERE)
    assert plan.delete == (f"{MARK}of another version",)
    assert plan.update == (f"{MARK}a run failed", f"{MARK}a run is late")
    assert [one.enabled for one in ours()] == [False] * len(NAMES)


def test_a_failed_run_is_told_of_once_by_practice_and_flow() -> None:
    with chat_room() as address:
        sync(address)
        sync_deployments([ASPEN], is_dry_run=False, is_forced=True)
        try:
            with get_client(sync_client=True) as client:
                deployment = client.read_deployment_by_name("statements/aspen")
                run = client.create_flow_run_from_deployment(deployment.id)
                client.set_flow_run_state(run.id, Failed(message="posting failed"), force=True)
            said = json.loads(ChatRoom.posted.get(timeout=WAIT_SECONDS))["text"]
        finally:
            sync_deployments([], is_dry_run=False, is_forced=True)
    assert said.startswith(f"statements/aspen ended badly: {run.name} http")
    assert str(run.id) in said
    assert ChatRoom.posted.empty()


def test_where_alerts_go_is_forgotten_when_nobody_wants_them() -> None:
    sync(ELSEWHERE)
    plan = sync()
    assert plan.update == (f"{MARK}a run failed", f"{MARK}a run is late")
    assert {action.type for one in ours() for action in one.actions} == {
        "change-flow-run-state",
        "do-nothing",
    }


def test_prefect_forgets_old_runs_and_events(prefect_server: PrefectServer) -> None:
    with urllib.request.urlopen(f"{prefect_server.api_url}/admin/settings") as answer:  # noqa: S310 - our own loopback
        server = json.load(answer)["server"]
    vacuum = server["services"]["db_vacuum"]
    assert set(vacuum["enabled"]) == {"events", "flow_runs"}
    assert vacuum["retention_period"] == "P30D"
    assert server["events"]["retention_period"] == "P2D"
