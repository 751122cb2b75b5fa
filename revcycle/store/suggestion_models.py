"""Queries on what a practice's accepted codes taught, and on the notes it is learned from."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from models.states.encounter import EncounterState
from models.tables import Client, ClinicalNote, Diagnosis, Encounter, SuggestionModel

CODED_STATES = (EncounterState.CODED, EncounterState.BILLED)


@dataclass(frozen=True, slots=True, repr=False)
class CodedNotes:
    """The notes of one completed encounter and its diagnoses."""

    encounter_id: UUID
    texts: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What is known of a practice's model without reading it."""

    sha256: str
    learned_from: str
    trained_at: datetime
    note_count: int
    code_count: int


def list_latest_coded_ids(session: Session, client_id: UUID, limit: int) -> Sequence[UUID]:
    """List the latest encounters whose coding is complete and that have a note, oldest first."""
    with_note = select_rows(ClinicalNote.encounter_id).where(ClinicalNote.client_id == client_id)
    latest = session.exec(
        select_rows(Encounter.id)
        .where(
            Encounter.client_id == client_id,
            col(Encounter.state).in_(CODED_STATES),
            col(Encounter.id).in_(with_note),
        )
        .order_by(col(Encounter.service_date).desc(), col(Encounter.id).desc())
        .limit(limit)
    ).all()
    return latest[::-1]


def list_coded_notes(
    session: Session, client_id: UUID, encounter_ids: Collection[UUID]
) -> list[CodedNotes]:
    """Read notes and diagnoses of encounters, in the order of ``encounter_ids``."""
    texts, codes = defaultdict(list), defaultdict(list)
    for note in session.exec(
        select_rows(ClinicalNote.encounter_id, ClinicalNote.text)
        .where(
            ClinicalNote.client_id == client_id,
            col(ClinicalNote.encounter_id).in_(encounter_ids),
        )
        .order_by(col(ClinicalNote.encounter_id), col(ClinicalNote.ordinal))
    ):
        texts[note[0]].append(note[1])
    for diagnosis in session.exec(
        select_rows(Diagnosis.encounter_id, Diagnosis.code)
        .where(Diagnosis.client_id == client_id, col(Diagnosis.encounter_id).in_(encounter_ids))
        .order_by(col(Diagnosis.encounter_id), col(Diagnosis.ordinal))
    ):
        codes[diagnosis[0]].append(diagnosis[1])
    return [CodedNotes(one, tuple(texts[one]), tuple(codes[one])) for one in encounter_ids]


def lock_model_of(session: Session, client_id: UUID) -> None:
    """Let nobody else replace the practice's model until this transaction ends.

    The practice's row is locked, because there may be no model yet; records that refer to the
    practice can be added meanwhile.
    """
    session.exec(
        select_rows(Client.id).where(Client.id == client_id).with_for_update(key_share=True)
    ).one_or_none()


def find_model_facts(session: Session, client_id: UUID) -> ModelFacts | None:
    """Tell what model a practice has; None where nothing was ever learned."""
    row = session.execute(
        select(
            col(SuggestionModel.sha256),
            col(SuggestionModel.learned_from),
            col(SuggestionModel.trained_at),
            col(SuggestionModel.note_count),
            col(SuggestionModel.code_count),
        ).where(col(SuggestionModel.client_id) == client_id)
    ).one_or_none()
    return ModelFacts(*row) if row else None


def read_model(session: Session, client_id: UUID) -> bytes:
    """Read the bytes of a practice's model; empty where there is none."""
    content = session.exec(
        select_rows(SuggestionModel.content).where(SuggestionModel.client_id == client_id)
    ).one_or_none()
    return content or b""


def replace_model(session: Session, client_id: UUID, facts: ModelFacts, content: bytes) -> None:
    """Put a model in the place of the former one, all of it or nothing."""
    row = session.exec(
        select_rows(SuggestionModel).where(SuggestionModel.client_id == client_id)
    ).one_or_none() or SuggestionModel(
        client_id=client_id,
        learned_from="",
        sha256="",
        trained_at=facts.trained_at,
        note_count=0,
        code_count=0,
        content=b"",
    )
    row.learned_from, row.sha256 = facts.learned_from, facts.sha256
    row.trained_at = facts.trained_at
    row.note_count, row.code_count = facts.note_count, facts.code_count
    row.content = content
    session.add(row)
