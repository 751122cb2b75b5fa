"""The sandbox's book, as the process that writes it sees it: one connection, one writer."""

import hashlib
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

from revcycle.sandbox.schema import schema

BOOK_NAME: Final = "sandbox.sqlite3"
BUSY_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class DueAnswer:
    """An answer that must be delivered now."""

    id: int
    account: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file that was received and still lies in the inbox."""

    id: int
    account: str
    name: str
    archive_name: str


class Book:
    """Files and interchanges in, answers out; ``with`` closes it.

    What it says of claims and payments is in ``claim_book`` and ``payment_book``.
    """

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        # Rounds run in threads, one after the other.
        self._db = sqlite3.connect(
            home / BOOK_NAME,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("PRAGMA foreign_keys=ON")
        self._db.executescript(schema())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Keep all that is written in the block, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def attempt(self) -> Generator[None]:
        """Undo only the block when it fails, inside a transaction."""
        self._db.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK TO attempt")
            self._db.execute("RELEASE attempt")
            raise
        self._db.execute("RELEASE attempt")

    # ---- files in ----

    def open_account(self, name: str, inbox: Path, outbox: Path) -> None:
        """Tell readers where an account's folders are."""
        self._db.execute(
            "INSERT OR REPLACE INTO account (name, inbox, outbox) VALUES (?, ?, ?)",
            (name, str(inbox), str(outbox)),
        )

    def add_file(
        self, account: str, name: str, content: bytes, archive_name: str, now: datetime
    ) -> int:
        """Record that a file came."""
        return self.insert(
            "received_file",
            account=account,
            name=name,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            archive_name=archive_name,
            received_at=now.isoformat(),
        )

    def find_unarchived(self) -> list[Receipt]:
        """Files that are recorded and perhaps still lie in the inbox."""
        rows = self._db.execute(
            "SELECT id, account, name, archive_name FROM received_file"
            " WHERE id NOT IN (SELECT received_file FROM archived_file) ORDER BY id"
        )
        return [Receipt(*row) for row in rows]

    def note_archived(self, receipt_id: int, now: datetime) -> None:
        """Record that a file left the inbox."""
        self.insert("archived_file", received_file=receipt_id, archived_at=now.isoformat())

    def is_seen(self, account: str, sender_id: str, control_number: str) -> bool:
        """Tell whether this sender used this ISA13 before."""
        return self.exists(
            "SELECT 1 FROM received_interchange"
            " WHERE account = ? AND sender_id = ? AND control_number = ?",
            (account, sender_id, control_number),
        )

    def next_interchange_id(self) -> int:
        """Return the id of the interchange that is being judged; its row is written last."""
        return self.next_id("received_interchange")

    def add_interchange(
        self,
        file_id: int,
        account: str,
        *,
        sender_id: str,
        control_number: str,
        kind: str,
        outcome: str,
    ) -> int:
        """Record an interchange and what became of it."""
        return self.insert(
            "received_interchange",
            received_file=file_id,
            account=account,
            sender_id=sender_id,
            control_number=control_number,
            kind=kind,
            outcome=outcome,
        )

    # ---- answers ----

    def next_interchange_number(self, account: str) -> int:
        """Return the next ISA13 of what this account is sent."""
        (latest,) = self._db.execute(
            "SELECT coalesce(max(interchange_number), 0) FROM answer_file"
            " WHERE account = ? AND copy_of IS NULL",
            (account,),
        ).fetchone()
        return int(latest) + 1

    def add_answer(
        self,
        account: str,
        *,
        name: str,
        kind: str,
        number: int,
        content: bytes,
        due_at: datetime,
        copy_of: int | None = None,
    ) -> int:
        """Record a file that will be delivered when it is due."""
        return self.insert(
            "answer_file",
            account=account,
            name=name,
            kind=kind,
            interchange_number=number,
            copy_of=copy_of,
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            due_at=due_at.isoformat(),
        )

    def find_due(self, now: datetime) -> list[DueAnswer]:
        """Answers that are due and were not delivered; an acknowledgement goes before the rest."""
        rows = self._db.execute(
            "SELECT id, account, name, content FROM answer_file WHERE due_at <= ?"
            " AND id NOT IN (SELECT answer_file FROM delivered_file)"
            " ORDER BY due_at, kind NOT IN ('TA1', '999'), id",
            (now.isoformat(),),
        )
        return [DueAnswer(*row) for row in rows]

    def note_delivered(self, answer_id: int, now: datetime) -> None:
        """Record that a file lies in the outbox."""
        self.insert("delivered_file", answer_file=answer_id, delivered_at=now.isoformat())

    def insert(self, table: str, **values: str | int | bytes | None) -> int:
        """Add a row and return its id."""
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our names
        row_id = self._db.execute(statement, tuple(values.values())).lastrowid
        assert row_id is not None  # noqa: S101 - an INSERT has one
        return row_id

    def next_id(self, table: str) -> int:
        """Return the id the next row gets: nothing is ever deleted."""
        statement = f"SELECT coalesce(max(id), 0) + 1 FROM {table}"  # noqa: S608 - our names
        return int(self._db.execute(statement).fetchone()[0])

    def read(self, statement: str, values: tuple[str | int, ...]) -> list[Any]:
        """Return all rows of a query."""
        return self._db.execute(statement, values).fetchall()

    def exists(self, statement: str, values: tuple[str, ...]) -> bool:
        """Tell whether a query finds anything."""
        return self._db.execute(statement, values).fetchone() is not None
