"""Entries of ICD-10-CM's tabular list with their other names, for searches by words."""

import json
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TabularCode:
    """One entry of the tabular list.

    Attributes:
        code: Without its dot, such as ``E11`` or ``E1121``.
        parent: The entry above it; empty where that is a chapter or a block of codes.
        is_billable: Nothing stands below it.
        title: Its title.
        terms: Inclusion terms and "includes" notes: other names for what the code says.
    """

    code: str
    parent: str
    is_billable: bool
    title: str
    terms: tuple[str, ...]


def read_tabular(lines: Iterable[str]) -> list[TabularCode]:
    """Read what ``main`` wrote."""
    rows = (json.loads(line) for line in lines)
    return [
        TabularCode(code, parent, is_billable, title, tuple(terms))
        for code, parent, is_billable, title, terms in rows
    ]
