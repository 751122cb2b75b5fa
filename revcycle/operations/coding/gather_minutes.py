"""Gather the minutes of treatments by the clock from notes, where codings have such treatments."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session

from models.documents.coding import CodingDocument
from revcycle.reference.visits import TIMED_TREATMENTS
from revcycle.rules.coding.timed_minutes import read_timed_minutes
from revcycle.store import encounters


def gather_timed_minutes(
    session: Session, client_id: UUID, wanted: Mapping[UUID, CodingDocument]
) -> dict[UUID, int | None]:
    """Map encounters to what their notes say; without such a treatment no note is read."""
    timed = [one for one, coding in wanted.items() if _is_timed(coding)]
    texts: dict[UUID, list[str]] = defaultdict(list)
    for note in encounters.list_notes(session, client_id, timed) if timed else ():
        texts[note.encounter_id].append(note.text)
    return {one: read_timed_minutes(texts.get(one, ())) for one in wanted}


def _is_timed(coding: CodingDocument) -> bool:
    return any(one.procedure_code in TIMED_TREATMENTS for one in coding.services)
