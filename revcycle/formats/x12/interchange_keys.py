"""Who sent an interchange and under which number, without reading what it holds."""

import re
from typing import Final

# ISA has elements of fixed length, so that its separator and all of it are known by place.
_ISA: Final = re.compile(
    rb"ISA([^\w\s])..\1.{10}\1..\1.{10}\1..\1(.{15})\1..\1.{15}\1\d{6}\1\d{4}\1.\1\d{5}\1(\d{9})\1",
    re.DOTALL,
)


def interchange_keys(data: bytes) -> frozenset[tuple[str, int]]:
    """List ISA06, without its padding, and ISA13 of every interchange of a file.

    Source:
        ASC X12.5, interchange control header: a sender uses a control number once.
    """
    return frozenset(
        (found[2].decode("utf-8", errors="replace").strip(), int(found[3]))
        for found in _ISA.finditer(data)
    )
