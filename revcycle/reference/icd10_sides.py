"""Which side, finger, toe, eyelid or trimester does a diagnosis name?

The table ``icd10cm_sides.csv.gz`` beside this module is made by ``derive_icd10_sides`` from the
titles of fiscal year 2026; a code that is newer names nothing here. It is read once, at the first
question.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

FILE_NAME: Final = "icd10cm_sides.csv.gz"


class Side(StrEnum):
    """A side of the body; the values are those of the table."""

    RIGHT = "R"
    LEFT = "L"
    BOTH = "B"
    UNSPECIFIED = "U"


@dataclass(frozen=True, slots=True)
class CodeSite:
    """What the title of a code says about place and time.

    Attributes:
        side: None where the title names no side, or two different ones.
        part: A finger, toe or eyelid, such as ``index finger``; else empty.
        trimester: 1 to 3; None where the title names none.
        family: The same for codes that differ in nothing but the side; empty where there are none.
    """

    side: Side | None = None
    part: str = ""
    trimester: int | None = None
    family: str = ""


NO_SITE: Final = CodeSite()


def icd10_site(code: str) -> CodeSite:
    """Tell the site of a code, ``code`` upper case without the dot; nothing for unknown codes."""
    return _sites().get(code, NO_SITE)


def icd10_sides(code: str) -> Mapping[Side, str]:
    """Map each side to the code that says the same of it; empty where the side changes nothing."""
    return _families().get(icd10_site(code).family, MappingProxyType({}))


@cache
def _sites() -> Mapping[str, CodeSite]:
    """Read the table: 40 thousand rows, once per process."""
    packed = files("revcycle.reference").joinpath(FILE_NAME).read_bytes()
    rows = csv.reader(gzip.decompress(packed).decode("ascii").splitlines()[1:])
    return {
        code: CodeSite(
            Side(side) if side else None, part, int(trimester) if trimester else None, family
        )
        for code, side, part, trimester, family in rows
    }


@cache
def _families() -> Mapping[str, Mapping[Side, str]]:
    families: defaultdict[str, dict[Side, str]] = defaultdict(dict)
    for code, site in _sites().items():
        if site.family and site.side:
            families[site.family][site.side] = code
    return families
