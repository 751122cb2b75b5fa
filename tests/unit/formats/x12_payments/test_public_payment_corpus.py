"""Every payment and inquiry file of the public corpus beside the checkout is read."""

import csv
from pathlib import Path

import pytest

from revcycle.formats.x12.balance import remittance_gaps
from revcycle.formats.x12.t835 import read_remittances

CORPUS = (Path(__file__).resolve().parents[4] / "../shared/data/x12_corpus").resolve()
REMITTANCES = sorted(CORPUS.glob("835/*"))
absent = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/data/x12_corpus is absent")


def _balance_labels() -> dict[str, str]:
    with (CORPUS / "SOURCES.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {row["file"]: row["balance"] for row in rows if row["transaction"] == "835"}


@absent
@pytest.mark.parametrize("path", REMITTANCES, ids=lambda path: path.name)
def test_every_claim_of_a_public_remittance_is_read(path: Path) -> None:
    data = path.read_bytes()
    documents, _ = read_remittances(data)
    independent = data.replace(b"\n", b"").replace(b"\r", b"").count(b"~CLP*")
    assert independent > 0
    assert sum(len(document.claims) for document in documents) == independent


@absent
@pytest.mark.parametrize("path", REMITTANCES, ids=lambda path: path.name)
def test_our_judgement_of_the_balance_is_that_of_the_corpus(path: Path) -> None:
    documents, _ = read_remittances(path.read_bytes())
    gaps = [gap for document in documents for gap in remittance_gaps(document)]
    assert ("UNBALANCED" if gaps else "balanced") == _balance_labels()[path.name]
