"""One Prefect server for all tests here, on SQLite and in a folder of its own."""

import sys
import urllib.request
from collections.abc import Generator

import pytest
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_HOME,
    temporary_settings,
)

from tests.flows.prefect_server import PrefectServer
from workbench.commands.processes import free_port, running

START_SECONDS = 120  # 10 on a quiet machine, and a minute on a busy one


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[PrefectServer]:
    """A server that is ready; this process and those it starts with its variables talk to it."""
    server = PrefectServer(tmp_path_factory.mktemp("prefect"), free_port())
    command = (sys.executable, "-m", "prefect", "server", "start", "--port", str(server.port))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.variables().items():
            patch.setenv(name, value)
        with running(
            "prefect-server",
            (*command, "--host", "127.0.0.1"),
            log_folder=server.logs,
            is_ready=lambda: answers(f"{server.api_url}/ready"),
        ) as child:
            child.wait_until_ready(START_SECONDS)
            settings = {
                PREFECT_API_URL: server.api_url,
                PREFECT_HOME: server.home,
                PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
            }
            with temporary_settings(settings):
                yield server


def answers(url: str) -> bool:
    """Tell whether a page answers; the session's environment is not yet asked for it."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 - our own loopback
            return bool(response.status == 200)
    except OSError:
        return False
