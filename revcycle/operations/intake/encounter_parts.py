"""The rows that hang on an encounter: notes, codes as sent, diagnoses, charges."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, SQLModel

from models.documents.encounter import CodeSystem, EncounterDocument, SourceCode, SourceProcedure
from models.states.encounter import EncounterState
from models.tables import Charge, ClinicalNote, Diagnosis, Encounter, SourceCodeRow
from revcycle.reference.procedures import is_modifier, is_procedure_code
from revcycle.store import encounters

DIAGNOSIS_LENGTH_MAX = 7
POINTERS_MAX = 4


UNCODED_STATES = frozenset(
    {EncounterState.NEEDS_FIX, EncounterState.REGISTERED, EncounterState.CODING}
)


def source_key_of(document: EncounterDocument) -> str:
    """Return the practice's number of the encounter, or a hash of what identifies the visit."""
    if document.source_key:
        return document.source_key
    identity = (
        document.identifiers,
        document.patient.last_name,
        document.patient.first_name,
        str(document.patient.birth_date),
        str(document.service_date),
        [procedure.code.code for procedure in document.procedures],
    )
    return "sha256:" + hashlib.sha256(repr(identity).encode()).hexdigest()


def complete_encounter(
    session: Session, client_id: UUID, original: Encounter, document: EncounterDocument
) -> bool:
    """Take from a repeated record what the encounter lacked: its note, its codes.

    A registration message (ADT) comes before the charges (DFT) of the same visit. What a coder
    or an earlier record already said is never overwritten. Returns whether anything was taken.
    """
    if original.state not in UNCODED_STATES:
        return False
    ids = [original.id]
    rows: list[SQLModel] = []
    if not encounters.list_notes(session, client_id, ids):
        rows.extend(note_rows(client_id, original.id, document))
    if not encounters.list_source_codes(session, client_id, ids):
        rows.extend(code_rows(client_id, original.id, document))
    session.add_all(rows)
    return bool(rows)


def note_rows(client_id: UUID, encounter_id: UUID, document: EncounterDocument) -> list[SQLModel]:
    """Make the note rows of a record."""
    return [
        ClinicalNote(
            client_id=client_id,
            encounter_id=encounter_id,
            ordinal=number,
            text=note.text,
            written_on=note.written_on,
            author=note.author[:120],
            is_signed=note.is_signed,
        )
        for number, note in enumerate(document.notes, start=1)
    ]


def code_rows(client_id: UUID, encounter_id: UUID, document: EncounterDocument) -> list[SQLModel]:
    """Make the rows of everything coded: as it was sent, and what of it we can bill with.

    SNOMED and other codes are kept for the coder; ICD-10-CM becomes a diagnosis and CPT or HCPCS
    a charge. Pointers count diagnoses as they were sent, so they are renumbered with them.
    """
    rows: list[SQLModel] = [
        *_source_rows(client_id, encounter_id, "diagnosis", document.diagnoses),
        *_source_rows(
            client_id, encounter_id, "procedure", [one.code for one in document.procedures]
        ),
    ]
    numbers = _billable_diagnoses(document)
    rows.extend(
        Diagnosis(client_id=client_id, encounter_id=encounter_id, ordinal=number, code=code)
        for code, number in numbers.items()
    )
    billable = (one for one in document.procedures if _is_billable(one))
    for number, procedure in enumerate(billable, start=1):
        service_date = procedure.service_date or document.service_date
        if service_date is not None:
            charge = _charge(client_id, encounter_id, number, procedure, service_date)
            charge.diagnosis_pointers = _pointers(document, procedure, numbers)
            rows.append(charge)
    return rows


def _billable_diagnoses(document: EncounterDocument) -> dict[str, int]:
    codes = (
        one.code.replace(".", "").upper()
        for one in document.diagnoses
        if one.system == CodeSystem.ICD10CM
    )
    kept = dict.fromkeys(code for code in codes if 0 < len(code) <= DIAGNOSIS_LENGTH_MAX)
    return {code: number for number, code in enumerate(kept, start=1)}


def _is_billable(procedure: SourceProcedure) -> bool:
    return procedure.code.system == CodeSystem.CPT_HCPCS and is_procedure_code(procedure.code.code)


def _pointers(
    document: EncounterDocument, procedure: SourceProcedure, numbers: dict[str, int]
) -> str:
    """Renumber pointers; a service that points nowhere points at the principal diagnosis.

    Only one diagnosis can be meant where there is only one, so that is no guess; with several the
    coder is asked, because nothing is written.
    """
    sent = [
        document.diagnoses[pointer - 1].code.replace(".", "").upper()
        for pointer in procedure.diagnosis_pointers
        if 1 <= pointer <= len(document.diagnoses)
    ]
    kept = list(dict.fromkeys(numbers[code] for code in sent if code in numbers))
    if not kept and len(numbers) == 1:
        kept = [1]
    return ":".join(str(number) for number in kept[:POINTERS_MAX])


def _charge(
    client_id: UUID, encounter_id: UUID, number: int, procedure: SourceProcedure, day: date
) -> Charge:
    return Charge(
        client_id=client_id,
        encounter_id=encounter_id,
        ordinal=number,
        procedure_code=procedure.code.code,
        modifiers=":".join(one for one in procedure.modifiers if is_modifier(one)),
        units=procedure.units,
        service_date=day,
        revenue_code=procedure.revenue_code[:4],
        amount=procedure.charge or None,
    )


def _source_rows(
    client_id: UUID,
    encounter_id: UUID,
    kind: str,
    codes: Sequence[SourceCode],
) -> Iterator[SourceCodeRow]:
    for number, code in enumerate(codes, start=1):
        yield SourceCodeRow(
            client_id=client_id,
            encounter_id=encounter_id,
            kind=kind,
            ordinal=number,
            system=code.system,
            code=code.code[:40],
            text=code.text[:500],
        )
