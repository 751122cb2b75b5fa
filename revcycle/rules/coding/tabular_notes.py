"""The instructions of the tabular list that hold for a diagnosis, and whom they name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from models.documents.coding_case import CodingCase, DiagnosisNoteFacts

TEXT_LENGTH: Final = 110  # the page shows a finding in two lines
CATEGORY_LENGTH: Final = 3
_CHAPTER: Final = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Instruction:
    """All notes of one kind at one place of the list.

    Attributes:
        at: A code, category, block or chapter.
        text: Their words, shortened.
        words: The same in small letters, in full.
        codes: Codes and ranges that they name.
        note_count: How many notes there are.
    """

    at: str
    text: str
    words: str
    codes: tuple[str, ...]
    note_count: int

    def names(self, code: str) -> bool:
        """Tell whether a code is among those named, or below one of them."""
        return any(is_under(code, named) for named in self.codes)

    @property
    def is_of_any(self) -> bool:
        """Tell whether it is about any such condition, which a patient may have or not."""
        return self.words.startswith("any ")

    @property
    def is_at_code(self) -> bool:
        """Tell whether it stands at a category or below, not at a block or a chapter."""
        return "-" not in self.at and not _CHAPTER.fullmatch(self.at)


def list_instructions(case: CodingCase, code: str, kind: str) -> tuple[Instruction, ...]:
    """List what the tabular list says for a code in one way; nothing where notes are not loaded.

    Source:
        ICD-10-CM Official Guidelines, section I.A.10 to I.A.17: notes at a chapter, block or
        category hold for all codes below it.
    """
    notes = sorted(
        (note for note in case.facts.notes.get(code, ()) if note.kind == kind),
        key=lambda note: note.at,
    )
    return tuple(_join(at, group) for at, group in groupby(notes, key=lambda note: note.at))


def is_under(code: str, named: str) -> bool:
    """Tell whether a code is the named one, is below it, or lies in the named range.

    Source:
        ICD-10-CM Official Guidelines, section I.A.1: a range includes all that is below its ends.
    """
    first, _, last = named.replace(".", "").partition("-")
    if not first or not last:
        return bool(first) and code.startswith(first)
    return code[: len(first)] >= first and code[: len(last)] <= last


def others(codes: tuple[str, ...], number: int) -> Iterator[tuple[int, str]]:
    """List the other diagnoses of a coding with their numbers, from 1.

    Source:
        House rule: a code is never judged by itself.
    """
    return (
        (other, code) for other, code in enumerate(codes, 1) if code and code != codes[number - 1]
    )


def _join(at: str, notes: Iterable[DiagnosisNoteFacts]) -> Instruction:
    kept = list(notes)
    text = "; ".join(" ".join(note.text.split()) for note in kept).replace(":;", ":")
    codes = tuple(dict.fromkeys(code for note in kept for code in note.codes))
    return Instruction(at, _shortened(text), text.lower(), codes, len(kept))


def _shortened(text: str) -> str:
    return text if len(text) <= TEXT_LENGTH else text[:TEXT_LENGTH].rsplit(" ", 1)[0] + " ..."
