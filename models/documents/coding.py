"""What a coder says an encounter was: diagnoses and billable services."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CodedService:
    """One billable service."""

    procedure_code: str
    diagnosis_pointers: tuple[int, ...]  # 1-based into CodingDocument.diagnoses, at most four
    modifiers: tuple[str, ...] = ()  # at most four
    units: Decimal = Decimal(1)
    service_date: date | None = None  # None: the encounter's date
    revenue_code: str = ""


@dataclass(frozen=True, slots=True)
class CodingDocument:
    """The complete coding of one encounter.

    Attributes:
        diagnoses: ICD-10-CM without the dot, principal first.
        service_date: The date on which every code must be valid.
    """

    diagnoses: tuple[str, ...]
    services: tuple[CodedService, ...]
    service_date: date
