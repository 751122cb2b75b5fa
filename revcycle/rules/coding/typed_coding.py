"""What a coder types, and the coding that it means.

The text is kept beside its meaning: a page that refuses something shows again what was typed.
Numbers count rows as they stand on the page, so that a finding names the row that one sees.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from models.documents.coding import CodedService, CodingDocument
from models.documents.finding import Finding, Severity
from models.values.billing_codes import CodeSystem, to_code_text
from revcycle.reference.procedures import MODIFIERS_MAX
from revcycle.rules.coding.diagnosis_pointers import POINTERS_MAX

RULE_ID = "coding.typed_codes"
FIRST_LETTER: Final = ord("A")  # paper claims name the first diagnosis A
_DIAGNOSIS: Final = re.compile(r"[A-Z][0-9][A-Z0-9]{1,5}")
_PROCEDURE: Final = re.compile(r"[A-Z0-9]{5}")
_MODIFIER: Final = re.compile(r"[A-Z0-9]{2}")
_UNITS: Final = re.compile(r"[0-9]{1,7}(\.[0-9]{1,3})?")
_POINTER: Final = re.compile(r"[A-Z]|[0-9]{1,2}")
_REVENUE_CODE: Final = re.compile(r"[0-9]{1,4}")
_BETWEEN: Final = re.compile(r"[\s,;:]+")


@dataclass(frozen=True, slots=True)
class TypedService:
    """One service as it was typed; an empty field stands for its usual value."""

    procedure: str = ""
    modifiers: str = ""
    units: str = ""
    pointers: str = ""
    service_date: str = ""
    revenue_code: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nobody typed anything here; units alone say nothing."""
        return not any(
            (self.procedure, self.modifiers, self.pointers, self.service_date, self.revenue_code)
        )


@dataclass(frozen=True, slots=True)
class TypedCoding:
    """A whole coding as it was typed."""

    diagnoses: tuple[str, ...] = ()
    services: tuple[TypedService, ...] = ()

    def trimmed(self) -> "TypedCoding":
        """Leave out empty rows at the end; one between others keeps its number."""
        diagnoses, services = list(self.diagnoses), list(self.services)
        while diagnoses and not diagnoses[-1].strip():
            diagnoses.pop()
        while services and services[-1].is_blank:
            services.pop()
        return TypedCoding(tuple(diagnoses), tuple(services))


def type_coding(coding: CodingDocument) -> TypedCoding:
    """Write a coding the way it would be typed, always in the same way.

    Source:
        House rule: a dot stands after the third character of a diagnosis.
    """
    return TypedCoding(
        tuple(to_code_text(CodeSystem.ICD10CM, code) for code in coding.diagnoses),
        tuple(_type_service(service, coding.service_date) for service in coding.services),
    )


def read_coding(
    typed: TypedCoding, service_date: date
) -> tuple[CodingDocument, tuple[Finding, ...]]:
    """Read what was typed: with or without dots, in capitals or not.

    Args:
        typed: The rows of the page.
        service_date: The encounter's date, which an empty date of a service means.

    Returns:
        The coding, and an error for each field that cannot be written down; such a field is left
        out of the coding or stands in it as far as it was understood.

    Source:
        Lengths: ASC X12N/005010X222A1, HI01-2, SV101 and SV104; SV107 for the pointers.
    """
    rows = typed.trimmed()
    diagnoses = tuple(_upper(text).replace(".", "") for text in rows.diagnoses)
    findings = [
        _error(f"diagnoses[{number}]", "a letter, a digit, then one to five of both, such as E11.9")
        for number, code in enumerate(diagnoses, start=1)
        if not _DIAGNOSIS.fullmatch(code)
    ]
    services = []
    for number, row in enumerate(rows.services, start=1):
        service, wrong = _read_service(row, f"services[{number}]")
        services.append(service)
        findings.extend(wrong)
    return CodingDocument(diagnoses, tuple(services), service_date), tuple(findings)


