"""Procedure composites: SV101, SV202 and SVD03."""

from functools import lru_cache
from typing import NamedTuple

MODIFIERS = slice(2, 6)
DESCRIPTION_AT = 6
PROCEDURES_CACHED = 16_384


class Procedure(NamedTuple):
    """What a composite says; ``is_all`` is false where it says more than the fields hold."""

    qualifier: str
    code: str
    modifiers: tuple[str, ...]
    description: str
    is_all: bool


@lru_cache(maxsize=PROCEDURES_CACHED)
def procedure_of(text: str, separator: str) -> Procedure:
    """Read a procedure with its modifiers; procedures repeat, within a file and over files."""
    parts = text.split(separator)
    modifiers = tuple(parts[MODIFIERS])
    while modifiers and not modifiers[-1]:
        modifiers = modifiers[:-1]
    description = parts[DESCRIPTION_AT] if len(parts) > DESCRIPTION_AT else ""
    return Procedure(
        qualifier=parts[0],
        code=parts[1] if len(parts) > 1 else "",
        modifiers=tuple(filter(None, modifiers)),
        description=description,
        is_all=not any(parts[DESCRIPTION_AT + 1 :]) and all(modifiers),
    )
