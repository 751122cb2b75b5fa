"""Ranges of procedure codes: ``99202-99215``, ``J0100-J9999``."""

import re
from typing import Final

ANY_CODE_WIDTH: Final = 1_000_000  # wider than every range: five characters, at most five digits
_DIGIT: Final = re.compile(r"[0-9]")
_LETTER: Final = re.compile(r"[^0-9]")


def is_in_range(code: str, low: str, high: str) -> bool:
    """Tell whether a code lies in a range; an empty range holds every code.

    Codes are compared only with codes of their own shape: J0100-J9999 holds no 02000.
    """
    if not low:
        return True
    return _shape(low) == _shape(code) and _number(low) <= _number(code) <= _number(high)


def width_of(low: str, high: str) -> int:
    """Say how many codes a range may hold; 1 is a single code."""
    return _number(high) - _number(low) + 1 if low else ANY_CODE_WIDTH


def overlap(first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Tell whether a code may lie in both ranges."""
    if not first[0] or not second[0]:
        return True
    if _shape(first[0]) != _shape(second[0]):
        return False
    return _number(first[0]) <= _number(second[1]) and _number(second[0]) <= _number(first[1])


def _shape(code: str) -> str:
    return _DIGIT.sub("9", code)


def _number(code: str) -> int:
    return int(_LETTER.sub("", code) or 0)
