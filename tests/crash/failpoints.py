"""Points at which a process may be stopped: around every commit, before every touch of a file."""

import os
import signal
import sys
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlmodel import Session

BEFORE_COMMIT = "before commit"
AFTER_COMMIT = "after commit"
AFTER_SAVEPOINT = "after a savepoint"
FILE_EVENTS = {
    "open": "before opening a file",
    "os.link": "before a final name",
    "os.remove": "before removing a name",
    "os.rename": "before a rename",
}


class Failpoints:
    """Counts the points a process passes and sends it a signal at the chosen one.

    After a touch of a file is before the next one, or before a commit.
    """

    def __init__(self, *folders: str) -> None:
        """Watch commits everywhere, and files below ``folders`` only."""
        self.trail: list[str] = []
        self._folders = folders
        self._stop_at: int | None = None
        self._signal = signal.SIGKILL
        event.listen(Engine, "commit", self._before_commit)
        event.listen(Session, "after_commit", self._after_commit)
        sys.addaudithook(self._on_audit)

    def restart(self, stop_at: int | None = None, number: signal.Signals = signal.SIGKILL) -> None:
        """Count from zero; with ``stop_at`` this process gets the signal there."""
        self.trail.clear()
        self._stop_at = stop_at
        self._signal = number

    def _before_commit(self, _connection: Connection) -> None:
        self._pass(BEFORE_COMMIT)

    def _after_commit(self, session: Session) -> None:
        self._pass(AFTER_SAVEPOINT if session.in_nested_transaction() else AFTER_COMMIT)

    def _on_audit(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name in FILE_EVENTS and str(arguments[0]).startswith(self._folders):
            self._pass(FILE_EVENTS[name])

    def _pass(self, name: str) -> None:
        self.trail.append(name)
        if len(self.trail) == self._stop_at:
            os.kill(os.getpid(), self._signal)
