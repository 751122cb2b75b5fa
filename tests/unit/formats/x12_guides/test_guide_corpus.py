"""Public samples: what two validators accept has no error, what they refuse has one."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from models.documents.finding import Severity
from revcycle.formats.x12.checks.guide import check_guide
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import Transaction, read_interchanges
from revcycle.formats.x12.segments import Delimiters, NotX12Error

CORPUS = (Path(__file__).resolve().parents[4] / "../shared/data/x12_corpus").resolve()
absent = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/data/x12_corpus is absent")
# Refused by the validators, but not for a matter of a guide that we have.
NOT_BY_A_GUIDE = {
    "staedi__sample837-original.edi": "its ISA is of version 00402, which the envelope reports",
    "staedi__ts214_ellipses_segterm.edi": "a shipment status (214) of version 4010",
    "staedi__sample837-HL-nested.edi": "version 005010 without a guide",
    "staedi__optionalInterchangeServices.edi": "a 997 of release 004010",
}


@cache
def labels() -> list[tuple[str, Path]]:
    with (CORPUS / "SOURCES.tsv").open(encoding="utf-8", newline="") as rows:
        return [
            (row["label"], CORPUS / row["transaction"] / row["file"])
            for row in csv.DictReader(rows, delimiter="\t")
        ]


def transactions(path: Path) -> Iterator[tuple[Transaction, Delimiters, str]]:
    try:
        interchanges = read_interchanges(path.read_bytes())
    except NotX12Error:
        return
    for interchange in interchanges:
        for group in interchange.groups:
            for transaction in group.transactions:
                yield transaction, interchange.delimiters, group.functional_code


def errors_of(path: Path) -> list[Diagnostic]:
    return [
        one
        for transaction, delimiters, code in transactions(path)
        for one in check_guide(transaction, delimiters=delimiters, functional_code=code)
        if one.severity is Severity.ERROR
    ]


@absent
def test_a_file_that_is_labelled_valid_has_no_error() -> None:
    valid = [path for label, path in labels() if label.endswith("-valid")]
    assert valid
    alarms = {path.name: [one.subject for one in errors_of(path)] for path in valid}
    assert {name: found for name, found in alarms.items() if found} == {}


@absent
def test_a_file_that_is_labelled_invalid_has_an_error_or_a_reason() -> None:
    refused = [path for label, path in labels() if label.endswith("-invalid")]
    assert refused
    missed = {path.name for path in refused if not errors_of(path)}
    assert missed == set(NOT_BY_A_GUIDE)


@absent
def test_a_segment_taken_out_of_a_sample_gives_two_reports_at_most() -> None:
    worst = 0
    for label, path in labels():
        if label != "both-valid":
            continue
        for transaction, delimiters, _ in transactions(path):
            worst = max(worst, *_reports_without_each(transaction, delimiters))
    assert worst <= 2


def _reports_without_each(transaction: Transaction, delimiters: Delimiters) -> Iterator[int]:
    pieces = transaction.pieces
    for number in range(1, len(pieces) - 1, 3):
        rest = pieces[:number] + pieces[number + 1 :]
        damaged = Transaction(
            transaction.kind,
            transaction.control_number,
            transaction.version,
            transaction.separator,
            rest,
        )
        found = check_guide(damaged, delimiters=delimiters)
        yield sum(one.severity is Severity.ERROR for one in found)
