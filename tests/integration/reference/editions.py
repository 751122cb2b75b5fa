"""Editions of invented reference data in a real database."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import select

from models.documents.reference import (
    EditionDocument,
    EditionFacts,
    EditionToImport,
    ReferenceRow,
)
from models.documents.staff_act import StaffAct
from models.tables import StaffTrail
from models.values.reference import LICENCE_OF_KIND, ReferenceKind
from revcycle.operations.reference.import_edition import import_edition
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.readers import READERS
from revcycle.store.session import reading, transaction
from tests.cms_files import ptp_text

PAIRS = ReferenceKind.PTP_PRACTITIONER
ACT = StaffAct("command:refdata:tester", datetime(2026, 11, 20, 17, 0, tzinfo=UTC))
SUMMER = EditionFacts("v322r0", date(2026, 7, 1))
AUTUMN = EditionFacts("v323r0", date(2026, 10, 1))


def content(
    rows: Iterable[ReferenceRow],
    facts: EditionFacts = SUMMER,
    kind: ReferenceKind = PAIRS,
    sha256: str = "",
) -> EditionToImport:
    """Say that a file holds these rows."""
    digest = sha256 or f"sha of {facts.name}"
    return EditionToImport(kind, facts, "a file", digest, LICENCE_OF_KIND[kind], iter(rows))


def imported(
    database_url: str,
    rows: Iterable[ReferenceRow],
    facts: EditionFacts = SUMMER,
    kind: ReferenceKind = PAIRS,
) -> EditionDocument:
    """Import rows in one transaction."""
    with transaction(database_url) as session:
        return import_edition(session, ACT, content(rows, facts, kind), attested_by="Ann Example")


def file_of_pairs(folder: Path, *pairs: Sequence[str], name: str = "v322r0") -> EditionToImport:
    """Write a file of pairs and begin to read it."""
    path = folder / f"ccipra-{name}-f1.txt"
    path.write_text(ptp_text(*pairs))
    return read_edition(PAIRS, READERS[PAIRS], [path])[0]


def broken_after(rows: Iterable[ReferenceRow], count: int) -> Iterator[ReferenceRow]:
    """Stop as a process does that is killed."""
    for number, row in enumerate(rows):
        if number == count:
            msg = "killed"
            raise KeyboardInterrupt(msg)
        yield row


def trail(database_url: str) -> list[tuple[str, str]]:
    """List what was recorded: action and outcome."""
    with reading(database_url) as session:
        rows = session.exec(select(StaffTrail).order_by(StaffTrail.id)).all()  # type: ignore[arg-type] # a column
        return [(row.action, row.outcome) for row in rows]


def list_of_words(
    database_url: str, kind: ReferenceKind, since: date = date(2026, 1, 1), **words: str
) -> EditionDocument:
    """Import a licensed list with invented words, by code; ``_16`` stands for 16."""
    rows = [(code.lstrip("_"), since, None, text, True, "") for code, text in words.items()]
    return imported(database_url, rows, EditionFacts(f"{kind} of {since}", since), kind)
