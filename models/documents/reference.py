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


@dataclass(frozen=True, slots=True)
class PtpEdit:
    """Column two is not paid beside column one, on a day on which that is in force.

    Attributes:
        indicator: 0: never both; 1: with a modifier that says why.
    """

    column_one: str
    column_two: str
    effective_on: date
    deleted_on: date | None
    indicator: int


@dataclass(frozen=True, slots=True)
class CodesOfDay:
    """The procedures of one encounter, judged together.

    Attributes:
        edition: The one of the PTP edits that answers for the day.
    """

    edition: int
    on: date
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class UnitLimitDocument:
    """The most units of a procedure that are likely.

    Attributes:
        adjudication: MAI 1: for a line, 2: for a day, absolute, 3: for a day, may be reviewed.
    """

    code: str
    units: int
    adjudication: int
    rationale: str


@dataclass(frozen=True, slots=True)
class AddOnDocument:
    """The primary procedures of an add-on code on a day.

    Attributes:
        edit_type: 1: only these, 2: the payer says which, 3: these, and others the payer names.
    """

    add_on: str
    edit_type: int
    primary_codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class RelativeValueDocument:
    """What Medicare's fee schedule says of a code with its modifier.

    Attributes:
        status: A: paid separately; others are not, or are priced by the payer.
        work: Relative value units, as those of the practice's cost and of malpractice.
        conversion_factor: Dollars for a unit; None in files before 2026 that name none.
        multiple_procedure: 2: reduced as one of several procedures of a day.
        bilateral: 1: both sides together are 150 percent.
    """

    code: str
    modifier: str
    status: str
    work: Decimal
    practice_facility: Decimal
    practice_office: Decimal
    malpractice: Decimal
    conversion_factor: Decimal | None
    global_days: str
    multiple_procedure: str
    bilateral: str
    assistant: str
    professional_technical: str


@dataclass(frozen=True, slots=True)
class LocalityDocument:
    """How dear a locality is: a factor for each of the three kinds of units."""

    contractor: str
    locality: str
    state: str
    name: str
    work: Decimal
    practice: Decimal
    malpractice: Decimal
