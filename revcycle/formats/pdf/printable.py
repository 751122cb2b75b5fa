"""What our font can print."""

import unicodedata
from collections.abc import Mapping
from typing import Final

# Latin with the accents of European languages and of Vietnamese, and the punctuation we write.
PRINTED_RANGES: Final = (
    (0x20, 0x7E),
    (0xA0, 0x131),
    (0x134, 0x149),
    (0x14C, 0x165),
    (0x168, 0x17E),
    (0x1EA0, 0x1EF9),
)
PRINTED_MARKS: Final = frozenset(
    "\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{RIGHT SINGLE QUOTATION MARK}"
)
UNPRINTED: Final = "?"


def to_printable(fact: object) -> object:
    """Replace, in every text of ``fact``, what the font lacks: an accessible PDF has no blanks.

    A letter is first tried without its marks; what is left of another script becomes a question
    mark, so that the statement still goes out and shows that something is missing.
    """
    if isinstance(fact, str):
        return "".join(_printable(character) for character in unicodedata.normalize("NFC", fact))
    if isinstance(fact, Mapping):
        return {name: to_printable(value) for name, value in fact.items()}
    if isinstance(fact, list):
        return [to_printable(value) for value in fact]
    return fact


def _printable(character: str) -> str:
    if _is_printed(character):
        return character
    if unicodedata.category(character) in {"Cc", "Cf", "Mn"}:
        return ""
    plain = "".join(part for part in unicodedata.normalize("NFKD", character) if _is_printed(part))
    return plain or UNPRINTED


def _is_printed(character: str) -> bool:
    if character in PRINTED_MARKS:
        return True
    return any(first <= ord(character) <= last for first, last in PRINTED_RANGES)
