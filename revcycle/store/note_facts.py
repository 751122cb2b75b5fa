"""Queries on what is known about clinical notes without reading them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlmodel import Session, col, func, select

from models.documents.coding_case import NoteFacts
from models.tables import ClinicalNote
from revcycle.store.ledger import in_chunks


def list_note_facts(
    session: Session, client_id: UUID, encounter_ids: Collection[UUID]
) -> Mapping[UUID, tuple[NoteFacts, ...]]:
    """Map every one of these encounters to its notes in their order; no text leaves the database.

    An encounter without a note has an empty tuple.
    """
    found: defaultdict[UUID, list[NoteFacts]] = defaultdict(list)
    for part in in_chunks(sorted(encounter_ids)):
        statement = (
            select(
                ClinicalNote.encounter_id,
                col(ClinicalNote.written_on),
                ClinicalNote.is_signed,
                func.trim(ClinicalNote.text) == "",
            )
            .where(ClinicalNote.client_id == client_id, col(ClinicalNote.encounter_id).in_(part))
            .order_by(col(ClinicalNote.encounter_id), col(ClinicalNote.ordinal))
        )
        for encounter_id, written_on, is_signed, is_empty in session.exec(statement):
            found[encounter_id].append(NoteFacts(written_on, is_signed, bool(is_empty)))
    return {encounter_id: tuple(found[encounter_id]) for encounter_id in encounter_ids}
