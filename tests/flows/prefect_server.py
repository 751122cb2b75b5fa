"""Where the tests' Prefect server keeps things, and what its database holds."""

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from workbench.commands.prefect_environment import prefect_variables

DATABASE = "prefect.db"


@dataclass(frozen=True, slots=True)
class PrefectServer:
    """A server on the loopback interface that keeps everything in one folder."""

    folder: Path
    port: int

    @property
    def home(self) -> Path:
        """PREFECT_HOME of the server and of everything that talks to it."""
        return self.folder / "home"

    @property
    def logs(self) -> Path:
        """What the server wrote to its output."""
        return self.folder / "logs"

    @property
    def api_url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}/api"

    def variables(self) -> dict[str, str]:
        """Say what the environment must hold; the logs are as talkative as they can be."""
        return {
            **prefect_variables(self.folder),
            "PREFECT_HOME": str(self.home),
            "PREFECT_API_URL": self.api_url,
            "PREFECT_LOGGING_LEVEL": "DEBUG",
            "PREFECT_SERVER_LOGGING_LEVEL": "INFO",
        }

    def places_of(self, words: Sequence[str]) -> list[str]:
        """List where any of the words stands: columns of the database, logs, names of files."""
        return [*self._columns_with(words), *files_with(self.logs, words), *self._names(words)]

    def _columns_with(self, words: Sequence[str]) -> Generator[str]:
        database = f"file:{self.home / DATABASE}?mode=ro"
        with closing(sqlite3.connect(database, uri=True)) as connection:
            for table, column in list(_columns(connection)):
                values = connection.execute(f'SELECT "{column}" FROM "{table}"')  # noqa: S608 - its own names
                if any(holds(value, words) for (value,) in values):
                    yield f"{table}.{column}"

    def _names(self, words: Sequence[str]) -> Generator[str]:
        for path in self.home.rglob("*"):
            name = str(path.relative_to(self.home))
            if holds(name, words):
                yield f"name {name}"
            if path.is_file() and not name.startswith(DATABASE) and files_with(path, words):
                yield f"file {name}"


def _columns(connection: sqlite3.Connection) -> Generator[tuple[str, str]]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    for (table,) in list(tables):
        for _, column, *_ in connection.execute(f'PRAGMA table_info("{table}")'):
            yield table, column


def files_with(folder: Path, words: Sequence[str]) -> list[str]:
    """List the files in a folder, or the file itself, that hold any of the words."""
    files = [folder] if folder.is_file() else [one for one in folder.rglob("*") if one.is_file()]
    return [f"file {file.name}" for file in files if holds(file.read_bytes(), words)]


def holds(value: object, words: Sequence[str]) -> bool:
    """Look for words in a value of any type, whatever their case."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    lower = text.lower()
    return any(word.lower() in lower for word in words)
