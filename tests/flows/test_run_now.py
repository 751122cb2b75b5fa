"""Runs that a person starts and runs of the night, on a real server and with a real worker."""

import re
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName
from prefect.client.schemas.objects import FlowRun
from starlette.testclient import TestClient

from models.values.access import Role
from revcycle.connectors.code_book import _path
from revcycle.rules.suggestions.stored import write_book
from revcycle.settings import settings
from tests.flows.billing_home import BillingHome, billing_home
from tests.flows.prefect_server import PrefectServer
from tests.pages.browser import browser_tests, chromium, open_desk, serving
from tests.pages.conftest import ADDRESS
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.people import KEY as SEAL
from tests.people import NOON, Colleague, join
from tests.unit.rules.suggestions.small_book import small_book
from workbench.commands.deployments import WORK_POOL, deployment_specs, sync_deployments
from workbench.commands.practices import read_clients
from workbench.pages.app import create_app
from workbench.pages.board.prefect_runs import prefect_at

__all__ = ["chromium"]
pytestmark = pytest.mark.prefect

KEY = "clicking_family"
STAGES = f"/stages?client={KEY}"
CYCLE_FORM = re.compile(r'name="once" value="([^"]+-cycle)"')


@dataclass(frozen=True, slots=True)
class Office:
    """A practice with deployments, and the workbench that knows where Prefect is."""

    home: BillingHome
    prefect_url: str

    def app(self) -> FastAPI:
        """Make the workbench, at noon."""
        return create_app(
            settings().database, key=SEAL, prefect_url=self.prefect_url, now=lambda: NOON
        )

    def manager(self, login: str) -> Colleague:
        """Hire another manager: it is always noon, when each signs in once."""
        return join(settings().database, login, [Role.MANAGER])

    def asked_for(self) -> dict[str, FlowRun]:
        """Map idempotency keys to the runs that people asked for."""
        of_practice = DeploymentFilter(name=DeploymentFilterName(any_=[KEY]))
        with get_client(sync_client=True) as client:
            runs = client.read_flow_runs(deployment_filter=of_practice)
        return {str(run.idempotency_key): run for run in runs if is_asked_for(run)}

    def work_once(self) -> None:
        """Let a worker run everything that is due, and end."""
        worker = ("worker", "start", "--pool", WORK_POOL, "--type", "process", "--run-once")
        done = subprocess.run(
            [sys.executable, "-m", "prefect", *worker],
            cwd=self.home.folder,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def is_asked_for(run: FlowRun) -> bool:
    return (run.idempotency_key or "").startswith("run-now:")


@pytest.fixture(scope="module")
def office(
    prefect_server: PrefectServer, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Office]:
    with billing_home(tmp_path_factory.mktemp("clicking"), KEY) as home:
        book = _path(settings().home)
        book.parent.mkdir()
        book.write_bytes(write_book(small_book()))
        sync_deployments(deployment_specs(read_clients()), is_dry_run=False, is_forced=True)
        office = Office(home, prefect_server.api_url.removesuffix("/api"))
        yield office
        prefect_at(office.prefect_url).close()
        sync_deployments([], is_dry_run=False, is_forced=True)


def test_the_same_form_twice_is_one_run_and_a_new_form_another(office: Office) -> None:
    with TestClient(office.app(), base_url=ADDRESS) as visitor:
        sign_in_by_form(visitor, office.manager("mia"))
        for sent in (2, 1):
            page = visitor.get(STAGES).text
            once = CYCLE_FORM.search(page)
            assert once
            form = {"form_token": form_token_of(page), "once": once[1], "stage": "denials"}
            for _ in range(sent):
                answer = visitor.post(f"/stages/{KEY}/run", data=form)
                assert "Look at the run in Prefect" in answer.text
    runs = office.asked_for().values()
    assert [(run.state_name, run.parameters["stages"]) for run in runs] == [
        ("Scheduled", ["denials"])
    ] * 2


def test_a_form_without_its_word_starts_nothing(office: Office) -> None:
    """Else it would be the same run for ever."""
    before = office.asked_for().keys()
    with TestClient(office.app(), base_url=ADDRESS) as visitor:
        sign_in_by_form(visitor, office.manager("max"))
        form = {"form_token": form_token_of(visitor.get(STAGES).text), "stage": "denials"}
        assert visitor.post(f"/stages/{KEY}/run", data=form).status_code == 409
    assert office.asked_for().keys() == before


def test_a_worker_runs_what_was_asked_for_and_the_night_and_the_board_shows_both(
    office: Office,
) -> None:
    with get_client(sync_client=True) as client:
        learning = client.read_deployment_by_name(f"suggestions/{KEY}")
        client.create_flow_run_from_deployment(learning.id)
    office.work_once()
    with TestClient(office.app(), base_url=ADDRESS) as visitor:
        sign_in_by_form(visitor, office.manager("mel"))
        board = visitor.get(f"/board?client={KEY}").text
    runs = board[board.index('class="runs"') :]
    row = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", runs[: runs.index("</table>")]))
    assert "Suggestions" in row
    assert row.count("Completed") == 3  # the cycle, its one stage, the learning


@browser_tests[0]
@browser_tests[1]
def test_a_person_who_clicks_twice_has_started_one_run(office: Office, chromium: Browser) -> None:
    before = office.asked_for().keys()
    with serving(office.app()) as address:
        desk = open_desk(chromium, address)
        page = desk.sign_in(office.manager("may"), STAGES)
        page.get_by_role("button", name=re.compile("Run now ?: Posting of")).dblclick()
        page.get_by_role("link", name="Look at the run in Prefect").wait_for()
        desk.context.close()
    started = [run for key, run in office.asked_for().items() if key not in before]
    assert [run.parameters["stages"] for run in started] == [["posting"]]
    assert desk.complaints == []
