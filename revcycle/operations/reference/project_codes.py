"""Build the list that is searched out of the editions in use."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sqlmodel import Session

from models.documents.reference import EditionDocument
from models.values.billing_codes import CodeSystem
from models.values.reference import MODIFIER_DETAIL, EditionState, ReferenceKind
from revcycle.rules.coding.projected_codes import (
    EditionPeriods,
    project_editions,
    words_by_code,
)
from revcycle.store import billing_codes, code_lists, diagnosis_notes, imported_editions

# Notes hold other words for diagnoses.
KIND_OF: Final[Mapping[ReferenceKind, ReferenceKind]] = MappingProxyType(
    {
        ReferenceKind.ICD10CM: ReferenceKind.ICD10CM,
        ReferenceKind.ICD10CM_NOTES: ReferenceKind.ICD10CM,
        ReferenceKind.HCPCS: ReferenceKind.HCPCS,
        ReferenceKind.CPT: ReferenceKind.CPT,
    }
)
SYSTEM_OF: Final[Mapping[ReferenceKind, CodeSystem]] = MappingProxyType(
    {
        ReferenceKind.ICD10CM: CodeSystem.ICD10CM,
        ReferenceKind.HCPCS: CodeSystem.HCPCS,
        ReferenceKind.CPT: CodeSystem.CPT,
    }
)


def project_codes(session: Session, changed: ReferenceKind) -> None:
    """Build what is searched anew after editions of a list changed; most lists are not searched.

    It belongs into the transaction that imports an edition or takes one out of use. A list of which
    nothing was ever imported stays as it is.
    """
    kind = KIND_OF.get(changed)
    if kind is None or not imported_editions.list_editions(session, kind):
        return
    system = SYSTEM_OF[kind]
    editions = _in_use(session, kind)
    codes = project_editions(system, [_periods(session, one) for one in editions])
    words = _words(session, {code.code for code in codes}) if system is CodeSystem.ICD10CM else {}
    for _ in billing_codes.replace_codes(session, system, codes, words):
        pass


def _in_use(session: Session, kind: ReferenceKind) -> list[EditionDocument]:
    """List editions in use in the order in which they answer (``find_editions``)."""
    return sorted(
        (
            one
            for one in imported_editions.list_editions(session, kind)
            if one.state == EditionState.IN_USE
        ),
        key=lambda one: (one.effective_from, one.number),
    )


def _periods(session: Session, edition: EditionDocument) -> EditionPeriods:
    listed = code_lists.list_codes(session, edition.number)
    return EditionPeriods(
        edition.effective_from, [one for one in listed if one.detail != MODIFIER_DETAIL]
    )


def _words(session: Session, codes: set[str]) -> Mapping[str, tuple[str, ...]]:
    """Take other words for diagnoses from the latest edition of the notes."""
    editions = _in_use(session, ReferenceKind.ICD10CM_NOTES)
    if not editions:
        return {}
    return words_by_code(codes, diagnosis_notes.list_terms(session, editions[-1].number))
