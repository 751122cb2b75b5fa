"""What the workbench asks of Prefect, against a server that answers as Prefect does."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar
from uuid import UUID

import pytest

from models.errors import NotFoundError, UnavailableError
from revcycle.connectors.prefect_api import PrefectApi

DEPLOYMENT = "01998f00-0000-7000-8000-0000000000d1"
RUN = "01998f00-0000-7000-8000-000000000001"


def a_run(number: int, name: str, state: str = "COMPLETED") -> dict[str, object]:
    return {
        "id": f"01998f00-0000-7000-8000-{number:012d}",
        "name": name,
        "state_type": state,
        "state_name": state.title(),
        "start_time": f"2026-11-20T17:00:{number:02d}+00:00",
    }


class PrefectLike(BaseHTTPRequestHandler):
    """Answers the three questions, and remembers them."""

    asked: ClassVar[list[tuple[str, dict[str, object]]]] = []
    runs: ClassVar[list[dict[str, object]]] = []

    def do_GET(self) -> None:
        is_known = self.path == "/api/deployments/name/revenue-cycle/lakeside"
        self._answer(200 if is_known else 404, {"id": DEPLOYMENT})

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, question))
        runs = self.runs if self.path == "/api/flow_runs/filter" else {"id": RUN}
        self._answer(200, runs)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base
        """Say nothing."""

    def _answer(self, status: int, answer: object) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def prefect_like() -> Generator[str]:
    """Serve on this machine; give the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), PrefectLike) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def api() -> Generator[PrefectApi]:
    """Prefect, with two cycles of one practice and runs that are nobody's."""
    PrefectLike.asked = []
    PrefectLike.runs = [
        a_run(4, "submission lakeside 2026-11-20", "RUNNING"),
        a_run(3, "revenue-cycle lakeside 2026-11-20"),
        a_run(2, "brave-otter"),
        a_run(1, "submission lakeside 2026-11-19", "FAILED"),
    ]
    with prefect_like() as address:
        yield PrefectApi(f"{address}/")


def test_the_last_run_of_each_stage_is_listed_with_its_state(api: PrefectApi) -> None:
    found = {run.flow: run for run in api.list_latest_runs()}
    assert set(found) == {"submission", "revenue-cycle"}
    submission = found["submission"]
    assert (submission.client_key, submission.day) == ("lakeside", "2026-11-20")
    assert (submission.state_type, submission.state_name) == ("RUNNING", "Running")
    assert submission.began_at == datetime(2026, 11, 20, 17, 0, 4, tzinfo=UTC)
    assert api.link_to(submission.id) == f"{api.address}/runs/flow-run/{submission.id}"


def test_two_looks_within_a_moment_are_one_question(api: PrefectApi) -> None:
    assert api.list_latest_runs() == api.list_latest_runs()
    assert len(PrefectLike.asked) == 1


def test_a_double_click_asks_for_the_same_run(api: PrefectApi) -> None:
    for _ in range(2):
        assert api.start_cycle("lakeside", ["posting"], once="abc") == UUID(RUN)
    path, question = PrefectLike.asked[0]
    assert path == f"/api/deployments/{DEPLOYMENT}/create_flow_run"
    assert question == {
        "parameters": {"client_key": "lakeside", "stages": ["posting"]},
        "idempotency_key": "run-now:lakeside:abc",
    }
    assert PrefectLike.asked[1] == PrefectLike.asked[0]


def test_a_whole_cycle_names_no_stages(api: PrefectApi) -> None:
    api.start_cycle("lakeside", [], once="abc")
    assert PrefectLike.asked[0][1]["parameters"] == {"client_key": "lakeside"}


def test_a_practice_without_a_deployment_is_said_to_have_none(api: PrefectApi) -> None:
    with pytest.raises(NotFoundError, match="clients sync"):
        api.start_cycle("elsewhere", [], once="abc")


def test_a_server_that_is_down_is_said_to_be_silent() -> None:
    api = PrefectApi("http://127.0.0.1:9")  # nobody listens on the discard port
    for _ in range(2):
        with pytest.raises(UnavailableError, match="does not answer"):
            api.list_latest_runs()
    with pytest.raises(UnavailableError, match="does not answer"):
        api.start_cycle("lakeside", [], once="abc")
