"""Files that others made, and files that were damaged: read without an exception."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.claim_codes import KeptSegment
from revcycle.formats.x12 import t277ca, t837i, t837p, t999, ta1
from revcycle.formats.x12.check import check_file
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.listing import to_json
from tests.unit.formats.x12_claims.claim_examples import (
    a_batch,
    an_envelope,
    dependent_claim,
    outpatient_claim,
    secondary_claim,
)

CORPUS = Path(__file__).resolve().parents[4] / "../shared/data/x12_corpus"
Read = Callable[[bytes], tuple[tuple[object, ...], tuple[Diagnostic, ...]]]
READERS: tuple[Read, ...] = (
    t837p.read_claims,
    t837i.read_claims,
    t999.read_functional_acknowledgements,
    ta1.read_interchange_acknowledgements,
    t277ca.read_claim_acknowledgements,
)
GOOD = (
    t837p.write_claims(a_batch(dependent_claim(), secondary_claim()), an_envelope()),
    t837i.write_claims(a_batch(outpatient_claim()), an_envelope()),
)


def corpus_files(*folders: str) -> list[Path]:
    if not CORPUS.is_dir():
        pytest.skip("the X12 corpus is not beside this checkout (shared/data/x12_corpus)")
    return [path for folder in folders for path in sorted((CORPUS / folder).iterdir())]


def claims_in(data: bytes) -> int:
    separator = data[data.index(b"ISA") + 3 : data.index(b"ISA") + 4]
    terminator = data[data.index(b"ISA") + 105 : data.index(b"ISA") + 106]
    return sum(part.strip().startswith(b"CLM" + separator) for part in data.split(terminator))


def test_every_professional_claim_of_the_corpus_is_read() -> None:
    read = {path.name: t837p.read_claims(path.read_bytes())[0] for path in corpus_files("837P")}
    expected = {path.name: claims_in(path.read_bytes()) for path in corpus_files("837P")}
    assert {name: len(claims) for name, claims in read.items()} == expected
    assert sum(expected.values()) > 30


def test_every_institutional_claim_of_the_corpus_is_read() -> None:
    read = {path.name: t837i.read_claims(path.read_bytes())[0] for path in corpus_files("837I")}
    expected = {path.name: claims_in(path.read_bytes()) for path in corpus_files("837I")}
    assert {name: len(claims) for name, claims in read.items()} == expected
    assert sum(expected.values()) > 10


def test_acknowledgements_of_the_corpus_are_read() -> None:
    for path in corpus_files("999", "997"):
        acks, _ = t999.read_functional_acknowledgements(path.read_bytes())
        assert len(acks) == len(re.findall(rb"\bAK1\W", path.read_bytes())), path.name
    for path in corpus_files("TA1"):
        assert ta1.read_interchange_acknowledgements(path.read_bytes())[0], path.name


def test_no_file_of_the_corpus_stops_a_check_or_a_reader() -> None:
    for path in corpus_files("837P", "837I", "837other", "999", "277", "835", "271", "TA1"):
        data = path.read_bytes()
        assert isinstance(check_file(data), tuple), path.name
        if b"ISA" in data:
            assert to_json(data)["interchanges"], path.name
            assert [len(read(data)) for read in READERS] == [2] * len(READERS), path.name


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file after a few accidents: segments lost, doubled, swapped, overwritten."""
    segments = draw(st.sampled_from(GOOD)).decode().split("\n")
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(1, len(segments) - 1))
        match draw(st.integers(0, 3)):
            case 0:
                del segments[at]
            case 1:
                segments.insert(at, segments[draw(st.integers(1, len(segments) - 1))])
            case 2:
                other = draw(st.integers(1, len(segments) - 1))
                segments[at], segments[other] = segments[other], segments[at]
            case _:
                elements = segments[at].split("*")
                place = draw(st.integers(0, len(elements) - 1))
                elements[place] = draw(st.text(max_size=8))
                segments[at] = "*".join(elements)
    return "\n".join(segments).encode("latin-1", "replace")


@given(damaged())
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_never_stops_a_check_or_a_reader(data: bytes) -> None:
    assert isinstance(check_file(data), tuple)
    assert to_json(data)["interchanges"]
    for read in READERS:
        assert all(isinstance(finding, Diagnostic) for finding in read(data)[1])


def test_a_segment_we_do_not_keep_is_reported_with_its_position() -> None:
    noted = GOOD[0].replace(b"HI*ABK", b"ZZ9*ADD*SAMPLE NOTE~\nHI*ABK", 1)
    claims, findings = t837p.read_claims(noted)
    assert claims[0].kept == (KeptSegment("2300", ("ZZ9", "ADD", "SAMPLE NOTE")),)
    assert [(found.rule_id, found.field, found.position) for found in findings] == [
        ("x12.segment_kept", "ZZ9*ADD", "ISA 000000042, ST 0001, segment 27")
    ]
