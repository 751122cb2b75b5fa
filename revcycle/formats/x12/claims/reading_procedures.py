"""Procedure composites: SV101, SV202 and SVD03."""

from functools import lru_cache
from typing import NamedTuple

MODIFIERS = slice(2, 6)
DESCRIPTION_AT = 6
PROCEDURES_CACHED = 16_384


class Procedure(NamedTuple):
    """What a composite says.

    Attributes:
        is_ordinary: It is an HCPCS code with modifiers, and nothing else.
        is_all: It says no more than the fields hold.
    """

    code: str
    modifiers: tuple[str, ...]
    is_ordinary: bool
    qualifier: str
    description: str
    is_all: bool


NO_PROCEDURE = Procedure("", (), is_ordinary=True, qualifier="", description="", is_all=True)


@lru_cache(maxsize=PROCEDURES_CACHED)
def procedure_of(text: str, separator: str) -> Procedure:
    """Read a procedure with its modifiers; procedures repeat, within a file and over files."""
    if not text:
        return NO_PROCEDURE
    parts = text.split(separator)
    modifiers = tuple(parts[MODIFIERS])
    while modifiers and not modifiers[-1]:
        modifiers = modifiers[:-1]
    description = parts[DESCRIPTION_AT] if len(parts) > DESCRIPTION_AT else ""
    is_all = not any(parts[DESCRIPTION_AT + 1 :]) and all(modifiers)
    return Procedure(
        code=parts[1] if len(parts) > 1 else "",
        modifiers=tuple(filter(None, modifiers)),
        is_ordinary=parts[0] == "HC" and not description and is_all,
        qualifier=parts[0],
        description=description,
        is_all=is_all,
    )
