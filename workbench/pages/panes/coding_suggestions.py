"""Suggested codes beside the coder's form, each with the clause of the note that supports it.

They are computed after the chart is shown, so that it opens as fast as before, and nothing is coded
by them: a coder takes one over, or does not. Without script a button asks for them.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.values.billing_codes import CodeSystem, to_code_text
from models.values.suggestions import Source
from revcycle.connectors.code_book import find_code_book, has_code_book
from revcycle.operations.coding.note_suggestions import note_suggestions
from revcycle.operations.coding.train_suggestions import BETWEEN_NOTES
from revcycle.rules.suggestions.book import BookIndex
from revcycle.rules.suggestions.stored import ForeignBytesError, read_learned
from revcycle.rules.suggestions.suggest import Learned, Suggestion, suggest_codes
from revcycle.settings import settings
from revcycle.store.audit import record_act
from revcycle.store.encounter_picture import NoteFacts
from revcycle.store.suggestion_models import read_model

WHY: Final = {
    Source.BOOK: "named in the code's title or terms",
    Source.HISTORY: "what coders of this practice made of such words",
    Source.NEIGHBOUR: "a note much like this one has it",
}
NO_BOOK: Final = (
    "Suggestions are not ready on this machine yet: an administrator makes them so with "
    "revcycle coding search."
)


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """A suggestion as the page shows it; ``mark`` is the number of its clause, 0 without one."""

    code: str
    title: str
    why: str
    clause: str
    mark: int
    change: str


@dataclass(frozen=True, slots=True)
class NotePart:
    """A part of a note; ``mark`` numbers the clause that it is, 0 if it is none."""

    text: str
    mark: int = 0


@dataclass(frozen=True, slots=True)
class ShownSuggestions:
    """The list, the notes with their clauses marked, and why there is no list, if so."""

    lines: Sequence[SuggestionLine]
    notes: Sequence[Sequence[NotePart]]
    why_none: str = ""


def are_suggestions_ready() -> bool:
    """Tell whether this machine has the book that codes are suggested from."""
    return has_code_book(settings().home)


def show_suggestions(
    session: Session,
    act: Act,
    encounter_id: UUID,
    notes: Sequence[NoteFacts],
    day: date,
    *,
    typed: Sequence[str],
) -> ShownSuggestions:
    """Suggest codes for the notes of a chart; those that are typed already are left out."""
    texts = [one.text for one in notes]
    book = find_code_book(settings().home)
    if book is None:
        return ShownSuggestions((), plain_notes(notes), NO_BOOK)
    learned, model_sha256 = _learned(session, act, book)
    every = suggest_codes(book, learned, BETWEEN_NOTES.join(texts), day)
    record_act(session, act.client_id, act, "see_suggestions", "encounter", encounter_id)
    note_suggestions(session, act, encounter_id, model_sha256, every)
    taken = {code.replace(".", "").strip().upper() for code in typed}
    found = [one for one in every if one.code not in taken]
    spans = _spans(found)
    why_none = "" if found else "Nothing in the note suggests a code that is not typed yet."
    return ShownSuggestions([_line(one, spans) for one in found], mark(texts, spans), why_none)


def plain_notes(notes: Sequence[NoteFacts]) -> list[list[NotePart]]:
    """Show the notes without any mark."""
    return [[NotePart(one.text)] for one in notes]


def mark(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[list[NotePart]]:
    """Cut notes where a clause begins and ends; spans count characters of the joined notes."""
    found, offset = [], 0
    for text in texts:
        found.append(list(_parts(text, offset, spans)))
        offset += len(text) + len(BETWEEN_NOTES)
    return found


def _parts(text: str, offset: int, spans: Sequence[tuple[int, int]]) -> Iterator[NotePart]:
    at = 0
    for number, (start, end) in enumerate(spans, start=1):
        begins, ends = start - offset, end - offset
        if begins >= 0 and ends <= len(text):
            yield NotePart(text[at:begins])
            yield NotePart(text[begins:ends], number)
            at = ends
    yield NotePart(text[at:])


def _learned(session: Session, act: Act, book: BookIndex) -> tuple[Learned | None, str]:
    """Read what the practice's charts taught, and its sha256, empty where only the book speaks.

    What another version wrote waits for training.
    """
    content = read_model(session, act.client_id)
    if not content:
        return None, ""
    try:
        return read_learned(content, book), hashlib.sha256(content).hexdigest()
    except ForeignBytesError:
        return None, ""


def _spans(found: Sequence[Suggestion]) -> list[tuple[int, int]]:
    return sorted({(one.evidence.start, one.evidence.end) for one in found if one.evidence})


def _line(one: Suggestion, spans: Sequence[tuple[int, int]]) -> SuggestionLine:
    evidence = one.evidence
    return SuggestionLine(
        code=to_code_text(CodeSystem.ICD10CM, one.code),
        title=one.title,
        why=WHY[one.source],
        clause=evidence.text if evidence else "",
        mark=spans.index((evidence.start, evidence.end)) + 1 if evidence else 0,
        change=f"accept:{one.code}",
    )
