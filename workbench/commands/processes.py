"""Child processes of ``demo`` and ``up``: started, waited for, stopped, and never left behind."""

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from models.errors import RejectedError, UnavailableError

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.1
STOP_SECONDS = 20
LIBC = ctypes.CDLL(None)


@dataclass(frozen=True, slots=True)
class Child:
    """A running child process."""

    name: str
    process: "subprocess.Popen[bytes]"
    log_path: Path
    is_ready: Callable[[], bool]

    def wait_until_ready(self, timeout_seconds: float) -> None:
        """Wait until it answers.

        Raises:
            UnavailableError: it ended, or was not ready in time; the text names its log.
        """
        deadline = time.monotonic() + timeout_seconds
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                msg = f"{self.name} did not start; see {self.log_path}"
                raise UnavailableError(msg)
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """Ask it to end, and kill it if it does not."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextmanager
def running(
    name: str, command: Sequence[str], *, log_folder: Path, is_ready: Callable[[], bool]
) -> Generator[Child]:
    """Run a child until the block ends; its output goes to ``<log_folder>/<name>.log``.

    The kernel kills it when we are killed, so that a crash leaves no server behind.
    """
    log_folder.mkdir(parents=True, exist_ok=True)
    log_path = log_folder / f"{name}.log"
    with log_path.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
            list(command),
            env=dict(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches us alone; we stop the children in order
            preexec_fn=die_with(os.getpid()),  # noqa: PLW1509 - nothing but system calls
        )
    child = Child(name, process, log_path, is_ready)
    try:
        yield child
    finally:
        child.stop()


def free_port() -> int:
    """Find a port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_listening(port: int) -> bool:
    """Tell whether somebody accepts connections on a port of the loopback interface."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def require_free(port: int, what: str) -> int:
    """Return the port if it is free.

    Raises:
        RejectedError: something listens there already.
    """
    if is_listening(port):
        msg = f"port {port} for the {what} is in use; stop what uses it or name another"
        raise RejectedError(msg)
    return port


def die_with(parent_pid: int) -> Callable[[], None]:
    """Make what a child calls before its program starts, so that it ends when its parent does.

    The parent may have died before the kernel was told; then nobody would ever end the child.
    """

    def ask_kernel() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent_pid:
            os._exit(1)

    return ask_kernel
