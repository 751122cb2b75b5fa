"""Every payment and inquiry file of the public corpus beside the checkout is read."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.documents.finding import Finding, Severity
from revcycle.formats.x12.remittances.balance import remittance_gaps
from revcycle.formats.x12.t270 import read_inquiries
from revcycle.formats.x12.t271 import read_answers
from revcycle.formats.x12.t276 import read_status_inquiries
from revcycle.formats.x12.t277 import read_statuses
from revcycle.formats.x12.t835 import read_remittances

Reader = Callable[[bytes], tuple[tuple[Any, ...], tuple[Finding, ...]]]
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


INQUIRIES = [
    *((path, b"EQ*", read_inquiries) for path in sorted(CORPUS.glob("270/*"))),
    *((path, b"TRN*1*", read_status_inquiries) for path in sorted(CORPUS.glob("276/*"))),
    *((path, b"STC*", read_statuses) for path in sorted(CORPUS.glob("277/*"))),
]
ANSWERS = sorted(CORPUS.glob("271/*"))


@absent
@pytest.mark.parametrize(
    ("path", "mark", "read"),
    INQUIRIES,
    ids=[f"{path.parent.name} {path.name}" for path, *_ in INQUIRIES],
)
def test_every_public_question_and_status_is_read(path: Path, mark: bytes, read: Reader) -> None:
    data = path.read_bytes()
    read_documents, findings = read(data)
    without_lines = re.sub(rb"(SVC\*[^~]*~\s*)STC\*", rb"\1LINE*", data)
    assert len(read_documents) == without_lines.count(mark) > 0
    assert {finding.severity for finding in findings} <= {Severity.INFO}


@absent
@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.name)
def test_every_public_answer_is_read(path: Path) -> None:
    data = path.read_bytes()
    (answer,), findings = read_answers(data)
    assert {finding.severity for finding in findings} <= {Severity.INFO}
    assert len(answer.benefits) == data.count(b"EB*")
    assert len(answer.rejections) == data.count(b"AAA*")
