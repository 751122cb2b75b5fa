"""What every answer of the workbench holds to, whatever is asked."""

import pytest
import typer
from starlette.testclient import TestClient
from typer.testing import CliRunner

from models.errors import RejectedError
from models.states.work_item import Queue
from tests.pages.page_examples import add_practice, items_in, without_own_scripts
from workbench.commands.web import workbench

commands = typer.Typer()
commands.command()(workbench)

PAGES = ("/", "/queues/coding", "/mails", "/healthz", "/static/workbench.css", "/nowhere")


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_run_kept_framed_or_told(visitor: TestClient, address: str) -> None:
    headers = visitor.get(address).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    if not address.startswith("/static/"):
        assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", ["/", "/queues/coding", "/mails", "/healthz"])
def test_nothing_can_be_changed(visitor: TestClient, method: str, address: str) -> None:
    assert visitor.request(method, address).status_code == 405


def test_a_name_of_the_internet_that_leads_here_is_refused(visitor: TestClient) -> None:
    answer = visitor.get("/", headers={"Host": "rebound.example"})
    assert answer.status_code == 400
    assert "Queues" not in answer.text


def test_a_page_has_no_script_but_ours_no_inline_style_and_no_address_elsewhere(
    visitor: TestClient, database_url: str
) -> None:
    add_practice(database_url, "lakeside", items_in(Queue.CODING, 60))
    add_practice(database_url, "summit", items_in(Queue.CODING, 1))
    for address in PAGES[:3]:
        page = without_own_scripts(visitor.get(address).text)
        for forbidden in ("<script", "style=", "onclick", "http://", "https://", "//cdn"):
            assert forbidden not in page, (address, forbidden)


def test_the_workbench_is_healthy_when_its_database_answers(visitor: TestClient) -> None:
    assert visitor.get("/healthz").json() == {"status": "ok", "practices": 0}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "rebound.example"])  # noqa: S104 - what is refused
def test_the_command_binds_to_this_machine_only(host: str) -> None:
    result = CliRunner().invoke(commands, ["--host", host])
    assert isinstance(result.exception, RejectedError)


def test_the_command_links_to_web_addresses_only() -> None:
    result = CliRunner().invoke(commands, ["--prefect-url", "javascript:alert(1)"])
    assert isinstance(result.exception, RejectedError)
