"""No server stays behind when the process that started it is killed."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

PATIENCE_SECONDS = 20
PARENT = """
import sys
from pathlib import Path
from workbench.commands.processes import running
command = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]
log = Path(sys.argv[1])
up = lambda: "up" in (log / "sleeper.log").read_text()
with running("sleeper", command, log_folder=log, is_ready=up) as child:
    child.wait_until_ready(20)
    print(child.process.pid, flush=True)
    child.process.wait()
"""
ORPHAN = """
import os
from workbench.commands.processes import die_with
prepare = die_with(os.getpid() + 4_000_000)
prepare()
print("still here", flush=True)
"""


def is_running(pid: int) -> bool:
    """Tell whether it is there and no zombie."""
    with suppress(OSError):
        state = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
        return state not in {"Z", "X"}
    return False


def test_a_child_does_not_outlive_a_parent_that_was_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child_pid = int(parent.stdout.readline())
        assert is_running(child_pid)
        parent.kill()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while is_running(child_pid) and time.monotonic() < deadline:
        os.sched_yield()
    assert not is_running(child_pid)


def test_a_child_whose_parent_is_gone_before_it_could_ask_does_not_start() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ORPHAN], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
