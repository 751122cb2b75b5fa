"""``revcycle demo`` as a process of its own, killed from outside."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from workbench.commands.processes import die_with

ROOT = Path(__file__).resolve().parents[2]
MARK = "REVCYCLE_CRASH_TEST"  # inherited by every child, wherever the kernel hangs it
GRACE_SECONDS = 10  # a killed process is gone at once, a busy machine notices later
POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Ended:
    """How one run ended: by our hand with ``code`` None, or by itself."""

    code: int | None
    seconds: float
    doing: str  # the last thing it said
    survivors: int


@dataclass(frozen=True)
class DemoProcess:
    """Runs the demo over one home, as often as wanted."""

    home: Path
    encounters: int
    seed: int

    def run(self, kill_after: float | None = None) -> Ended:
        """Run to the end, or kill it after so many seconds and see that no child outlives it."""
        mark = uuid4().hex
        self.home.mkdir(parents=True, exist_ok=True)
        words_path = self.home.parent / f"{self.home.name}.log"
        command = [sys.executable, "-m", "workbench.commands", "demo", "--home", str(self.home)]
        command += ["--encounters", str(self.encounters), "--seed", str(self.seed)]
        started = time.monotonic()
        with words_path.open("ab") as words:  # what came before a kill is kept
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, MARK: mark},
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                start_new_session=True,
                preexec_fn=die_with(os.getpid()),  # noqa: PLW1509 - nothing but system calls
            )
        try:
            code: int | None = process.wait(kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            code = None
        except BaseException:
            process.terminate()  # Ctrl-C: it stops its children itself
            process.wait()
            raise
        seconds = time.monotonic() - started
        return Ended(code, seconds, _last_words(words_path), _end_survivors(mark))

    def verify(self) -> list[str]:
        """Ask ``revcycle verify --json``; return what it finds violated."""
        answer = subprocess.run(
            [sys.executable, "-m", "workbench.commands", "verify", "--json"],
            cwd=ROOT,
            env={**os.environ, "REVCYCLE_HOME": str(self.home.resolve())},
            capture_output=True,
            check=False,
        )
        rows = json.loads(answer.stdout or b"[]")
        violations = [f"verify {row['id']}: {one}" for row in rows for one in row["violations"]]
        if not rows or (answer.returncode and not violations):
            violations.append(f"verify gave no answer, exit code {answer.returncode}")
        return violations


def _last_words(path: Path) -> str:
    lines = [line for line in path.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else "nothing said yet"


def _end_survivors(mark: str) -> int:
    """Count what still runs with our mark after a moment's grace, and end it."""
    deadline = time.monotonic() + GRACE_SECONDS
    while (left := _marked(mark)) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(left)


def _marked(mark: str) -> list[int]:
    """Find processes by their environment; a zombie has none."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                if wanted in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
    return found
