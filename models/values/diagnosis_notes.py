"""Kinds of notes that ICD-10-CM's tabular list has at codes, categories, blocks and chapters."""

from enum import StrEnum
from typing import Final


class DiagnosisNoteKind(StrEnum):
    """What a note says. The value is what the database holds."""

    EXCLUDES1 = "excludes1"  # never together
    EXCLUDES2 = "excludes2"  # not meant here; both may stand
    CODE_FIRST = "code_first"  # its cause stands before it
    USE_ADDITIONAL = "use_additional"  # another code says more, and stands after it
    CODE_ALSO = "code_also"  # another code may stand beside it, in either order
    INCLUDES = "includes"
    INCLUSION_TERM = "inclusion_term"  # other words for the code
    SEVENTH_NOTE = "seventh_note"  # that a seventh character is needed
    SEVENTH_CHARACTER = "seventh_character"  # one that is allowed, in ``codes``; and its meaning
    PART_OF = "part_of"  # no note: the blocks and the chapter of a category, narrowest first


INSTRUCTIONS: Final = (
    DiagnosisNoteKind.EXCLUDES1,
    DiagnosisNoteKind.EXCLUDES2,
    DiagnosisNoteKind.CODE_FIRST,
    DiagnosisNoteKind.USE_ADDITIONAL,
    DiagnosisNoteKind.CODE_ALSO,
)
