"""intake.record: files of a practice become encounters in SQLite."""

from collections.abc import Sequence
from dataclasses import replace

from benchmarks.bare_insert import bare_insert_seconds
from benchmarks.claim_files import SEED, practice_config
from benchmarks.cpu_time import cpu_seconds
from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.practice_database import TODAY, PracticeDatabase, practice_database, take_in
from benchmarks.sizes import Sizes
from models.documents.encounter import IntakeRecord
from models.documents.intake_columns import INTAKE_COLUMNS
from revcycle.formats.csv.encounters import read_encounters as read_csv
from revcycle.formats.fhir.encounters import read_encounters as read_fhir
from revcycle.synthetic.day import SyntheticFile, generate_day
from revcycle.synthetic.practice import SourceFormat, SyntheticSource
from workbench.commands.invented_input import synthetic_practice

COLUMNS = {field: field.replace("_", " ").title() for field in sorted(INTAKE_COLUMNS)}
SOURCES = (
    SyntheticSource("records", SourceFormat.FHIR),
    SyntheticSource("export", SourceFormat.CSV, COLUMNS),
)


def measure_intake(sizes: Sizes) -> Measurement:
    """Measure reading and recording, half FHIR and half CSV, with the usual errors in them."""
    source = replace(synthetic_practice(practice_config()), sources=SOURCES)
    day = generate_day(source, encounters=sizes.intake_records, seed=SEED, service_date=TODAY)
    with practice_database() as practice:
        empty = practice.copy("empty.sqlite3")
        seconds = cpu_seconds(lambda: _take_in_all(practice, day.files))
        bare_seconds, rows = bare_insert_seconds(empty, practice)
    return Measurement(
        name="intake.record",
        value=sizes.intake_records / seconds,
        unit="encounters/s",
        floor=bare_seconds,
        peers={"bare insert": sizes.intake_records / bare_seconds},
        note=f"{sizes.intake_records} encounters, {rows} rows; a second of CPU; reading included",
    )


def _take_in_all(practice: PracticeDatabase, files: Sequence[SyntheticFile]) -> None:
    for file in files:
        records = _read(practice, file)
        count = take_in(practice, file.source_key.upper(), file, records)
        outcomes = count.accepted + count.needs_fix + count.duplicate + count.quarantined
        if not outcomes == len(records) == file.records:
            msg = f"{outcomes} outcomes of {file.records} records"
            raise WrongResultError(msg)


def _read(practice: PracticeDatabase, file: SyntheticFile) -> Sequence[IntakeRecord]:
    if file.source_key == "records":
        return read_fhir(file.content, zone=practice.config.zone())
    return read_csv(file.content, COLUMNS, SOURCES[1].date_format)
