"""Pages served by several processes, as the command starts them."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
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


@dataclass(frozen=True, slots=True)
class Served:
    """A running workbench.

    Attributes:
        beside: How many processes serve beside the first.
    """

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path
    beside: int

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
        return {int(pid) for pid in of_first.read_text().split() if serves(pid)}

    def is_complete(self) -> bool:
        """Whether all processes are there, and somebody answers."""
        assert self.process.poll() is None, self.log.read_text("utf-8")
        return len(self.processes()) == self.beside and self.is_well()


def serves(pid: str) -> bool:
    """Whether a process is there and is not the one that tidies up."""
    try:
        return b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:  # it ended after it was named
        return False


@contextmanager
def serving(database: Path, folder: Path, *, processes: int) -> Generator[Served]:
    """Run the command in a home with a database, until the block ends."""
    home, log_path, port = folder / "home", folder / "workbench.log", free_port()
    home.mkdir()
    shutil.copy(database, home / "revcycle.sqlite3")
    command = [sys.executable, "-c", COMMAND, "--port", str(port), "--processes", str(processes)]
    with (
        log_path.open("ab") as log,
        subprocess.Popen(
            command,
            env={**os.environ, "REVCYCLE_HOME": str(home)},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        served = Served(process, port, log_path, beside=processes if processes > 1 else 0)
        try:
            wait_until(served.is_complete)
            yield served
        finally:
            process.kill()


def test_one_that_dies_is_replaced_and_all_end_with_the_first(
    migrated_database: Path, tmp_path: Path
) -> None:
    with serving(migrated_database, tmp_path, processes=2) as served:
        before = served.processes()
        os.kill(min(before), signal.SIGKILL)
        wait_until(lambda: served.is_complete() and served.processes() != before)
        served.process.kill()
        wait_until(lambda: not is_listening(served.port))


def test_a_single_one_ends_well_when_somebody_ends_it(
    migrated_database: Path, tmp_path: Path
) -> None:
    with serving(migrated_database, tmp_path, processes=1) as served:
        os.killpg(served.process.pid, signal.SIGINT)  # as a terminal does on Ctrl-C
        assert served.process.wait(60) == 0
        assert "Traceback" not in served.log.read_text("utf-8")


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
