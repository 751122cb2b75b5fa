"""Read the records of an intake file as the practice's client file says."""

from models.documents.client_config import ClientConfig, IntakeFormat, IntakeSourceSection
from models.documents.encounter import IntakeRecord
from models.errors import RejectedError
from revcycle.formats.csv import encounters as csv_encounters
from revcycle.formats.fhir import encounters as fhir_encounters
from revcycle.formats.hl7v2 import encounters as hl7v2_encounters
from revcycle.operations.intake.intake_kind import FHIR, HL7V2
from revcycle.rules.intake.own_codes import translate_own_codes


def read_records(
    config: ClientConfig, kind: str, source_key: str, content: bytes
) -> tuple[IntakeRecord, ...]:
    """Read every record of a file; nothing is judged and nothing is kept.

    Args:
        config: What the practice's columns and own codes mean.
        kind: FHIR, HL7V2 or CSV; see ``intake_kind``.
        source_key: The intake source it came from; one it does not know is read like another of
            the same format.
        content: Its bytes.

    Raises:
        RejectedError: nothing of it can be read.
    """
    source = find_source(config, kind, source_key)
    if kind == FHIR:
        records = fhir_encounters.read_encounters(content, zone=config.zone())
    elif kind == HL7V2:
        records = hl7v2_encounters.read_encounters(content)
    elif source is None:
        msg = "the practice has no CSV source, so nobody knows what the columns mean"
        raise RejectedError(msg)
    else:
        records = csv_encounters.read_encounters(
            content,
            source.columns,
            source.date_format,
            delimiter=source.delimiter,
            encoding=source.encoding,
        )
    codes = source.procedure_codes if source else {}
    return tuple(translate_own_codes(record, codes) for record in records)


def find_source(config: ClientConfig, kind: str, source_key: str) -> IntakeSourceSection | None:
    """Find the source a file came from; one handed in by command has that of its format."""
    wanted = IntakeFormat(kind.lower())
    fitting = [one for one in config.intake if one.format is wanted]
    named = [one for one in fitting if one.key == source_key]
    return next(iter(named or fitting), None)
