"""A practice in a SQLite file of its own, with an invented day taken in."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.claim_files import practice_config
from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.documents.encounter import IntakeRecord
from revcycle.operations.clients.register_client import register_client
from revcycle.operations.clients.register_partners import register_partners
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.record_encounters import (
    IntakeCount,
    IntakePolicy,
    record_encounters,
)
from revcycle.rules.intake.match_payer import KnownPayer
from revcycle.store.schema import upgrade_database
from revcycle.store.session import engine_for, transaction
from revcycle.synthetic.day import SyntheticFile

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
CHUNK = 500  # records of one transaction, as the tasks take them


@dataclass(frozen=True, slots=True)
class PracticeDatabase:
    """Where the practice's rows are, and who works on them."""

    path: Path
    act: Act
    config: ClientConfig

    @property
    def url(self) -> str:
        """The address that sessions are opened by."""
        return f"sqlite:///{self.path}"

    def copy(self, name: str) -> "PracticeDatabase":
        """Copy the file as it stands, to be compared with or worked on later."""
        engine_for(self.url).dispose()  # closes the last connection, so that the file is whole
        return replace(self, path=Path(shutil.copy(self.path, self.path.with_name(name))))

    def policy(self) -> IntakePolicy:
        """Tell what the practice wants of intake."""
        payers = (
            KnownPayer(payer.key, payer.name, payer.payer_id, payer.aliases)
            for payer in self.config.payers
        )
        return IntakePolicy(tuple(payers), self.config.practice.place_of_service)


@contextmanager
def practice_database() -> Iterator[PracticeDatabase]:
    """Make a database with one practice, its payers and its providers; remove it at the end."""
    with tempfile.TemporaryDirectory(prefix="revcycle-bench-") as folder:
        path = Path(folder) / "practice.sqlite3"
        upgrade_database(f"sqlite:///{path}")
        config = practice_config()
        with transaction(f"sqlite:///{path}") as session:
            client_id = register_client(session, config)
        practice = PracticeDatabase(path, Act(client_id, "benchmark", NOON, TODAY), config)
        with transaction(practice.url) as session:
            register_partners(session, practice.act, config)
        yield practice
        engine_for(practice.url).dispose()


def take_in(
    practice: PracticeDatabase, kind: str, file: SyntheticFile, records: Sequence[IntakeRecord]
) -> IntakeCount:
    """Store a file and record what was read from it, a chunk per transaction."""
    with transaction(practice.url) as session:
        stored = store_inbound_file(
            session,
            practice.act,
            source=file.source_key,
            kind=kind,
            name=file.name,
            content=file.content,
        )
    count = IntakeCount()
    for start in range(0, len(records), CHUNK):
        chunk = records[start : start + CHUNK]
        with transaction(practice.url) as session:
            count += record_encounters(
                session, practice.act, stored.id, chunk, policy=practice.policy()
            )
    return count
