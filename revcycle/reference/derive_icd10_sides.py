"""Derive ``icd10cm_sides.csv.gz`` from the titles of ICD-10-CM; for developers only.

Run ``python -m revcycle.reference.derive_icd10_sides`` after another edition of the titles is
pinned in pyproject.toml.

Source:
    The titles of the package simple-icd-10-cm (``icd10_titles``): CDC tabular list, fiscal year
    2026, public domain. Which side, finger, toe, eyelid or trimester a code means stands nowhere
    but in its title.
"""

import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from revcycle.reference.icd10_titles import list_icd10_titles

SIDED: Final = re.compile(r"\b(right|left)\b")
BOTH: Final = re.compile(r"\b(bilateral|both)\b")
NOT_OF_A_BODY_PART: Final = re.compile(r"dominant side|(right|left) (upper|lower) quadrant")
TRIMESTERS: Final = ("first trimester", "second trimester", "third trimester")
FINGERS: Final = ("thumb", "index finger", "middle finger", "ring finger", "little finger")
OTHER_PARTS: Final = ("great toe", "lesser toe", "upper eyelid", "lower eyelid")
STEM_LENGTH: Final = 3  # the category; what says a side stands behind it

Family = dict[str, str]  # side (R, L, B, U) to code


def derive_icd10_sides() -> bytes:
    """Return the table as CSV text, sorted, one row per code that names a side or a trimester."""
    titles = {code: title.lower() for code, title in list_icd10_titles().items()}
    families = {code: family for family in _families(titles) for code in family.values()}
    lines = [row for code in sorted(titles) if (row := _row(code, titles[code], families))]
    return ("code,side,part,trimester,family\n" + "".join(lines)).encode("ascii")


def _row(code: str, title: str, families: Mapping[str, Family]) -> str:
    family = families.get(code, {})
    side = next((side for side, one in family.items() if one == code), "") or _side(title)
    part = next((part for part in (*FINGERS, *OTHER_PARTS) if part in title), "")
    trimester = next((str(n) for n, text in enumerate(TRIMESTERS, 1) if text in title), "")
    if not (side or trimester):
        return ""
    return f"{code},{side},{part if side else ''},{trimester},{min(family.values(), default='')}\n"


def _side(title: str) -> str:
    """Read R, L, B or nothing out of a title; two sides in one title are nothing."""
    if NOT_OF_A_BODY_PART.search(title):
        return ""
    words = set(SIDED.findall(title))
    if len(words) == 1:
        return str(words.pop())[0].upper()
    return "B" if BOTH.search(title) and not words else ""


def _families(titles: Mapping[str, str]) -> Iterator[Family]:
    """Join codes that differ in one character, which says right, left, both or nothing."""
    groups: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for code in titles:
        for place in range(STEM_LENGTH, len(code)):
            groups[f"{code[:place]}_{code[place + 1 :]}", place].append(code)
    for codes in groups.values():
        yield from _families_of(codes, titles)


def _families_of(codes: list[str], titles: Mapping[str, str]) -> Iterator[Family]:
    """Pair each right one with its left one; both and unspecified join them."""
    by_title = {titles[code]: code for code in codes}
    pairs = [
        {"R": code, "L": by_title[other]}
        for code in codes
        if _side(titles[code]) == "R" and (other := SIDED.sub("left", titles[code])) in by_title
    ]
    for pair in pairs:
        yield pair | _others(titles[pair["R"]], codes, titles)


def _others(right: str, codes: list[str], titles: Mapping[str, str]) -> Family:
    """Find the codes of the same condition on both sides and on a side that nobody named."""
    unspecified = SIDED.sub("unspecified", right)
    beginning = SIDED.split(right)[0]
    found = {}
    for code in codes:
        if titles[code] == unspecified:
            found["U"] = code
        elif _side(titles[code]) == "B" and BOTH.split(titles[code])[0] == beginning:
            found["B"] = code
    return found


def main() -> None:
    """Write the table beside this module."""
    table = derive_icd10_sides()
    target = Path(__file__).with_name("icd10cm_sides.csv.gz")
    target.write_bytes(gzip.compress(table, compresslevel=9, mtime=0))
    sys.stdout.write(f"{target.name}: {len(table.splitlines()) - 1} codes\n")


if __name__ == "__main__":
    main()
