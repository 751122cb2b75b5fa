"""Encounters from a practice's CSV file."""

from collections.abc import Mapping, Sequence
from typing import Final

from models.documents.encounter import EncounterDocument, IntakeRecord, SourceNote
from models.documents.finding import Finding, Severity
from revcycle.formats.csv.cells import RULE_ID, CellReader
from revcycle.formats.csv.parts import (
    to_coverages,
    to_diagnoses,
    to_guarantor,
    to_person,
    to_procedure,
    to_provider,
)
from revcycle.formats.csv.rows import Row, read_rows

OWN_NUMBER: Final = "MR"  # the practice's own patient number, as HL7 table 0203 calls it
_ENCOUNTER_FIELDS: Final = (
    "patient_number", "patient_last_name", "patient_first_name", "patient_birth_date",
    "patient_sex", "primary_member_id", "secondary_member_id", "provider_npi",
    "place_of_service", "prior_authorization",
)  # fmt: skip


def read_encounters(
    data: bytes,
    columns: Mapping[str, str],
    date_format: str,
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> tuple[IntakeRecord, ...]:
    """Read a file of one row per service, or one row per encounter.

    Rows with the same ``encounter_number`` are one record, wherever they stand; what they say of
    patient, provider and coverage must agree. A row that repeats another in every cell is left out
    with a warning.

    Args:
        data: The file.
        columns: Our field names (``rows.FIELDS``) to the practice's header names.
        date_format: As ``strptime`` takes it.
        delimiter: What stands between cells.
        encoding: ``utf-8``, with or without a byte order mark, or ``cp1252``.

    Raises:
        RejectedError: nothing can be read: see ``rows.read_rows``.
    """
    groups: dict[str, list[Row]] = {}
    for row in read_rows(data, columns, delimiter=delimiter, encoding=encoding):
        number = row.cells.get("encounter_number", "")
        groups.setdefault(number or f"\0{row.line}", []).append(row)
    return tuple(
        _record(ordinal, rows, date_format) for ordinal, rows in enumerate(groups.values(), start=1)
    )


def _record(ordinal: int, rows: Sequence[Row], date_format: str) -> IntakeRecord:
    position = f"line {rows[0].line}"
    problem = rows[0].problem
    if not problem and not rows[0].cells.get("encounter_number"):
        problem = "the encounter number is empty"
    if problem:
        finding = Finding(RULE_ID, Severity.ERROR, "encounter_number", problem, position)
        return IntakeRecord(ordinal, position, None, (finding,))
    cells = CellReader(date_format)
    rows = _without_repeated(rows, cells)
    cells.agree(rows, _ENCOUNTER_FIELDS)
    encounter = _encounter(rows, cells)
    return IntakeRecord(ordinal, position, encounter, tuple(cells.findings))


def _without_repeated(rows: Sequence[Row], cells: CellReader) -> list[Row]:
    kept: list[Row] = []
    for row in rows:
        twin = next((other for other in kept if other.cells == row.cells), None)
        if twin is None:
            kept.append(row)
        else:
            message = f"repeats line {twin.line} in every cell and is left out"
            cells.report(row, "procedure_code", message, Severity.WARNING)
    return kept


def _encounter(rows: Sequence[Row], cells: CellReader) -> EncounterDocument:
    first = rows[0]
    number = first.cells.get("patient_number", "")
    diagnoses = to_diagnoses(rows)
    procedures = (to_procedure(cells, row, diagnoses) for row in rows)
    dates = [day for row in rows if (day := cells.date(row, "service_date"))]
    ends = [day for row in rows if (day := cells.date(row, "service_end_date"))]
    return EncounterDocument(
        source_key=first.cells["encounter_number"],
        patient=to_person(cells, first, "patient_"),
        identifiers=((OWN_NUMBER, number),) if number else (),
        service_date=min(dates, default=None),
        coverages=to_coverages(cells, first),
        guarantor=to_guarantor(cells, first),
        rendering_provider=to_provider(first),
        place_of_service=first.cells.get("place_of_service", ""),
        service_end_date=max(ends, default=None),
        diagnoses=diagnoses,
        procedures=tuple(procedure for procedure in procedures if procedure),
        notes=_notes(rows),
        prior_authorization=first.cells.get("prior_authorization", ""),
    )


def _notes(rows: Sequence[Row]) -> tuple[SourceNote, ...]:
    texts = dict.fromkeys(text for row in rows if (text := row.cells.get("note", "")))
    return tuple(SourceNote(text) for text in texts)
