"""May a person open a whole file, as it came or left?

A page masks single fields; a file cannot be masked without becoming another file. So only those
open it who see in full every kind of field that it may hold.

Source:
    45 CFR 164.514(d), minimum necessary.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.values.access import FieldKind, FieldView
from revcycle.rules.access.rights import Access

_IDENTITY: Final = frozenset({FieldKind.MEMBER_ID, FieldKind.BIRTH_DATE, FieldKind.CONTACT})
FIELDS_OF_KINDS: Final[Mapping[str, frozenset[FieldKind]]] = MappingProxyType(
    {
        "TA1": frozenset(),  # numbers of interchanges only
        "999": frozenset({FieldKind.MEMBER_ID}),  # repeats what was wrong
        "835": frozenset({FieldKind.MEMBER_ID, FieldKind.BANK}),
        **dict.fromkeys(("270", "271", "276", "277", "277CA", "837P", "837I"), _IDENTITY),
        "statement": frozenset({FieldKind.CONTACT}),
    }
)
# What a practice sends may hold whole charts.
FIELDS_OF_OTHERS: Final = _IDENTITY | {FieldKind.NOTE}


def may_open_file(access: Access, kind: str) -> bool:
    """Tell whether a person sees in full all that a file of this kind may hold.

    Source:
        ``ACCESS_OF_ROLES``.
    """
    fields = FIELDS_OF_KINDS.get(kind, FIELDS_OF_OTHERS)
    return all(access.view_of(field) is FieldView.SHOWN for field in fields)
