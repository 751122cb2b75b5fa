"""The canonical form: what a file says, written in one way."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revcycle.formats.x12.canonical import canonical_form, canonical_number
from revcycle.formats.x12.interchange import read_interchanges

CORPUS = Path(__file__).resolve().parents[4] / ".." / "shared" / "data" / "x12_corpus"
FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file() and path.suffix != ".tsv")
GOLDEN = Path(__file__).resolve().parents[3] / "golden"
OURS = sorted([*GOLDEN.rglob("*.837"), *GOLDEN.rglob("*.835")])


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("125", "125"),
        ("125.00", "125"),
        ("0125.50", "125.5"),
        (".5", "0.5"),
        ("-12.50", "-12.5"),
        ("-0.00", "0"),
        ("0", "0"),
        ("100", "100"),
        ("1,000", "1,000"),
        (".", "."),
        ("", ""),
        ("12.5.0", "12.5.0"),
    ],
)
def test_a_number_has_one_form(written: str, plain: str) -> None:
    assert canonical_number(written) == plain


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_the_form_of_a_number_never_changes_its_value(number: object) -> None:
    assert float(canonical_number(f"{number:f}")) == pytest.approx(float(f"{number:f}"))


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_what_we_write_is_canonical(path: Path) -> None:
    assert canonical_form(path.read_bytes()) == path.read_bytes()


def test_superfluous_things_go_and_segments_find_their_place() -> None:
    written = OURS[0].read_bytes()
    lines = written.split(b"\n")
    numbers = [at for at, line in enumerate(lines) if line.startswith((b"N3*", b"N4*"))]
    first, second = numbers[0], numbers[0] + 1
    lines[first], lines[second] = lines[second], lines[first]
    odd = b"\r\n  ".join(lines).replace(b"~", b"**~", 1 + written[:400].count(b"~"))
    odd = odd.replace(b"**~", b"~", 1)  # ISA keeps its own
    assert canonical_form(odd) == written


@pytest.mark.skipif(not FILES, reason="the public X12 corpus is not beside this checkout")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_canonical_form_loses_no_segment_and_is_final(path: Path) -> None:
    data = path.read_bytes()
    canonical = canonical_form(data)
    assert canonical_form(canonical) == canonical
    assert _tags(canonical) == _tags(data)


def _tags(data: bytes) -> Counter[tuple[str, str]]:
    return Counter(
        (one.tag, one.get(1).rstrip(interchange.delimiters.all()))
        for interchange in read_interchanges(data)
        for part in interchange.transactions
        for one in part.segments
        if one.tag not in {"SVC", "AMT", "QTY", "SE"}
    )
