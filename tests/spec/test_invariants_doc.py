"""``docs/reference/invariants.md`` names every invariant that ``revcycle verify`` evaluates.

``REVCYCLE_REWRITE=1 pytest tests/spec/test_invariants_doc.py`` writes its table anew.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest

from models.documents.invariant import InvariantResult
from revcycle.operations.verify.verify_client import verify_client
from revcycle.store.session import transaction

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/invariants.md"
BEGIN = "<!-- generated: begin -->\n"
END = "<!-- generated: end -->\n"


@pytest.fixture
def results(database_url: str, client_id: UUID) -> Sequence[InvariantResult]:
    """What verify says of a practice without any record."""
    with transaction(database_url, client_id) as session:
        return verify_client(session, client_id)


def table(results: Sequence[InvariantResult]) -> str:
    """Write one row per id, in the order of the ids."""
    descriptions: dict[str, str] = {}
    for result in results:
        descriptions.setdefault(result.id, result.description)
    lines = ["| id | what must hold |", "|---|---|"]
    lines += [f"| `{one}` | {descriptions[one]} |" for one in sorted(descriptions, key=in_order)]
    return "\n".join(lines) + "\n"


def in_order(invariant_id: str) -> tuple[str, int, str]:
    """Sort I-C2 before I-C12, and I-C6 before I-C6b."""
    match = re.fullmatch(r"I-([A-Z])(\d+)([a-z]?)", invariant_id)
    assert match, f"{invariant_id} is not of the form I-C6 or I-C6b"
    return match[1], int(match[2]), match[3]


def test_the_page_of_invariants_is_current(results: Sequence[InvariantResult]) -> None:
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    written, after = rest.split(END)
    if os.environ.get("REVCYCLE_REWRITE"):
        PAGE.write_text(before + BEGIN + table(results) + END + after, encoding="utf-8")
        written = table(results)
    assert written == table(results)


def test_a_practice_without_records_violates_nothing(results: Sequence[InvariantResult]) -> None:
    assert [result.id for result in results if result.violations] == []
