"""Gather the instructions of ICD-10-CM's tabular list for the diagnoses of many codings."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.coding import CodingDocument
from models.documents.coding_case import DiagnosisNoteFacts
from models.values.reference import ReferenceKind
from revcycle.store.diagnosis_notes import list_notes
from revcycle.store.reference_editions import find_editions_by_day

NotesOfCode = Mapping[str, tuple[DiagnosisNoteFacts, ...]]
KIND = ReferenceKind.ICD10CM_NOTES


def gather_diagnosis_notes(
    session: Session, codings: Mapping[UUID, CodingDocument]
) -> dict[UUID, NotesOfCode]:
    """Map each coding to the instructions that hold for its diagnoses on its date of service.

    The number of statements grows with the editions that answer, not with the codings. Where no
    edition is loaded, nothing is known.
    """
    days = {coding.service_date for coding in codings.values()}
    editions = find_editions_by_day(session, [KIND], days)
    notes = {
        edition: list_notes(session, edition, _codes_of(codings, editions, edition))
        for edition in {found[KIND] for found in editions.values() if KIND in found}
    }
    return {
        key: _of_coding(coding, notes.get(editions[coding.service_date].get(KIND, 0), {}))
        for key, coding in codings.items()
    }


def _codes_of(
    codings: Mapping[UUID, CodingDocument],
    editions: Mapping[date, Mapping[ReferenceKind, int]],
    edition: int,
) -> Collection[str]:
    return {
        code
        for coding in codings.values()
        if editions[coding.service_date].get(KIND) == edition
        for code in coding.diagnoses
    }


def _of_coding(coding: CodingDocument, notes: NotesOfCode) -> NotesOfCode:
    return {code: notes[code] for code in coding.diagnoses if code in notes}
