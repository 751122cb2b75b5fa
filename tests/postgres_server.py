"""A PostgreSQL server of one's own, for the length of a test session."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

INSTALLATIONS = Path("/usr/lib/postgresql")
HOW_TO_INSTALL = "PostgreSQL is missing; on Debian: apt-get install postgresql"
SERVER_ACCOUNT = "postgres"  # the package makes it; the server refuses to run as root
APP_ROLE = "revcycle_app"
START_SECONDS = 60
# A session's data need not survive a power loss; the socket is the only way in.
SERVER_OPTIONS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "",
    "shared_buffers": "32MB",
    "max_connections": "40",
    "timezone": "UTC",
}
NO_OTHERS: Mapping[str, str] = {}
DISK = Path("/tmp")  # noqa: S108 - a folder of our own is made in it
# A copy of our database is a thousand files: half a second on a disk, a fiftieth in memory.
MEMORY = Path("/dev/shm")  # noqa: S108 - the same
ROOM_BYTES = 2 << 30  # a container may have 64 MB of it, which is not enough


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server. Whoever owns the account may do everything, ``APP_ROLE`` may not."""

    socket_folder: Path

    def url(self, database: str, role: str = APP_ROLE) -> str:
        """Write the address of a database as SQLAlchemy takes it."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.socket_folder}"

    def execute(self, *statements: str) -> None:
        """Run statements as the administrator, each by itself: databases know no transaction."""
        engine = create_engine(self.url("postgres", SERVER_ACCOUNT), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()


def find_programs() -> Path | None:
    """Find the folder with ``initdb``, of the newest version that is installed."""
    folders = [path.parent for path in INSTALLATIONS.glob("*/bin/initdb")]
    return max(folders, key=lambda folder: int(folder.parent.name), default=None)


def reason_to_skip() -> str:
    """Say why no server can be started here; nothing when one can."""
    if find_programs() is None:
        return HOW_TO_INSTALL
    if os.geteuid() == 0 and not _has_account():
        return f"PostgreSQL does not run as root and there is no account {SERVER_ACCOUNT}"
    return ""


def roomiest_folder() -> Path:
    """Name where data live that need not outlive the machine: in memory, if it has room."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM_BYTES:
        return DISK
    return MEMORY


@contextmanager
def running_postgres(
    options: Mapping[str, str] = NO_OTHERS, *, where: Path = DISK
) -> Generator[PostgresServer]:
    """Run a new server until the block ends, and leave nothing of it behind.

    Args:
        options: What is to be otherwise than in ``SERVER_OPTIONS``.
        where: The folder in which it keeps its data.
    """
    programs = find_programs()
    assert programs is not None, "the caller asked reason_to_skip"
    # Not pytest's folder: the path of a socket may have 107 characters, and not all is readable.
    folder = Path(tempfile.mkdtemp(prefix="revcycle-pg-", dir=where))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, SERVER_ACCOUNT)
        _start(programs, folder, {**SERVER_OPTIONS, **options})
        try:
            yield PostgresServer(folder)
        finally:
            _run([programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder)


def _start(programs: Path, folder: Path, options: Mapping[str, str]) -> None:
    data = folder / "data"
    _run([programs / "initdb", "-D", data, "-U", SERVER_ACCOUNT, "--auth=trust", "-N"], folder)
    lines = [f"{name} = '{value}'" for name, value in options.items()]
    lines.append(f"unix_socket_directories = '{folder}'")
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write("\n".join(lines) + "\n")
    waiting: list[str | Path] = ["-l", folder / "log", "-t", str(START_SECONDS), "-w"]
    _run([programs / "pg_ctl", "-D", data, *waiting, "start"], folder)


def _run(command: Sequence[str | Path], folder: Path) -> None:
    """Run a program of the server, never as root; its output ends in the error if it fails."""
    account = {"user": SERVER_ACCOUNT, "group": SERVER_ACCOUNT} if os.geteuid() == 0 else {}
    output = folder / "output"
    with output.open("ab") as stream:
        result = subprocess.run(  # type: ignore[call-overload] # user and group come as a dict
            command,
            stdout=stream,
            stderr=stream,
            cwd=folder,
            check=False,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            **account,
        )
    if result.returncode:
        msg = f"{command[0]} failed:\n{output.read_text()}"
        raise RuntimeError(msg)


def _has_account() -> bool:
    try:
        pwd.getpwnam(SERVER_ACCOUNT)
    except KeyError:
        return False
    return True
