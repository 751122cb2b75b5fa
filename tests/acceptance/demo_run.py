"""``revcycle demo`` as a newcomer runs it: a process, a home, and what it left there."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
REVCYCLE = (sys.executable, "-m", "workbench.commands")
DATABASE_NAME = "revcycle.sqlite3"


@dataclass(frozen=True)
class DemoRun:
    """A home after a run."""

    home: Path
    exit_code: int
    words: str

    def summary(self) -> dict[str, Any]:
        """What it wrote about the day."""
        found: dict[str, Any] = json.loads((self.home / "summary.json").read_text())
        return found

    def rows(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        """Ask the database in plain SQL, which shares no query with what it judges."""
        path = (self.home / DATABASE_NAME).as_uri()
        with closing(sqlite3.connect(f"{path}?mode=ro", uri=True)) as connection:
            return connection.execute(question, values).fetchall()

    def exported(self, direction: str, kind: str) -> list[bytes]:
        """Export files of a kind with the command and read them."""
        folder = self.home.parent / f"{self.home.name}-{kind}"
        revcycle(
            *("files", "export", str(folder), "--direction", direction, "--kind", kind),
            home=self.home,
        )
        return [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]


def run_demo(home: Path, *, encounters: int, seed: int, inboxes: dict[str, Path]) -> DemoRun:
    """Run the demo to its end; a run that hangs is ended with its children."""
    command = [*REVCYCLE, "demo", "--home", str(home)]
    command += ["--encounters", str(encounters), "--seed", str(seed)]
    for client, folder in inboxes.items():
        command += ["--inbox", f"{client}={folder}"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=quiet_environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        words, _ = process.communicate()
    except BaseException:
        process.send_signal(signal.SIGTERM)  # its children end with it
        process.wait()
        raise
    return DemoRun(home, process.returncode, words)


def revcycle(*words: str, home: Path) -> str:
    """Run another command over a home; it must succeed."""
    done = subprocess.run(
        [*REVCYCLE, *words],
        cwd=ROOT,
        env=quiet_environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def quiet_environment(home: Path) -> dict[str, str]:
    """Our environment without the settings of whoever runs the tests."""
    ours = ("REVCYCLE_", "PREFECT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "REVCYCLE_HOME": str(home)}
