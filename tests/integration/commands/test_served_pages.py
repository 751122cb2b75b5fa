"""Pages served by several processes, as the command starts them."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
import typer
from typer.testing import CliRunner

from models.errors import NotFoundError
from revcycle.settings import settings
from tests.integration.sandbox.sandbox_process import wait_until
from workbench.commands.processes import free_port, is_listening
from workbench.commands.web import workbench

# What `revcycle workbench` runs, without the other commands.
COMMAND = "import typer; from workbench.commands.web import workbench; typer.run(workbench)"
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Served:
    """A running workbench."""

    process: "subprocess.Popen[bytes]"
    port: int

    def is_well(self) -> bool:
        """Whether it answers; a connection may fall to a process that just died."""
        try:
            answer = httpx2.get(f"http://127.0.0.1:{self.port}/healthz")
        except httpx2.TransportError:
            return False
        return answer.status_code == 200

    def processes(self) -> set[int]:
        """The processes beside the first that serve, without the one that tidies up."""
        of_first = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {
            int(pid)
            for pid in of_first.read_text().split()
            if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()
        }

    def is_complete(self) -> bool:
        """Whether all processes are there, and somebody answers."""
        return len(self.processes()) == PROCESSES and self.is_well()


@pytest.fixture
def served(migrated_database: Path, tmp_path: Path) -> Generator[Served]:
    """The command in a home with a database, from which two processes serve."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(migrated_database, home / "revcycle.sqlite3")
    port = free_port()
    command = [sys.executable, "-c", COMMAND, "--port", str(port), "--processes", str(PROCESSES)]
    with (
        (tmp_path / "workbench.log").open("ab") as log,
        subprocess.Popen(
            command,
            env={**os.environ, "REVCYCLE_HOME": str(home)},
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        served = Served(process, port)
        try:
            wait_until(served.is_complete)
            yield served
        finally:
            process.kill()


def test_one_that_dies_is_replaced_and_all_end_with_the_first(served: Served) -> None:
    before = served.processes()
    os.kill(min(before), signal.SIGKILL)
    wait_until(lambda: served.is_complete() and served.processes() != before)
    served.process.kill()
    wait_until(lambda: not is_listening(served.port))


def test_a_workbench_without_a_database_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVCYCLE_HOME", str(tmp_path / "empty"))
    settings.cache_clear()
    commands = typer.Typer()
    commands.command()(workbench)
    result = CliRunner().invoke(commands, ["--port", str(free_port())])
    assert isinstance(result.exception, NotFoundError)
    assert "revcycle db upgrade" in str(result.exception)
