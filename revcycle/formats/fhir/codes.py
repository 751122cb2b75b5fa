"""Code systems of FHIR in our names."""

from collections.abc import Sequence
from typing import Final

from models.documents.encounter import CodeSystem, SourceCode
from revcycle.formats.fhir.nodes import Node, nodes, text

_SYSTEMS: Final = {
    "http://hl7.org/fhir/sid/icd-10-cm": CodeSystem.ICD10CM,
    "http://hl7.org/fhir/sid/icd-10": CodeSystem.ICD10CM,  # what US senders mean by it
    "http://hl7.org/fhir/sid/icd-10-us": CodeSystem.ICD10CM,
    "urn:oid:2.16.840.1.113883.6.90": CodeSystem.ICD10CM,
    "http://snomed.info/sct": CodeSystem.SNOMED,
    "urn:oid:2.16.840.1.113883.6.96": CodeSystem.SNOMED,
    "http://www.ama-assn.org/go/cpt": CodeSystem.CPT_HCPCS,
    "urn:oid:2.16.840.1.113883.6.12": CodeSystem.CPT_HCPCS,
    "urn:oid:2.16.840.1.113883.6.285": CodeSystem.CPT_HCPCS,
    "https://bluebutton.cms.gov/resources/codesystem/hcpcs": CodeSystem.CPT_HCPCS,
    "http://www.cms.gov/medicare/coding/hcpcsreleasecodesets": CodeSystem.CPT_HCPCS,
    "http://www.cms.gov/medicare/coding/medhcpcsgeninfo": CodeSystem.CPT_HCPCS,
    "http://terminology.hl7.org/codesystem/hcpcs-level-ii": CodeSystem.CPT_HCPCS,
}
_BILLABLE_FIRST: Final = (
    CodeSystem.ICD10CM,
    CodeSystem.CPT_HCPCS,
    CodeSystem.SNOMED,
    CodeSystem.UNKNOWN,
)


def to_source_code(concept: Node) -> SourceCode | None:
    """Read a CodeableConcept: the coding we can bill with first, then SNOMED, then any.

    ICD-10-CM loses its dot, as claims carry it. A concept with words only keeps the words, with an
    empty code; one with nothing is None.
    """
    words = text(concept, "text")
    codes = [_source_code(coding, words) for coding in nodes(concept, "coding")]
    present = [code for code in codes if code.code]
    if present:
        return min(present, key=lambda code: _BILLABLE_FIRST.index(code.system))
    return SourceCode(CodeSystem.UNKNOWN, "", words) if words else None


def find_coding(concept: Node, systems: Sequence[str]) -> str:
    """Return the first code from one of these systems; empty if there is none."""
    codes = (
        text(one, "code") for one in nodes(concept, "coding") if text(one, "system") in systems
    )
    return next((code for code in codes if code), "")


def _source_code(coding: Node, words: str) -> SourceCode:
    system = _SYSTEMS.get(text(coding, "system").casefold().rstrip("/"), CodeSystem.UNKNOWN)
    code = text(coding, "code")
    if system == CodeSystem.ICD10CM:
        code = code.replace(".", "")
    return SourceCode(system, code, text(coding, "display") or words)
