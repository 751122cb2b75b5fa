"""People, coverages and services from the rows of one encounter."""

from collections.abc import Sequence
from typing import Final

from models.documents.encounter import CodeSystem, SourceCode, SourceCoverage, SourceProcedure
from models.documents.party import Address, Person, Provider
from revcycle.formats.csv.cells import CellReader
from revcycle.formats.csv.rows import Row
from revcycle.reference.procedures import is_procedure_code
from revcycle.reference.us_state_names import state_code

DIAGNOSES_MAX: Final = 12
MODIFIERS_MAX: Final = 4
_SEXES: Final = {"f": "F", "female": "F", "m": "M", "male": "M", "": ""}
_RELATIONSHIPS: Final = {
    "": "18", "self": "18", "18": "18", "s": "18",
    "spouse": "01", "01": "01", "1": "01",
    "child": "19", "19": "19",
}  # fmt: skip
OTHER_RELATIONSHIP: Final = "G8"


def to_person(cells: CellReader, row: Row, prefix: str) -> Person:
    """Read the columns of one person, such as ``patient_`` or ``primary_subscriber_``."""

    def text(name: str) -> str:
        return row.cells.get(f"{prefix}{name}", "")

    return Person(
        last_name=text("last_name"),
        first_name=text("first_name"),
        middle_name=text("middle_name"),
        suffix=text("suffix"),
        birth_date=cells.date(row, f"{prefix}birth_date"),
        sex=_SEXES.get(text("sex").casefold(), "U"),
        address=_address(row, prefix),
        phone=text("phone"),
        email=text("email"),
    )


def _address(row: Row, prefix: str) -> Address | None:
    names = ("address_line1", "city", "state", "zip_code", "address_line2")
    line1, city, state, zip_code, line2 = (row.cells.get(f"{prefix}{name}", "") for name in names)
    if not (line1 or city or state or zip_code):
        return None
    return Address(line1, city, state_code(state), zip_code.replace("-", ""), line2)


def to_guarantor(cells: CellReader, row: Row) -> Person | None:
    """Read the guarantor; None if the file names nobody."""
    if not row.cells.get("guarantor_last_name"):
        return None
    return to_person(cells, row, "guarantor_")


def to_provider(row: Row) -> Provider | None:
    """Read the rendering provider; None if the file names nobody."""
    npi, last_name, first_name = (
        row.cells.get(f"provider_{name}", "") for name in ("npi", "last_name", "first_name")
    )
    return Provider(npi, last_name, first_name) if npi or last_name else None


def to_coverages(cells: CellReader, row: Row) -> tuple[SourceCoverage, ...]:
    """Read primary and secondary coverage; one without payer and member id is not there."""
    coverages = (_coverage(cells, row, name) for name in ("primary", "secondary"))
    present = [coverage for coverage in coverages if coverage is not None]
    return tuple(present)


def _coverage(cells: CellReader, row: Row, name: str) -> SourceCoverage | None:
    def text(field: str) -> str:
        return row.cells.get(f"{name}_{field}", "")

    if not (text("payer_name") or text("payer_id") or text("member_id")):
        return None
    subscriber = to_person(cells, row, f"{name}_subscriber_")
    relationship = _RELATIONSHIPS.get(text("relationship").casefold(), OTHER_RELATIONSHIP)
    return SourceCoverage(
        rank=1 if name == "primary" else 2,
        payer_name=text("payer_name"),
        member_id=text("member_id"),
        payer_id=text("payer_id"),
        plan_name=text("plan_name"),
        group_number=text("group_number"),
        relationship=relationship,
        subscriber=subscriber if subscriber.last_name and relationship != "18" else None,
        valid_from=cells.date(row, f"{name}_valid_from"),
        valid_to=cells.date(row, f"{name}_valid_to"),
    )


def to_diagnoses(rows: Sequence[Row]) -> tuple[SourceCode, ...]:
    """Read the diagnoses of all rows, in order, each once, without the dot."""
    codes = dict.fromkeys(
        code.replace(".", "").upper() for row in rows for code in row_diagnoses(row) if code
    )
    return tuple(SourceCode(CodeSystem.ICD10CM, code) for code in codes)


def row_diagnoses(row: Row) -> tuple[str, ...]:
    """Return the diagnosis cells of a row in order; a missing one is empty."""
    return tuple(row.cells.get(f"diagnosis_{number}", "") for number in range(1, DIAGNOSES_MAX + 1))


def to_procedure(
    cells: CellReader, row: Row, diagnoses: Sequence[SourceCode]
) -> SourceProcedure | None:
    """Read the service of a row; None if the row has none.

    Pointers of a row speak of the diagnoses of that row; they are turned into places in the
    encounter's list.
    """
    code = row.cells.get("procedure_code", "").upper()
    if not code:
        return None
    system = CodeSystem.CPT_HCPCS if is_procedure_code(code) else CodeSystem.UNKNOWN
    modifiers = (
        row.cells.get(f"modifier_{number}", "").upper() for number in range(1, MODIFIERS_MAX + 1)
    )
    return SourceProcedure(
        code=SourceCode(system, code),
        service_date=cells.date(row, "service_date"),
        modifiers=tuple(modifier for modifier in modifiers if modifier),
        units=cells.units(row),
        charge=cells.money(row, "charge"),
        diagnosis_pointers=_pointers(cells, row, diagnoses),
        revenue_code=row.cells.get("revenue_code", ""),
    )


def _pointers(cells: CellReader, row: Row, diagnoses: Sequence[SourceCode]) -> tuple[int, ...]:
    order = [diagnosis.code for diagnosis in diagnoses]
    own = [code.replace(".", "").upper() for code in row_diagnoses(row)]
    pointed = (own[pointer - 1] for pointer in cells.pointers(row))
    return tuple(dict.fromkeys(order.index(code) + 1 for code in pointed if code))
