"""Queries on the instructions of ICD-10-CM's tabular list, which belong to no practice.

An instruction holds for the code at which it stands and for all below it. Which block and chapter
a category stands in is written in the list itself: its row of the kind ``part_of`` names them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar

from sqlmodel import Session, col, select

from models.documents.coding_case import DiagnosisNoteFacts
from models.tables import DiagnosisNote
from models.values.billing_codes import CATEGORY_LENGTH
from models.values.diagnosis_notes import INSTRUCTIONS, DiagnosisNoteKind
from revcycle.store.ledger import in_chunks

Kinds = Collection[DiagnosisNoteKind]
Fact = TypeVar("Fact")
OTHER_WORDS = (DiagnosisNoteKind.INCLUSION_TERM, DiagnosisNoteKind.INCLUDES)


def list_notes(
    session: Session, edition: int, codes: Collection[str], kinds: Kinds = INSTRUCTIONS
) -> Mapping[str, tuple[DiagnosisNoteFacts, ...]]:
    """Map codes to the instructions that hold for them, the nearest first.

    Those of the code itself come before those of the codes above it, of its category, of the block
    and of the chapter. A code for which none holds is left out.

    Args:
        session: The database.
        edition: Of ``icd10cm_notes``; ``find_editions`` tells which one answers for a date.
        codes: Diagnoses as claims carry them, without dots; unknown ones are no error.
        kinds: Which kinds of notes.
    """
    wanted = set(codes)
    categories = {code[:CATEGORY_LENGTH] for code in wanted}
    above = _list_above(session, edition, categories)
    places = {code: [*_own_places(code), *above.get(code[:CATEGORY_LENGTH], ())] for code in wanted}
    notes = _list_at(session, edition, {one for many in places.values() for one in many}, kinds)
    found = {
        code: tuple(note for place in many for note in notes.get(place, ()))
        for code, many in places.items()
    }
    return {code: held for code, held in found.items() if held}


def list_seventh_characters(
    session: Session, edition: int, codes: Collection[str]
) -> Mapping[str, Mapping[str, str]]:
    """Map codes to the seventh characters that the list allows them, each with its meaning.

    The nearest definition holds: at the code, or at one above it. A code without one is left out.
    """
    kinds = (DiagnosisNoteKind.SEVENTH_CHARACTER,)
    return {
        code: {one.codes[0]: one.text for one in notes if one.at == notes[0].at}
        for code, notes in list_notes(session, edition, codes, kinds).items()
    }


def list_terms(session: Session, edition: int) -> Mapping[str, tuple[str, ...]]:
    """Map codes to the other words for them that the list includes; headings have some too."""
    statement = (
        select(DiagnosisNote.code, DiagnosisNote.text)
        .where(
            DiagnosisNote.edition_id == edition,
            col(DiagnosisNote.kind).in_(OTHER_WORDS),
        )
        .order_by(col(DiagnosisNote.code), col(DiagnosisNote.ordinal))
    )
    return _grouped(session.exec(statement))


def _own_places(code: str) -> Iterator[str]:
    """List where a note may stand for a code: at itself, and at each beginning of it."""
    return (code[:length] for length in range(len(code), CATEGORY_LENGTH - 1, -1))


def _list_above(
    session: Session, edition: int, categories: Collection[str]
) -> Mapping[str, tuple[str, ...]]:
    """Map categories to their blocks and their chapter, the narrowest first."""
    found: dict[str, tuple[str, ...]] = {}
    for part in in_chunks(sorted(categories)):
        statement = select(DiagnosisNote.code, DiagnosisNote.codes).where(
            DiagnosisNote.edition_id == edition,
            DiagnosisNote.kind == DiagnosisNoteKind.PART_OF,
            col(DiagnosisNote.code).in_(part),
        )
        found |= {code: tuple(above.split()) for code, above in session.exec(statement)}
    return found


def _list_at(
    session: Session, edition: int, places: Collection[str], kinds: Kinds
) -> Mapping[str, tuple[DiagnosisNoteFacts, ...]]:
    found: list[tuple[str, DiagnosisNoteFacts]] = []
    for part in in_chunks(sorted(places)):
        statement = (
            select(DiagnosisNote)
            .where(
                DiagnosisNote.edition_id == edition,
                col(DiagnosisNote.code).in_(part),
                col(DiagnosisNote.kind).in_(kinds),
            )
            .order_by(col(DiagnosisNote.code), col(DiagnosisNote.ordinal))
        )
        found += [(row.code, _facts(row)) for row in session.exec(statement)]
    return _grouped(found)


def _facts(row: DiagnosisNote) -> DiagnosisNoteFacts:
    return DiagnosisNoteFacts(row.code, row.kind, row.text, tuple(row.codes.split()))


def _grouped(pairs: Iterable[tuple[str, Fact]]) -> Mapping[str, tuple[Fact, ...]]:
    found: dict[str, list[Fact]] = {}
    for key, fact in pairs:
        found.setdefault(key, []).append(fact)
    return {key: tuple(facts) for key, facts in found.items()}
