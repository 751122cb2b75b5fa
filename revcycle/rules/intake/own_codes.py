"""Translate a practice's own charge codes to procedure codes."""

from collections.abc import Mapping
from dataclasses import replace

from models.documents.encounter import CodeSystem, IntakeRecord, SourceProcedure


def translate_own_codes(record: IntakeRecord, codes: Mapping[str, str]) -> IntakeRecord:
    """Replace codes that the client file maps; every other code stays as it was sent.

    Source:
        Our rule; ``procedure_codes`` of the intake source, agreed with the practice.
    """
    document = record.encounter
    if document is None or not codes:
        return record
    procedures = tuple(_translate(one, codes) for one in document.procedures)
    return replace(record, encounter=replace(document, procedures=procedures))


def _translate(procedure: SourceProcedure, codes: Mapping[str, str]) -> SourceProcedure:
    code = codes.get(procedure.code.code)
    if code is None:
        return procedure
    billable = replace(procedure.code, system=CodeSystem.CPT_HCPCS, code=code)
    return replace(procedure, code=billable)
