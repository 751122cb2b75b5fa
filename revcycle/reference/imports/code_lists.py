"""The lists of codes that are imported as tables: their columns under the names publishers use."""

import re
from collections.abc import Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from revcycle.reference.imports.cells import Cells
from revcycle.reference.imports.code_tables import (
    CODE,
    SUFFIXES,
    TEXT,
    CodeTable,
    facts_of_name,
    table_reader,
)
from revcycle.reference.imports.edition_reader import EditionReader, Facts
from revcycle.reference.imports.files import ReferenceFile

TEXTS: Final = ("text", "description", "name", "title", "words", "definition")
GROUPING, CLASSIFICATION, SPECIALIZATION = "grouping", "classification", "specialization"
DISPLAY, SECTION = "display name", "section"
FILING_DAYS_MAX: Final = 3_650
KIND, FILING = "kind", "timely filing days"
VERSION: Final = re.compile(r"taxonomy\D*(\d\d)\.?([01])(?!\d)", re.IGNORECASE)
# NUCC publishes in January for April and in July for October.
MONTH_OF_RELEASE: Final = {"0": 4, "1": 10}


def taxonomy_title(cells: Cells) -> str:
    """Take the display name; older files have a group, a classification and a specialization."""
    parts = (cells.text(column) for column in (GROUPING, CLASSIFICATION, SPECIALIZATION))
    return cells.text(DISPLAY) or " - ".join(part for part in parts if part)


def payer_detail(cells: Cells) -> str:
    """Keep the kind of payer and the days in which claims must be filed, ``commercial 90``."""
    days = cells.read(FILING, _to_days, "a whole number of days from 1 to 3650", "")
    return " ".join(part for part in (cells.text(KIND), days) if part)


def taxonomy_facts(files: Sequence[ReferenceFile]) -> Facts:
    """Tell version and first day from ``nucc_taxonomy_261.csv``: 26.1, from October 2026 on.

    Raises:
        RejectedError: there are several files.
    """
    found = VERSION.search(files[0].stem)
    if found is None or len(files) > 1:
        return facts_of_name(files)
    first_day = date(2000 + int(found[1]), MONTH_OF_RELEASE[found[2]], 1)
    return f"{found[1]}.{found[2]}", first_day


def _to_days(text: str) -> str:
    if text and not (text.isascii() and text.isdigit() and 0 < int(text) <= FILING_DAYS_MAX):
        msg = "no number of days"
        raise ValueError(msg)
    return text


def _of_codes(form: str, words: str, *names: str) -> CodeTable:
    columns = {CODE: ("code", *names), TEXT: TEXTS}
    return CodeTable(re.compile(form), words, MappingProxyType(columns))


PLACE_OF_SERVICE: Final = table_reader(
    CodeTable(
        re.compile(r"\d\d"),
        "two digits",
        MappingProxyType(
            {
                CODE: ("code", "pos", "place of service code", "place of service code(s)"),
                TEXT: (*TEXTS, "place of service name"),
            }
        ),
    ),
    r"place.?of.?service|^pos",
)
ADJUSTMENT_REASON: Final = table_reader(
    _of_codes(r"[1-9]\d{0,2}|[A-Z]\d{1,2}", "a reason code such as 45 or B7", "carc"),
    r"carc|adjustment.?reason",
)
REMARK: Final = table_reader(
    _of_codes(r"(?:M|MA|N)[1-9]\d{0,3}", "a remark code such as N130", "rarc"), r"rarc|remark"
)
CLAIM_STATUS_CATEGORY: Final = table_reader(
    _of_codes(r"[A-Z]\d{1,2}[A-Z]?", "a category such as F1", "category"),
    r"claim.?status.?category",
)
CLAIM_STATUS: Final = table_reader(
    _of_codes(r"\d{1,4}", "a number", "status"), r"claim.?status(?!.?category)"
)
PAYER: Final = table_reader(
    CodeTable(
        re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
        "a payer's number: up to 40 letters, digits, dots and dashes",
        MappingProxyType(
            {CODE: ("code", "payer id", "payer_id"), TEXT: (*TEXTS, "payer name", "payer_name")}
        ),
        optional=MappingProxyType(
            {
                KIND: ("kind", "type", "payer type"),
                FILING: ("timely filing days", "timely_filing_days", "filing days"),
            }
        ),
        detail=payer_detail,
    ),
    r"payer",
)
_TAXONOMY: Final = CodeTable(
    re.compile(r"[0-9A-Z]{9}X"),
    "a taxonomy code: nine letters and digits, and an X",
    MappingProxyType({CODE: ("code",), CLASSIFICATION: ("classification",)}),
    title=taxonomy_title,
    optional=MappingProxyType(
        {
            TEXT: ("classification",),
            GROUPING: ("grouping", "type"),
            SPECIALIZATION: ("specialization",),
            DISPLAY: ("display name",),
            SECTION: ("section",),
        }
    ),
    detail=lambda cells: cells.text(SECTION),
)
TAXONOMY: Final = EditionReader(
    re.compile(r"taxonomy", re.IGNORECASE), SUFFIXES, taxonomy_facts, _TAXONOMY.rows
)
