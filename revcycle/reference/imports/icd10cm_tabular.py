"""CDC's tabular list of ICD-10-CM as XML: what may not stand together, what goes first, other words.

``icd10cm-tabular-2027.xml`` holds chapters, in them sections, in them codes within codes, each with
its notes. Seventh characters are defined once, at the heading for which they hold.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError, iterparse

from models.documents.reference import EditionFacts, ReferenceRow
from models.errors import RejectedError
from models.values.diagnosis_notes import DiagnosisNoteKind
from revcycle.reference.imports.complaints import Complaints
from revcycle.reference.imports.edition_reader import EditionReader, Facts
from revcycle.reference.imports.fiscal_years import fiscal_year_of
from revcycle.reference.imports.files import ReferenceFile
from revcycle.reference.named_codes import ListOfCodes, find_named_codes

TEXT_MAX: Final = 1_000  # of the table's columns
CODES_MAX: Final = 1_000
PLACES: Final = frozenset({"chapter", "section", "diag"})
# Each note of these elements stands for itself; the notes of the others are one instruction.
APART: Final = {
    "excludes1": DiagnosisNoteKind.EXCLUDES1,
    "excludes2": DiagnosisNoteKind.EXCLUDES2,
    "includes": DiagnosisNoteKind.INCLUDES,
    "inclusionTerm": DiagnosisNoteKind.INCLUSION_TERM,
}
TOGETHER: Final = {
    "codeFirst": DiagnosisNoteKind.CODE_FIRST,
    "useAdditionalCode": DiagnosisNoteKind.USE_ADDITIONAL,
    "codeAlso": DiagnosisNoteKind.CODE_ALSO,
    "sevenChrNote": DiagnosisNoteKind.SEVENTH_NOTE,
}
SEVENTH: Final = "sevenChrDef"
WITH_CODES: Final = frozenset(DiagnosisNoteKind) - {
    DiagnosisNoteKind.INCLUSION_TERM,
    DiagnosisNoteKind.SEVENTH_NOTE,
}
EXCLUDES: Final = frozenset({DiagnosisNoteKind.EXCLUDES1, DiagnosisNoteKind.EXCLUDES2})

Note = tuple[str, DiagnosisNoteKind, str, str]  # where, what kind, its words, its codes


def tabular_facts(files: Sequence[ReferenceFile]) -> Facts:
    """Tell the fiscal year from the name of the file.

    Raises:
        RejectedError: there are several files.
    """
    if len(files) > 1:
        msg = f"one tabular list at a time; here are {', '.join(file.name for file in files)}"
        raise RejectedError(msg)
    return fiscal_year_of(files[0])


def tabular_rows(
    files: Sequence[ReferenceFile], _facts: EditionFacts, complaints: Complaints
) -> Iterator[ReferenceRow]:
    """Read the notes, numbered at each place, and what each category is part of."""
    (file,) = files
    listed = ListOfCodes.of({place for place, _ in _places(file)})
    ordinals: Counter[str] = Counter()
    for place, kind, text, codes in _notes(file, listed, complaints):
        yield place, ordinals[place], kind, text, codes
        ordinals[place] += 1


def count_misses(file: ReferenceFile) -> Counter[str]:
    """Count what looks like a code in the notes and is in no list, for looking at an edition."""
    listed = ListOfCodes.of({place for place, _ in _places(file)})
    return Counter(
        miss
        for _, element in _places(file)
        for child in element
        if child.tag in APART or child.tag in TOGETHER
        for miss in find_named_codes(_joined(child), listed).misses
    )


def _notes(file: ReferenceFile, listed: ListOfCodes, complaints: Complaints) -> Iterator[Note]:
    for place, element in _places(file):
        for child in element:
            for note in _notes_of(place, child, listed):
                if len(note[2]) > TEXT_MAX or len(note[3]) > CODES_MAX:
                    complaints.add(file.name, 0, place, "a note is too long for a tabular list")
                    continue
                yield note
    for category, above in _parents(file):
        yield category, DiagnosisNoteKind.PART_OF, "", " ".join(above)


def _notes_of(place: str, child: Element, listed: ListOfCodes) -> Iterator[Note]:
    if child.tag in APART:
        kind = APART[child.tag]
        for note in child.findall("note"):
            yield place, kind, _text(note), _codes(kind, _text(note), listed)
    elif child.tag in TOGETHER:
        kind = TOGETHER[child.tag]
        yield place, kind, _joined(child), _codes(kind, _joined(child), listed)
    elif child.tag == SEVENTH:
        for one in child.findall("extension"):
            yield place, DiagnosisNoteKind.SEVENTH_CHARACTER, _text(one), one.get("char", "")


def _codes(kind: DiagnosisNoteKind, text: str, listed: ListOfCodes) -> str:
    """Name the codes of a note; none where an Excludes note means some that nobody can tell."""
    if kind not in WITH_CODES:
        return ""
    named = find_named_codes(text, listed)
    if kind in EXCLUDES and not named.is_exact:
        return ""
    return " ".join(named.codes)


def _places(file: ReferenceFile) -> Iterator[tuple[str, Element]]:
    """Yield each code, section and chapter with what stands at it; those inside come first."""
    for path, element in _elements(file):
        yield path[-1], element


def _parents(file: ReferenceFile) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each category with its sections and its chapter, the narrowest first."""
    for path, element in _elements(file):
        if element.tag == "diag" and "diag" not in {one.tag for one in path.parents}:
            above = tuple(place for place in reversed(path[:-1]) if place != path[-1])
            yield path[-1], above
