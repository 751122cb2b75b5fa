"""The tables that the how-to shows are read as they stand there."""

import re
from datetime import date
from pathlib import Path

import pytest

from models.values.reference import ReferenceKind
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.readers import READERS

HOW_TO = Path(__file__).parents[3] / "docs/how-to/import-reference-data.md"
EXAMPLE = re.compile(r"^### `(\w+)`\n.*?^```csv\n(.*?)^```", re.DOTALL | re.MULTILINE)
EXAMPLES = dict(EXAMPLE.findall(HOW_TO.read_text()))
OF_USERS = {
    ReferenceKind.CPT,
    ReferenceKind.ADJUSTMENT_REASON,
    ReferenceKind.REMARK,
    ReferenceKind.CLAIM_STATUS_CATEGORY,
    ReferenceKind.CLAIM_STATUS,
    ReferenceKind.PLACE_OF_SERVICE,
    ReferenceKind.TAXONOMY,
    ReferenceKind.PAYER,
    ReferenceKind.COVERAGE_POLICY,
}


def test_every_list_that_users_make_themselves_is_shown() -> None:
    assert set(EXAMPLES) == OF_USERS


@pytest.mark.parametrize("kind", sorted(OF_USERS))
def test_an_example_of_the_how_to_is_read(kind: ReferenceKind, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.csv"
    path.write_text(EXAMPLES[kind])
    edition, _ = read_edition(kind, READERS[kind], [path], effective_from=date(2026, 10, 1))
    assert list(edition.rows)
