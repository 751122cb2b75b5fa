"""Learn from a practice's accepted codes, so that suggestions follow its own coders.

In three parts, because learning takes seconds to minutes and nobody's work may wait for it: read
what there is to learn from, learn without a database, keep what was learned in one short write.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
    lock_model_of,
    replace_model,
)

BETWEEN_NOTES = "\n\n"


@dataclass(frozen=True, slots=True, repr=False)
class Lesson:
    """What a practice's model is to be learned from, as of one moment.

    Attributes:
        notes: Accepted notes, the latest last.
        known: What the practice had learned by then; None where nothing.
    """

    notes: tuple[AcceptedNote, ...]
    known: ModelFacts | None

    @property
    def sha256(self) -> str:
        """Name the notes and codes: the same teach nothing new."""
        found = hashlib.sha256()
        for one in self.notes:
            found.update(json.dumps([one.text, one.codes]).encode() + b"\n")
        return found.hexdigest()

    @property
    def is_new(self) -> bool:
        """Whether there is enough to learn from, and not what is known already."""
        is_known = self.known is not None and self.known.learned_from == self.sha256
        return len(self.notes) >= NOTES_LEAST and not is_known


@dataclass(frozen=True, slots=True, repr=False)
class LearnedModel:
    """What a lesson taught, as bytes to keep; they hold pieces of words of notes."""

    facts: ModelFacts
    content: bytes


def list_accepted_notes(session: Session, client_id: UUID) -> list[AcceptedNote]:
    """List the latest notes of which the coding is complete, the latest last."""
    ids = list_latest_coded_ids(session, client_id, NOTES_MAX)
    return [
        AcceptedNote(BETWEEN_NOTES.join(one.texts), one.codes)
        for chunk in in_chunks(ids)
        for one in list_coded_notes(session, client_id, chunk)
        if one.codes
    ]


def read_lesson(
    session: Session, client_id: UUID, given: Sequence[AcceptedNote] | None = None
) -> Lesson:
    """Read what there is to learn from: completed charts, or the notes that are given."""
    notes = list_accepted_notes(session, client_id) if given is None else given
    return Lesson(tuple(notes), find_model_facts(session, client_id))


def learn_lesson(book: BookIndex, lesson: Lesson, at: datetime) -> LearnedModel | None:
    """Learn, without a database, for as long as it takes.

    Returns:
        What to keep; None where there are too few notes, or only those that were learned before.
    """
    if not lesson.is_new:
        return None
    learned = learn(book, lesson.notes)
    content = write_learned(learned)
    facts = ModelFacts(
        sha256=hashlib.sha256(content).hexdigest(),
        learned_from=lesson.sha256,
        trained_at=at,
        note_count=learned.history.note_count,
        code_count=len(learned.history.codes),
    )
    return LearnedModel(facts, content)


def keep_learned(
    session: Session, act: Act, lesson: Lesson, learned: LearnedModel
) -> ModelFacts | None:
    """Keep what was learned, unless somebody kept another model since the lesson was read.

    What was learned is replaced as a whole: it is never joined to what another practice's notes
    taught, nor to an earlier model of this one.

    Returns:
        What the practice has now: this, or what the other one kept.
    """
    lock_model_of(session, act.client_id)
    now_known = find_model_facts(session, act.client_id)
    if now_known != lesson.known:
        return now_known
    replace_model(session, act.client_id, learned.facts, learned.content)
    record_act(session, act.client_id, act, "train_suggestions", "client", act.client_id)
    return learned.facts
