"""Codes of a message in our names of code systems."""

import re
from typing import Final

from models.documents.encounter import CodeSystem, SourceCode
from revcycle.formats.hl7v2.elements import Segment
from revcycle.reference.procedures import is_procedure_code

# HL7 table 0396 and what senders write in its place, upper case.
_SYSTEMS: Final = {
    **dict.fromkeys(("I10", "I10C", "ICD10", "ICD-10", "ICD10CM", "ICD-10-CM"), CodeSystem.ICD10CM),
    **dict.fromkeys(("SCT", "SNM", "SNOMED", "SNOMED-CT"), CodeSystem.SNOMED),
    **dict.fromkeys(("C4", "C5", "CPT", "CPT4", "CPT-4", "HCPCS", "HPC"), CodeSystem.CPT_HCPCS),
}
_ICD10CM: Final = re.compile(r"[A-TV-Z][0-9][0-9AB](\.?[0-9A-TV-Z]{1,4})?")


def to_diagnosis(segment: Segment, coded: str, text: str = "", method: str = "") -> SourceCode:
    """Read a CWE as a diagnosis; one without a system is ICD-10-CM if it has its form.

    Args:
        segment: Where the field stands.
        coded: The repetition.
        text: A description from another field, used if the CWE has none.
        method: DG1-2, the coding method of old messages, used if the CWE names no system.
    """
    code = segment.part(coded, 1)
    named = (segment.part(coded, 3) or method).upper()
    system = _SYSTEMS.get(named, CodeSystem.UNKNOWN)
    if not named and _ICD10CM.fullmatch(code.upper()):
        system = CodeSystem.ICD10CM
    if system == CodeSystem.ICD10CM:
        code = code.replace(".", "").upper()  # as claims carry it
    return SourceCode(system, code, segment.part(coded, 2) or text)


def to_service(segment: Segment, coded: str) -> SourceCode:
    """Read a CWE as a service; one without a system is CPT or HCPCS if it has their form."""
    code = segment.part(coded, 1)
    named = segment.part(coded, 3).upper()
    system = _SYSTEMS.get(named, CodeSystem.UNKNOWN)
    if not named and is_procedure_code(code.upper()):
        system = CodeSystem.CPT_HCPCS
    if system == CodeSystem.CPT_HCPCS:
        code = code.upper()
    return SourceCode(system, code, segment.part(coded, 2))
