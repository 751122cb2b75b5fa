"""The check of public X12 files, held against what two other validators say of each.

The verdict on a file of others is the one of ``revcycle x12 check``: what receivers reject claim by
claim is a warning there. Every file on which we disagree is listed with its reason. A strict check
also finds what published samples break because they are invented; that is listed by rule.
"""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from models.documents.finding import Severity
from revcycle.formats.x12.check import check_file
from revcycle.formats.x12.diagnostics import Diagnostic, Snip

CORPUS = Path(__file__).resolve().parents[4] / "../shared/data/x12_corpus"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the public X12 corpus is not beside this checkout"
)
# File and why it is judged differently.
DISAGREEMENTS = {
    "lfh__subscriber-health-benefit-check-error.271": "SE02 is not ST02; the other ignores both",
    "stupidedi__X212-HR277-Heatlh-Care-Information-Statu-1.era": "IEA02 is not ISA13",
}
# Rule and why samples that others accept break it; nobody else checks these.
BEYOND = {
    "x12.npi": "samples carry invented numbers without a check digit",
    "x12.billing_zip": "samples give five digits for the billing provider",
    "x12.billing_po_box": "one sample bills from a post office box",
    "x12.tax_id": "one pharmacy of the samples writes letters into its tax id",
    "x12.postal_code": "one payer of the samples has ten characters with a blank",
    "x12.clm01_duplicate": "one sample repeats a claim with its number",
}


@cache
def _labels() -> dict[Path, str]:
    with (CORPUS / "SOURCES.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    return {CORPUS / row["transaction"] / row["file"]: row["label"] for row in rows}


@cache
def _errors(path: Path, *, is_strict: bool = False) -> tuple[Diagnostic, ...]:
    found = check_file(path.read_bytes(), is_strict=is_strict)
    return tuple(one for one in found if one.severity is Severity.ERROR)


def _files_labelled(ending: str) -> list[Path]:
    return [path for path, label in _labels().items() if label.endswith(ending)]


def test_a_file_that_others_accept_has_no_error() -> None:
    valid = _files_labelled("-valid")
    assert len(valid) > 80
    refused = {path.name: [one.rule_id for one in _errors(path)] for path in valid if _errors(path)}
    assert refused.keys() == DISAGREEMENTS.keys(), refused


def test_a_file_that_others_refuse_has_an_error() -> None:
    invalid = _files_labelled("-invalid")
    assert len(invalid) > 20
    assert [path.name for path in invalid if not _errors(path)] == []


def test_what_a_strict_check_finds_beyond_others_has_a_known_reason() -> None:
    beyond = Counter(
        rule_id
        for path in _files_labelled("-valid")
        for rule_id in {
            one.rule_id for one in _errors(path, is_strict=True) if one.level > Snip.GUIDE
        }
    )
    assert beyond.keys() == BEYOND.keys(), beyond


def test_remittances_that_both_others_accept_have_no_error_at_all() -> None:
    accepted = [
        path
        for path, label in _labels().items()
        if label == "both-valid" and path.parent.name == "835"
    ]
    assert len(accepted) > 5
    assert {path.name: _errors(path) for path in accepted if _errors(path)} == {}