def read_pointers(text: str) -> tuple[int, ...] | None:
    """Read ``1, 2`` or ``A B`` or ``AB``; None if it is neither.

    Source:
        CMS-1500 (02/12), item 24E: letters on paper; SV107 of the 837P: numbers.
    """
    tokens: list[str] = []
    for token in _split(text):
        tokens.extend(token if token.isalpha() else [token])
    if not all(_POINTER.fullmatch(token) for token in tokens):
        return None
    return tuple(
        int(token) if token.isdigit() else ord(token) - FIRST_LETTER + 1 for token in tokens
    )


def write_pointers(pointers: tuple[int, ...]) -> str:
    """Write pointers as ``1, 2``.

    Source:
        House rule: numbers, as the rows have them.
    """
    return ", ".join(str(pointer) for pointer in pointers)


def _type_service(service: CodedService, encounter_date: date) -> TypedService:
    own_date = service.service_date
    return TypedService(
        procedure=service.procedure_code,
        modifiers=" ".join(service.modifiers),
        units=f"{service.units.normalize():f}",
        pointers=write_pointers(service.diagnosis_pointers),
        service_date=own_date.isoformat() if own_date and own_date != encounter_date else "",
        revenue_code=service.revenue_code,
    )


def _read_service(row: TypedService, field: str) -> tuple[CodedService, list[Finding]]:
    modifiers = _read_modifiers(row.modifiers)
    units = _read_units(row.units)
    pointers = read_pointers(row.pointers)
    day = _read_date(row.service_date)
    service = CodedService(
        procedure_code=_upper(row.procedure),
        diagnosis_pointers=pointers or (),
        modifiers=modifiers,
        units=units or Decimal(1),
        service_date=day,
        revenue_code=row.revenue_code.strip(),
    )
    is_pointing = pointers is not None and len(pointers) <= POINTERS_MAX
    checks = (
        ("procedure_code", _PROCEDURE.fullmatch(service.procedure_code), _PROCEDURE_FORM),
        ("modifiers", _are_modifiers(modifiers), _MODIFIERS_FORM),
        ("units", units is not None, _UNITS_FORM),
        ("diagnosis_pointers", is_pointing, _POINTERS_FORM),
        ("service_date", day or not row.service_date.strip(), "a day, such as 2026-11-20"),
        ("revenue_code", _is_revenue_code(service.revenue_code), "four digits, such as 0420"),
    )
    return service, [
        _error(f"{field}.{name}", text) for name, is_right, text in checks if not is_right
    ]


_PROCEDURE_FORM: Final = "five letters and digits, such as 99213 or J1100"
_MODIFIERS_FORM: Final = "up to four modifiers of two characters each, such as 25 59"
_UNITS_FORM: Final = "a number above zero with at most three decimals, such as 1 or 2.5"
_POINTERS_FORM: Final = "up to four numbers of diagnoses, such as 1, 2, or their letters A B"


def _read_modifiers(text: str) -> tuple[str, ...]:
    return tuple(pair for token in _split(text) for pair in _pairs(token))


def _pairs(token: str) -> Iterator[str]:
    """Cut ``2559`` into 25 and 59."""
    for start in range(0, len(token), 2):
        yield token[start : start + 2]


def _are_modifiers(modifiers: tuple[str, ...]) -> bool:
    return len(modifiers) <= MODIFIERS_MAX and all(_MODIFIER.fullmatch(one) for one in modifiers)


def _read_units(text: str) -> Decimal | None:
    cleaned = text.strip()
    if not cleaned:
        return Decimal(1)
    units = Decimal(cleaned) if _UNITS.fullmatch(cleaned) else Decimal(0)
    return units or None


def _read_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _is_revenue_code(text: str) -> bool:
    return not text or _REVENUE_CODE.fullmatch(text) is not None


def _split(text: str) -> list[str]:
    return [token for token in _BETWEEN.split(_upper(text)) if token]


def _upper(text: str) -> str:
    return text.strip().upper()


def _error(field: str, message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, field, message)
