"""Lists of procedures: CMS's HCPCS level II with its modifiers, and a licensed list of CPT."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from models.documents.billing_code import BillingCodeDocument
from models.documents.reference import EditionFacts, ReferenceRow
from models.values.reference import MODIFIER_DETAIL
from revcycle.reference.cpt_file import read_cpt_file
from revcycle.reference.hcpcs_file import read_hcpcs_file, read_hcpcs_modifiers
from revcycle.reference.imports.code_tables import facts_of_name
from revcycle.reference.imports.complaints import Complaints
from revcycle.reference.imports.edition_reader import EditionReader, Facts
from revcycle.reference.imports.files import ReferenceFile
from revcycle.reference.imports.tables import WORKBOOK, read_lines

QUARTERS: Final = {"JAN": 1, "APR": 4, "JUL": 7, "OCT": 10}
RELEASE: Final = re.compile(r"HCPC(20\d\d)(?:_(JAN|APR|JUL|OCT))?", re.IGNORECASE)


def hcpcs_facts(files: Sequence[ReferenceFile]) -> Facts:
    """Tell the quarter from ``HCPC2026_OCT_ANWEB.txt``; a file of a whole year begins in January.

    Raises:
        RejectedError: there are several files.
    """
    found = RELEASE.search(files[0].stem)
    if found is None or len(files) > 1:
        return facts_of_name(files)
    month = QUARTERS[(found[2] or "JAN").upper()]
    return f"{found[1]}-{month:02}", date(int(found[1]), month, 1)


def hcpcs_rows(
    files: Sequence[ReferenceFile], _facts: EditionFacts, _complaints: Complaints
) -> Iterator[ReferenceRow]:
    """Read procedures, then modifiers, which say so."""
    (file,) = files
    content = _content(file)
    yield from _rows(read_hcpcs_file(content), "")
    yield from _rows(read_hcpcs_modifiers(content), MODIFIER_DETAIL)


def cpt_rows(
    files: Sequence[ReferenceFile], _facts: EditionFacts, _complaints: Complaints
) -> Iterator[ReferenceRow]:
    """Read the procedures of a licensed list."""
    (file,) = files
    yield from _rows(read_cpt_file(_content(file)), "")


def _rows(codes: Iterable[BillingCodeDocument], detail: str) -> Iterator[ReferenceRow]:
    for code in codes:
        yield code.code, code.valid_from, code.valid_to, code.title, True, detail


def _content(file: ReferenceFile) -> bytes:
    """Read all of it, at most some megabytes; a workbook is read as if it were saved as CSV."""
    if file.suffix != WORKBOOK:
        with file.open() as stream:
            return stream.read()
    written = io.StringIO()
    csv.writer(written).writerows(cells for _, cells in read_lines(file, encoding="utf-8"))
    return written.getvalue().encode("cp1252", errors="replace")


HCPCS: Final = EditionReader(
    re.compile(r"^HCPC\d{4}.*ANWEB", re.IGNORECASE),
    (".txt", ".csv", ".xlsx"),
    hcpcs_facts,
    hcpcs_rows,
)
CPT: Final = EditionReader(re.compile(r"cpt", re.IGNORECASE), (".csv",), facts_of_name, cpt_rows)
