"""Invented encounters as a practice's CSV: one row for each service, or one for the visit."""

import csv
import io
from collections.abc import Iterator, Sequence

from models.documents.encounter import EncounterDocument, SourceCoverage, SourceProcedure
from models.documents.party import Person
from revcycle.synthetic.practice import SyntheticSource


def write_csv(
    documents: Sequence[EncounterDocument], source: SyntheticSource, *, place_of_service: str
) -> bytes:
    """Write the columns that the source maps, under the practice's names, with CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=source.delimiter)
    writer.writerow(source.columns.values())
    for document in documents:
        for cells in _rows(document, source.date_format, place_of_service):
            writer.writerow([cells.get(field, "") for field in source.columns])
    return out.getvalue().encode(source.encoding)


def _rows(
    document: EncounterDocument, date_format: str, place_of_service: str
) -> Iterator[dict[str, str]]:
    shared = _encounter_cells(document, date_format, place_of_service)
    if not document.procedures:
        yield shared
    for procedure in document.procedures:
        yield {**shared, **_service_cells(procedure)}


def _encounter_cells(
    document: EncounterDocument, date_format: str, place_of_service: str
) -> dict[str, str]:
    provider = document.rendering_provider
    cells = {
        "encounter_number": document.source_key,
        "patient_number": document.identifiers[0][1],
        "service_date": f"{document.service_date:{date_format}}",
        "place_of_service": place_of_service,
        "prior_authorization": document.prior_authorization,
        "note": " ".join(note.text for note in document.notes),
        **_person_cells(document.patient, "patient_", date_format),
    }
    if provider is not None:
        cells["provider_npi"] = provider.npi
        cells["provider_last_name"] = provider.last_name
        cells["provider_first_name"] = provider.first_name
    if document.guarantor is not None:
        cells |= _person_cells(document.guarantor, "guarantor_", date_format)
    for coverage, prefix in zip(document.coverages, ("primary_", "secondary_"), strict=False):
        cells |= _coverage_cells(coverage, prefix, date_format)
    for number, diagnosis in enumerate(document.diagnoses, start=1):
        cells[f"diagnosis_{number}"] = diagnosis.code
    return cells


def _service_cells(procedure: SourceProcedure) -> dict[str, str]:
    modifiers = enumerate(procedure.modifiers, start=1)
    return {
        "procedure_code": procedure.code.code,
        "units": str(procedure.units),
        "revenue_code": procedure.revenue_code,
        "diagnosis_pointers": ";".join(str(pointer) for pointer in procedure.diagnosis_pointers),
        **{f"modifier_{number}": modifier for number, modifier in modifiers},
    }


def _person_cells(person: Person, prefix: str, date_format: str) -> dict[str, str]:
    cells = {
        "last_name": person.last_name,
        "first_name": person.first_name,
        "middle_name": person.middle_name,
        "birth_date": f"{person.birth_date:{date_format}}" if person.birth_date else "",
        "sex": person.sex,
        "phone": person.phone,
        "email": person.email,
    }
    if person.address is not None:
        cells["address_line1"] = person.address.line1
        cells["city"] = person.address.city
        cells["state"] = person.address.state
        cells["zip_code"] = person.address.zip_code
    return {f"{prefix}{name}": cell for name, cell in cells.items()}


def _coverage_cells(coverage: SourceCoverage, prefix: str, date_format: str) -> dict[str, str]:
    cells = {
        "payer_name": coverage.payer_name,
        "payer_id": coverage.payer_id,
        "member_id": coverage.member_id,
        "group_number": coverage.group_number,
        "relationship": coverage.relationship,
        "valid_from": f"{coverage.valid_from:{date_format}}" if coverage.valid_from else "",
    }
    found = {f"{prefix}{name}": cell for name, cell in cells.items()}
    if coverage.subscriber is not None:
        found |= _person_cells(coverage.subscriber, f"{prefix}subscriber_", date_format)
    return found
