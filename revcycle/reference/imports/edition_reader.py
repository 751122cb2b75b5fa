"""What a reader of one kind of file promises."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.documents.reference import EditionFacts, EditionToImport, ReferenceRow
from models.errors import RejectedError
from models.values.reference import LICENCE_OF_KIND, ReferenceKind
from revcycle.reference.imports.complaints import Complaints
from revcycle.reference.imports.files import (
    ReadingProgress,
    ReferenceFile,
    gather_files,
    sha256_of,
)

NAME_LENGTH = 80
FILE_NAME_LENGTH = 200

Facts = tuple[str, date | None]
"""The name of an edition and its first day, if the file or its name says it."""


@dataclass(frozen=True, slots=True)
class EditionReader:
    """How the files of one kind are read.

    Attributes:
        members: What names of its files look like, without the ending, in zips and folders.
        suffixes: The endings it can read, best first: CMS puts one table into a zip as text and as
            workbook.
        facts: Tells from names and first lines how the edition is called and from when it is in
            force; raises RejectedError if the files do not belong together.
        rows: Reads the rows, in the order of the columns of the kind's table after ``edition_id``;
            complains about lines that are wrong and leaves them out. It holds no list of all rows.
    """

    members: re.Pattern[str]
    suffixes: tuple[str, ...]
    facts: Callable[[Sequence[ReferenceFile]], Facts]
    rows: Callable[[Sequence[ReferenceFile], EditionFacts, Complaints], Iterator[ReferenceRow]]


def read_edition(
    kind: ReferenceKind,
    reader: EditionReader,
    paths: Sequence[Path],
    *,
    name: str = "",
    effective_from: date | None = None,
) -> tuple[EditionToImport, ReadingProgress]:
    """Open the files of an edition; its rows are read while they are written.

    Args:
        kind: Which list.
        reader: Of that kind.
        paths: Files, zips or folders.
        name: How the edition is to be called; without it as its files say.
        effective_from: Its first day; without it as its files say.

    Raises:
        NotFoundError: a path is not there.
        RejectedError: there is nothing to read, or nothing says from when it is in force.
    """
    files, progress = gather_files(paths, reader.members, reader.suffixes)
    said_name, said_day = reader.facts(files)
    first_day = effective_from or said_day
    if first_day is None:
        msg = (
            f"{files[0].name} says by its name neither what it is nor from when it is in force; "
            "say the day with --effective"
        )
        raise RejectedError(msg)
    facts = EditionFacts((name or said_name)[:NAME_LENGTH], first_day)
    complaints = Complaints()
    edition = EditionToImport(
        kind,
        facts,
        " ".join(file.name for file in files)[:FILE_NAME_LENGTH],
        sha256_of(files),
        LICENCE_OF_KIND[kind],
        complaints.guard(reader.rows(files, facts, complaints)),
    )
    return edition, progress
