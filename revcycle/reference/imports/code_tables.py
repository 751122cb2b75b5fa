"""Lists of codes as tables with a line of names: code, text, and if known first and last day.

CSV, tab-separated text or workbook. Several names of a column are known, so that lists can be
imported as their publishers write them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from models.documents.reference import EditionFacts, ReferenceRow
from models.errors import RejectedError
from revcycle.reference.imports.cells import Cells
from revcycle.reference.imports.complaints import Complaints
from revcycle.reference.imports.days import NONE, to_written_day
from revcycle.reference.imports.edition_reader import EditionReader, Facts
from revcycle.reference.imports.files import ReferenceFile
from revcycle.reference.imports.tables import NO_NAMES, Names, after_heading, read_lines

ENCODING: Final = "utf-8-sig"
SUFFIXES: Final = (".csv", ".xlsx", ".txt", ".tsv")
TITLE_MAX: Final = 1_500
DETAIL_MAX: Final = 200
DAY: Final = "a day as YYYY-MM-DD, YYYYMMDD or MM/DD/YYYY"
DAY_IN_NAME: Final = re.compile(r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")
CODE, TEXT, START, STOP = "code", "text", "start", "stop"
DAYS: Final[Names] = MappingProxyType(
    {
        START: ("start", "start date", "effective date", "valid_from", "valid from", "from"),
        STOP: (
            *("stop", "stop date", "end date", "deactivation date"),
            *("valid_to", "valid to", "to"),
        ),
    }
)


def no_detail(_cells: Cells) -> str:
    """Say nothing beside code and text."""
    return ""


def text_of(cells: Cells) -> str:
    """Take the column with the text."""
    return cells.text(TEXT)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """How the lines of one list look.

    Attributes:
        code_form: What a code looks like.
        code_words: The same in words, for complaints.
        names: Under which names its columns are known; ``code`` and ``text`` are needed.
        title: Makes the title of a code from its line.
        optional: Columns beside the days that only some files have.
        detail: What else the list says of a code.
    """

    code_form: re.Pattern[str]
    code_words: str
    names: Names
    title: Callable[[Cells], str] = text_of
    optional: Names = field(default_factory=lambda: NO_NAMES)
    detail: Callable[[Cells], str] = no_detail

    def rows(
        self, files: Sequence[ReferenceFile], facts: EditionFacts, complaints: Complaints
    ) -> Iterator[ReferenceRow]:
        """Read the codes; what has no first day begins with the edition."""
        seen: set[tuple[str, date]] = set()
        for file in files:
            for cells in self._lines(file, complaints):
                code = cells.read(CODE, self._to_code, self.code_words, "")
                first, last = self._days(cells, facts.effective_from)
                title, detail = self._words(cells)
                if cells.is_sound and (code, first) in seen:
                    _complain(cells, CODE, f"{code} stands twice from {first} on")
                if cells.is_sound:
                    seen.add((code, first))
                    yield code, first, last, title, True, detail

    def _lines(self, file: ReferenceFile, complaints: Complaints) -> Iterator[Cells]:
        lines = read_lines(file, encoding=ENCODING)
        optional = {**DAYS, **self.optional}
        places, following = after_heading(lines, self.names, file.name, optional)
        for number, texts in following:
            if any(text.strip() for text in texts):
                yield Cells(file.name, number, texts, places, complaints)

    def _to_code(self, text: str) -> str:
        if not self.code_form.fullmatch(text):
            msg = "no code of this list"
            raise ValueError(msg)
        return text

    def _days(self, cells: Cells, first_day: date) -> tuple[date, date | None]:
        first = cells.read(
            START, lambda text: to_written_day(text) if text else first_day, DAY, first_day
        )
        last = cells.read(STOP, to_last_written_day, DAY, None)
        if last is not None and last < first:
            _complain(cells, STOP, f"{last} lies before the first day, {first}")
        return first, last

    def _words(self, cells: Cells) -> tuple[str, str]:
        title, detail = self.title(cells), self.detail(cells)
        if not title or len(title) > TITLE_MAX:
            _complain(cells, TEXT, f"there is no text, or one of more than {TITLE_MAX} letters")
        if len(detail) > DETAIL_MAX:
            _complain(cells, "", f"{detail[:20]!r} and so on: more than {DETAIL_MAX} letters")
        return title, detail


def to_last_written_day(text: str) -> date | None:
    """Read the last day in force; None for what has no end.

    Raises:
        ValueError: it is not written as a day.
    """
    return None if text in NONE else to_written_day(text)


def facts_of_name(files: Sequence[ReferenceFile]) -> Facts:
    """Name the edition after its file, whose name may say the first day.

    Raises:
        RejectedError: there are several files, or the name has a day that is none.
    """
    if len(files) > 1:
        msg = f"one file at a time; here are {', '.join(file.name for file in files)}"
        raise RejectedError(msg)
    found = DAY_IN_NAME.search(files[0].stem)
    if found is None:
        return files[0].stem, None
    try:
        return files[0].stem, date(*map(int, found.groups()))
    except ValueError as error:
        msg = f"{files[0].name}: {found[0]} is no day"
        raise RejectedError(msg) from error


def table_reader(table: CodeTable, members: str) -> EditionReader:
    """Make the reader of a table whose files are called so in folders and zips."""
    return EditionReader(re.compile(members, re.IGNORECASE), SUFFIXES, facts_of_name, table.rows)


def _complain(cells: Cells, column: str, message: str) -> None:
    cells.is_sound = False
    cells.complaints.add(cells.file_name, cells.line, column, message)
