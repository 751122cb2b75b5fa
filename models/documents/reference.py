"""An edition of reference data on its way from a file to the database, and as it is listed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from models.values.reference import EditionState, Licence, ReferenceKind

ReferenceCell = str | int | bool | date | Decimal | None
ReferenceRow = tuple[ReferenceCell, ...]


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What a file, or who imports it, says of an edition.

    Attributes:
        name: Such as v322r0 or FY2027, at most 80 characters.
        effective_from: The first date of service that it answers for.
    """

    name: str
    effective_from: date


@dataclass(frozen=True, slots=True)
class EditionToImport:
    """A file that is about to be written.

    Attributes:
        kind: Which list.
        facts: Its name and its first day.
        file_name: What the file is called, without its folder.
        sha256: Of what was read, in hexadecimal.
        licence: On what ground it may be used; of what ships with us not always that of its kind.
        rows: Every row, in the order of the columns of the kind's table after ``edition_id``. It
            raises RejectedError at its end if anything in the file was wrong.
    """

    kind: ReferenceKind
    facts: EditionFacts
    file_name: str
    sha256: str
    licence: Licence
    rows: Iterator[ReferenceRow]


@dataclass(frozen=True, slots=True)
class EditionDocument:
    """One imported edition."""

    number: int
    kind: ReferenceKind
    name: str
    file_name: str
    sha256: str
    effective_from: date
    row_count: int
    licence: Licence
    attested_by: str
    imported_at: datetime
    imported_by: str
    state: EditionState
