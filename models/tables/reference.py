"""Lists that codes are judged by: one edition for each imported file, and its rows.

No row belongs to a practice. Rows are written once with their edition and never changed: an edition
is taken out of use, its rows stay. Whoever asks gives the date of service; the edition in use with
the latest first day on or before it answers (``store.reference_editions``).
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric, String
from sqlmodel import Field, SQLModel

from models.tables.columns import one_of
from models.values.reference import EditionState, Licence, ReferenceKind


class ReferenceEdition(SQLModel, table=True):
    """One imported file."""

    __tablename__ = "reference_edition"
    __table_args__ = (
        CheckConstraint(one_of("kind", ReferenceKind), name="kind_known"),
        CheckConstraint(one_of("licence", Licence), name="licence_known"),
        CheckConstraint(one_of("state", EditionState), name="state_known"),
        Index(None, "kind", "effective_from"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: ReferenceKind = Field(sa_type=String(30))
    name: str = Field(max_length=80)  # such as v322r0 or FY2027
    file_name: str = Field(max_length=200)
    sha256: str = Field(max_length=64)
    effective_from: date
    row_count: int
    licence: Licence = Field(sa_type=String(10))
    attested_by: str = Field(default="", max_length=80)  # who says that the company holds it
    imported_at: datetime
    imported_by: str = Field(max_length=80)
    state: EditionState = Field(sa_type=String(20))


class ListedCode(SQLModel, table=True):
    """One period of one code of a list of codes: diagnoses, procedures, reasons, places, payers."""

    __tablename__ = "listed_code"
    __table_args__ = ({"sqlite_with_rowid": False},)

    edition_id: int = Field(primary_key=True, foreign_key="reference_edition.id")
    code: str = Field(primary_key=True, max_length=40)
    valid_from: date = Field(primary_key=True)
    valid_to: date | None = None  # the last day in force
    title: str = Field(default="", max_length=1500)
    is_billable: bool = True
    detail: str = Field(default="", max_length=200)  # what only this list says, such as a specialty


class DiagnosisNote(SQLModel, table=True):
    """One instruction of ICD-10-CM's tabular list at a code, a category or a block."""

    __tablename__ = "diagnosis_note"
    __table_args__ = ({"sqlite_with_rowid": False},)

    edition_id: int = Field(primary_key=True, foreign_key="reference_edition.id")
    code: str = Field(primary_key=True, max_length=10)  # no dot; a block as A00-A09, a chapter as 1
    ordinal: int = Field(primary_key=True)
    kind: str = Field(max_length=20)  # excludes1, excludes2, code_first, use_additional, ...
    text: str = Field(max_length=1000)
    codes: str = Field(default="", max_length=1000)  # named in it, as E10-E14 J45; blank between


class PtpPair(SQLModel, table=True):
    """Column two is not paid beside column one (NCCI). Millions of rows: no foreign key."""

    __tablename__ = "ptp_pair"
    __table_args__ = ({"sqlite_with_rowid": False},)

    edition_id: int = Field(primary_key=True)
    column_one: str = Field(primary_key=True, max_length=5)
    column_two: str = Field(primary_key=True, max_length=5)
    effective_on: date = Field(primary_key=True)
    deleted_on: date | None = None  # the last day in force
    indicator: int  # 0: never both, 1: with a modifier, 9: was never in force


class UnitLimit(SQLModel, table=True):
    """The most units of a procedure that are likely (MUE)."""

    __tablename__ = "unit_limit"
    __table_args__ = ({"sqlite_with_rowid": False},)

    edition_id: int = Field(primary_key=True, foreign_key="reference_edition.id")
    code: str = Field(primary_key=True, max_length=5)
    units: int
    adjudication: int  # MAI 1: a line, 2: a day, absolute, 3: a day, may be reviewed
    rationale: str = Field(default="", max_length=200)


class AddOnPair(SQLModel, table=True):
    """A code that is billed beside a primary one only."""

    __tablename__ = "add_on_pair"
    __table_args__ = ({"sqlite_with_rowid": False},)

    edition_id: int = Field(primary_key=True, foreign_key="reference_edition.id")
    add_on: str = Field(primary_key=True, max_length=5)
    primary_code: str = Field(primary_key=True, max_length=5)  # empty: the payer decides (type 2)
    effective_on: date = Field(primary_key=True)
    deleted_on: date | None = None
    edit_type: int  # 1: these primaries only, 2: the payer says which, 3: these and others


class RelativeValue(SQLModel, table=True):
    """What Medicare's fee schedule says of a procedure; its descriptions are never kept."""

    __tablename__ = "relative_value"
    __table_args__ = ({"sqlite_with_rowid": False},)

    edition_id: int = Field(primary_key=True, foreign_key="reference_edition.id")
    code: str = Field(primary_key=True, max_length=5)
    modifier: str = Field(primary_key=True, max_length=2)
    status: str = Field(max_length=1)
    work: Decimal = Field(sa_type=Numeric(9, 2))
    practice_facility: Decimal = Field(sa_type=Numeric(9, 2))
    practice_office: Decimal = Field(sa_type=Numeric(9, 2))
    malpractice: Decimal = Field(sa_type=Numeric(9, 2))
    conversion_factor: Decimal | None = Field(default=None, sa_type=Numeric(9, 4))
    global_days: str = Field(default="", max_length=3)  # 000, 010, 090, MMM, XXX, YYY, ZZZ
    multiple_procedure: str = Field(default="", max_length=1)
    bilateral: str = Field(default="", max_length=1)
    assistant: str = Field(default="", max_length=1)
    professional_technical: str = Field(default="", max_length=1)  # PC/TC indicator


class LocalityIndex(SQLModel, table=True):
    """How dear a place is, for Medicare's fee schedule (GPCI)."""

    __tablename__ = "locality_index"
    __table_args__ = ({"sqlite_with_rowid": False},)

    edition_id: int = Field(primary_key=True, foreign_key="reference_edition.id")
    contractor: str = Field(primary_key=True, max_length=5)
    locality: str = Field(primary_key=True, max_length=2)
    state: str = Field(default="", max_length=2)
    name: str = Field(default="", max_length=120)
    work: Decimal = Field(sa_type=Numeric(6, 3))
    practice: Decimal = Field(sa_type=Numeric(6, 3))
    malpractice: Decimal = Field(sa_type=Numeric(6, 3))


class CoveragePolicy(SQLModel, table=True):
    """A payer pays a procedure for these diagnoses (in the way of an LCD or NCD)."""

    __tablename__ = "coverage_policy"
    __table_args__ = (
        Index(None, "edition_id", "procedure_code"),
        {"sqlite_with_rowid": False},
    )

    edition_id: int = Field(primary_key=True, foreign_key="reference_edition.id")
    ordinal: int = Field(primary_key=True)
    policy: str = Field(max_length=40)  # its number at the payer
    payer: str = Field(default="", max_length=80)  # our key of the payer; empty: every payer
    procedure_code: str = Field(max_length=5)
    first_diagnosis: str = Field(max_length=7)  # no dot; a beginning stands for all below it
    last_diagnosis: str = Field(max_length=7)
    supports: bool = True  # False: with this diagnosis it is never paid
    effective_on: date
    ends_on: date | None = None
    visits_a_year: int | None = None  # more are not paid without an authorization
    source: str = Field(default="", max_length=300)
