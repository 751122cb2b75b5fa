"""Invented practices for tests of the generator."""

from models.documents.intake_columns import INTAKE_COLUMNS
from models.documents.party import Provider
from revcycle.synthetic.practice import (
    PracticeKind,
    SourceFormat,
    SyntheticPractice,
    SyntheticSource,
)

COLUMNS = {field: field.replace("_", " ").title() for field in sorted(INTAKE_COLUMNS)}
DATE_FORMAT = "%m/%d/%Y"
SOURCES = (
    SyntheticSource("ehr", SourceFormat.FHIR),
    SyntheticSource("interface", SourceFormat.HL7V2),
    SyntheticSource("export", SourceFormat.CSV, COLUMNS, DATE_FORMAT, ";"),
)


def a_practice(
    kind: PracticeKind = PracticeKind.FAMILY,
    sources: tuple[SyntheticSource, ...] = SOURCES,
) -> SyntheticPractice:
    return SyntheticPractice(
        kind=kind,
        name="Ferndell & Moss",
        npi="1234567893",
        providers=(
            Provider("1245319599", "Ferndell", "Kelora"),
            Provider("1679576722", "Moss", "Tamvin"),
        ),
        payers=(
            ("Medicare of Ohio", "MCR01", 3),
            ("Bluegate Health", "BG100", 5),
            ("Acornlife", "AC200", 2),
        ),
        sources=sources,
    )
