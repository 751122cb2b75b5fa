"""Learn from a practice's accepted codes, so that suggestions follow its own coders."""

import hashlib
import json
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from revcycle.rules.suggestions.book import BookIndex
from revcycle.rules.suggestions.history import NOTES_MAX, AcceptedNote
from revcycle.rules.suggestions.stored import write_learned
from revcycle.rules.suggestions.suggest import NOTES_LEAST, learn
from revcycle.store.audit import record_act
from revcycle.store.ledger import in_chunks
from revcycle.store.suggestion_models import (
    ModelFacts,
    find_model_facts,
    list_coded_notes,
    list_latest_coded_ids,
    replace_model,
)

BETWEEN_NOTES = "\n\n"


def list_accepted_notes(session: Session, client_id: UUID) -> list[AcceptedNote]:
    """List the latest notes of which the coding is complete, the latest last."""
    ids = list_latest_coded_ids(session, client_id, NOTES_MAX)
    return [
        AcceptedNote(BETWEEN_NOTES.join(one.texts), one.codes)
        for chunk in in_chunks(ids)
        for one in list_coded_notes(session, client_id, chunk)
        if one.codes
    ]


def train_suggestions(
    session: Session, act: Act, book: BookIndex, notes: Sequence[AcceptedNote]
) -> ModelFacts | None:
    """Learn from notes of this practice, and keep what was learned.

    The same notes again change nothing. What was learned is replaced as a whole: it is never
    joined to what another practice's notes taught.

    Returns:
        What the practice has now; None where there are too few notes to learn from.
    """
    known = find_model_facts(session, act.client_id)
    learned_from = _sha256_of(notes)
    if len(notes) < NOTES_LEAST or (known and known.learned_from == learned_from):
        return known
    learned = learn(book, notes)
    content = write_learned(learned)
    facts = ModelFacts(
        sha256=hashlib.sha256(content).hexdigest(),
        learned_from=learned_from,
        trained_at=act.at,
        note_count=learned.history.note_count,
        code_count=len(learned.history.codes),
    )
    replace_model(session, act.client_id, facts, content)
    record_act(session, act.client_id, act, "train_suggestions", "client", act.client_id)
    return facts


def _sha256_of(notes: Sequence[AcceptedNote]) -> str:
    found = hashlib.sha256()
    for one in notes:
        found.update(json.dumps([one.text, one.codes]).encode() + b"\n")
    return found.hexdigest()
