"""Which edition of ICD-10-CM is it? Its fiscal year and its first day, out of the file's name.

Source:
    CDC, ICD-10-CM files: fiscal year 2027 begins on 2026-10-01; an update of codes, where there is
    one, begins on 1 April (in 2021 there was one of January).
"""

import re
from datetime import date
from typing import Final

from revcycle.reference.imports.edition_reader import Facts
from revcycle.reference.imports.files import ReferenceFile

YEAR: Final = re.compile(r"(?<!\d)20[1-9]\d(?!\d)")
UPDATE: Final = re.compile(r"(?<![a-z])(?P<month>jan|apr)(?:uary|il)?(?![a-z])", re.IGNORECASE)
MONTHS: Final = {"jan": (1, "January"), "apr": (4, "April")}
FIRST_MONTH: Final = 10  # of a fiscal year, which has the number of the year in which it ends


def fiscal_year_of(file: ReferenceFile) -> Facts:
    """Tell ``FY2027`` and 2026-10-01 from ``icd10cm-order-2027.txt``, or from the zip around it."""
    year = YEAR.search(file.stem) or YEAR.search(file.name)
    if year is None:
        return file.stem, None
    update = UPDATE.search(file.name.replace("_", "-"))
    if update is None:
        return f"FY{year[0]}", date(int(year[0]) - 1, FIRST_MONTH, 1)
    month, name = MONTHS[update["month"].lower()]
    return f"FY{year[0]} {name}", date(int(year[0]), month, 1)
