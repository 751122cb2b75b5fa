"""CDC's tabular list of ICD-10-CM as XML: what may not stand together, and other words.

``icd10cm-tabular-2027.xml`` holds chapters, in them sections, in them codes within codes, each with
its notes. Seventh characters are defined once, at the heading for which they hold.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError, iterparse

from models.documents.reference import EditionFacts, ReferenceRow
from models.errors import RejectedError
from models.values.diagnosis_notes import DiagnosisNoteKind
from revcycle.reference.imports.complaints import Complaints
from revcycle.reference.imports.edition_reader import EditionReader, Facts
from revcycle.reference.imports.files import ReferenceFile
from revcycle.reference.imports.fiscal_years import fiscal_year_of
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

ABOVE_CATEGORY: Final = 2  # its chapter and its section
BLANKS: Final = re.compile(r"\s+")

Places = tuple[str, ...]
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
    ordinals: Counter[str] = Counter()
    for place, kind, text, codes in _notes(file, complaints):
        yield place, ordinals[place], kind, text, codes
        ordinals[place] += 1


def count_misses(file: ReferenceFile) -> Counter[str]:
    """Count what looks like a code in the notes and is in no list, for looking at an edition."""
    listed = _list_of_codes(file)
    return Counter(
        miss
        for _, element in _places(file.open())
        for child in element
        if child.tag in APART or child.tag in TOGETHER
        for miss in find_named_codes(_joined(child), listed).misses
    )


def _notes(file: ReferenceFile, complaints: Complaints) -> Iterator[Note]:
    listed = _list_of_codes(file)
    for path, element in _places(file.open()):
        for note in _notes_at(path, element, listed):
            if len(note[2]) > TEXT_MAX or len(note[3]) > CODES_MAX:
                complaints.add(file.name, 0, path[-1], "a note is longer than any known")
            else:
                yield note


def _list_of_codes(file: ReferenceFile) -> ListOfCodes:
    """Read the codes alone, ahead of the notes that name them."""
    return ListOfCodes.of({path[-1] for path, one in _places(file.opener()) if one.tag == "diag"})


def _notes_at(path: Places, element: Element, listed: ListOfCodes) -> Iterator[Note]:
    *above, place = path
    if element.tag == "diag" and len(above) == ABOVE_CATEGORY:
        parents = (one for one in reversed(above) if one != place)  # a block of one category
        yield place, DiagnosisNoteKind.PART_OF, "", " ".join(parents)
    for child in element:
        yield from _notes_of(place, child, listed)


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


def _places(stream: IO[bytes]) -> Iterator[tuple[Places, Element]]:
    """Yield each code, section and chapter after those inside it, with the places around it.

    An element is emptied once it was looked at, so that no more than one chapter is held.

    Raises:
        RejectedError: it is no tabular list, or no XML.
    """
    open_places: list[Element] = []
    with stream:
        try:
            # Expat bounds what entities grow to, and reads none from outside.
            for event, element in iterparse(stream, events=("start", "end")):  # noqa: S314 - see above
                if element.tag not in PLACES:
                    continue
                if event == "start":
                    open_places.append(element)
                    continue
                yield tuple(_name(one) for one in open_places), element
                open_places.pop().clear()
        except ParseError as error:
            line, column = error.position
            msg = f"line {line}, column {column}: this is no XML"
            raise RejectedError(msg) from error


def _name(element: Element) -> str:
    if element.tag == "section":
        return element.get("id", "")
    return _plain(element.findtext("name", ""))


def _plain(code: str) -> str:
    return code.strip().replace(".", "")


def _text(element: Element) -> str:
    return BLANKS.sub(" ", "".join(element.itertext())).strip()


def _joined(element: Element) -> str:
    """Write the notes of one instruction in a row; one that has none is a note itself."""
    return "; ".join(_text(one) for one in element) or _text(element)


ICD10CM_NOTES: Final = EditionReader(
    re.compile(r"tabular", re.IGNORECASE), (".xml",), tabular_facts, tabular_rows
)
