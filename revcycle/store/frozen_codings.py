"""Codings as they stood when somebody made them, as text of a column."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from models.documents.coding import CodedService, CodingDocument


def freeze_coding(coding: CodingDocument) -> str:
    """Write a coding down for good."""
    services = [
        {
            "procedure_code": one.procedure_code,
            "diagnosis_pointers": list(one.diagnosis_pointers),
            "modifiers": list(one.modifiers),
            "units": str(one.units),
            "service_date": one.service_date.isoformat() if one.service_date else None,
            "revenue_code": one.revenue_code,
        }
        for one in coding.services
    ]
    return json.dumps(
        {
            "diagnoses": list(coding.diagnoses),
            "services": services,
            "service_date": coding.service_date.isoformat(),
        }
    )


def thaw_coding(text: str) -> CodingDocument:
    """Read a coding that ``freeze_coding`` wrote."""
    held = json.loads(text)
    return CodingDocument(
        tuple(held["diagnoses"]),
        tuple(_service(one) for one in held["services"]),
        date.fromisoformat(held["service_date"]),
    )


def _service(held: dict[str, Any]) -> CodedService:
    day = held["service_date"]
    return CodedService(
        procedure_code=held["procedure_code"],
        diagnosis_pointers=tuple(held["diagnosis_pointers"]),
        modifiers=tuple(held["modifiers"]),
        units=Decimal(held["units"]),
        service_date=date.fromisoformat(day) if day else None,
        revenue_code=held["revenue_code"],
    )
