"""How much of a field a person sees.

Source:
    45 CFR 164.514(d), minimum necessary.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from models.values.access import FieldKind, FieldView
from revcycle.rules.access.rights import Access

DOT: Final = "•"
HIDDEN_TEXT: Final = DOT * 3
LAST_SHOWN: Final = 4
YEAR_DIGITS: Final = 4


def see_field(access: Access, field: FieldKind, text: str) -> str:
    """Write a field as this person may see it; an empty field stays empty.

    Source:
        ``ACCESS_OF_ROLES``.
    """
    view = access.view_of(field)
    if not text or view is FieldView.SHOWN:
        return text
    return HIDDEN_TEXT if view is FieldView.HIDDEN else MASKS[field](text)


def _last_four(text: str) -> str:
    """Keep the last four characters if they are at most half of all."""
    kept = text[-LAST_SHOWN:] if len(text) >= 2 * LAST_SHOWN else ""
    return HIDDEN_TEXT + kept


def _social_security_number(text: str) -> str:
    digits = "".join(character for character in text if character.isdigit())
    return (
        f"{DOT * 3}-{DOT * 2}-{digits[-LAST_SHOWN:]}" if len(digits) > LAST_SHOWN else HIDDEN_TEXT
    )


def _year(text: str) -> str:
    """Keep the year of an ISO date."""
    year = text[:YEAR_DIGITS]
    return year if len(year) == YEAR_DIGITS and year.isdigit() else HIDDEN_TEXT


def _nothing(_text: str) -> str:
    return HIDDEN_TEXT


MASKS: Final[Mapping[FieldKind, Callable[[str], str]]] = MappingProxyType(
    {
        FieldKind.SSN: _social_security_number,
        FieldKind.MEMBER_ID: _last_four,
        FieldKind.BIRTH_DATE: _year,
        FieldKind.CONTACT: _nothing,
        FieldKind.NOTE: _nothing,
        FieldKind.BANK: _last_four,
    }
)
