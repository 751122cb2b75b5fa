"""Remittances written by hand, with invented people, and what must be read of them."""

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from models.documents.finding import Severity
from models.values.money import Money
from revcycle.formats.x12.remittances.balance import remittance_gaps
from revcycle.formats.x12.t835 import read_remittances

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.835"))


def _readable(value: Any) -> Any:
    """Show a document as JSON: amounts, dates and quantities as text, what is usual left out."""
    if isinstance(value, tuple):
        return [_readable(part) for part in value]
    if is_dataclass(value) and not isinstance(value, Money):
        return {
            part.name: _readable(getattr(value, part.name))
            for part in fields(value)
            if getattr(value, part.name) != part.default
        }
    return value if isinstance(value, bool | None) else str(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_remittance_is_read_as_it_was_meant(path: Path) -> None:
    documents, findings = read_remittances(path.read_bytes())
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert [_readable(document) for document in documents] == expected
    assert {finding.severity for finding in findings} <= {Severity.INFO}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_only_the_unbalanced_remittance_has_gaps(path: Path) -> None:
    documents, _ = read_remittances(path.read_bytes())
    gaps = [gap for document in documents for gap in remittance_gaps(document)]
    expected = (
        [
            ("x12.835_line_balance", "claim 1, line 1"),
            ("x12.835_claim_balance", "claim 1"),
        ]
        if path.stem == "unbalanced_line"
        else []
    )
    assert [(gap.rule_id, gap.position) for gap in gaps] == expected
