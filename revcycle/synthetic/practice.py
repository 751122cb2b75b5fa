"""Plain facts of an invented practice, all that the generator knows of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from models.documents.party import Provider


class PracticeKind(StrEnum):
    """What the practice does; it decides which visits there are."""

    FAMILY = "family"
    CARDIOLOGY = "cardiology"
    HOSPITAL_OUTPATIENT = "hospital_outpatient"  # physiotherapy and imaging


class SourceFormat(StrEnum):
    """What a drop folder holds."""

    FHIR = "fhir"
    HL7V2 = "hl7v2"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class SyntheticSource:
    """A drop folder of the practice.

    Attributes:
        key: Its name; the first part of the names of its files.
        columns: Of a CSV: our field names to the practice's header names, in the order to write.
        date_format: Of a CSV, as ``strftime`` takes it.
    """

    key: str
    format: SourceFormat
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    date_format: str = "%Y-%m-%d"
    delimiter: str = ","
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class SyntheticPractice:
    """An invented practice.

    Attributes:
        payers: ``(name, payer_id, weight)``; a name with Medicare in it insures people from 65 on.
        sources: At least one; encounters are spread over them evenly.
        state: Where its patients live, two letters.
        zip_prefix: The first three digits of their ZIP codes.
    """

    kind: PracticeKind
    name: str
    npi: str
    providers: tuple[Provider, ...]
    payers: tuple[tuple[str, str, int], ...]
    sources: tuple[SyntheticSource, ...]
    place_of_service: str = "11"
    state: str = "OH"
    zip_prefix: str = "441"
