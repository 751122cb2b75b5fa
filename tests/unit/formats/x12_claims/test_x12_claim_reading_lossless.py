"""Nothing of a claim file is lost: what was read can be written again, or was kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.claim_codes import KeptSegment
from models.documents.finding import Severity
from revcycle.formats.x12 import t837i, t837p
from revcycle.formats.x12.canonical import canonical_form, canonical_number
from revcycle.formats.x12.claims.writing_profile import CharacterSet, WriteProfile
from revcycle.formats.x12.interchange import Envelope, read_interchanges
from tests.unit.formats.x12_claims.claim_texts import (
    BILLING,
    HEADER,
    LINE,
    POLICY,
    a_file,
    institutional,
    professional,
    read_clean,
    read_one,
)

CORPUS = Path(__file__).resolve().parents[4] / "../shared/data/x12_corpus"
FOLDERS = {"837P": t837p, "837I": t837i}
FILES = [
    pytest.param(path, reader, id=path.name)
    for folder, reader in FOLDERS.items()
    if (CORPUS / folder).is_dir()
    for path in sorted((CORPUS / folder).iterdir())
]
ENVELOPE = Envelope("ZZ", "A", "ZZ", "B", 1, datetime(2026, 1, 1, tzinfo=UTC))
WRITTEN_ANEW = ("ST", "SE", "BHT", "HL")  # numbers, counts, and when it was written


def test_the_corpus_is_there() -> None:
    if not FILES:
        pytest.skip("the X12 corpus is not beside this checkout (shared/data/x12_corpus)")
    assert len(FILES) > 50


@pytest.mark.parametrize(("path", "reader"), FILES)
def test_every_segment_of_a_public_file_is_written_again(path: Path, reader: ModuleType) -> None:
    assert_nothing_is_lost(path.read_bytes(), reader)


@pytest.mark.parametrize(("path", "reader"), FILES)
def test_claims_and_lines_are_as_many_as_the_file_has(path: Path, reader: ModuleType) -> None:
    data = path.read_bytes()
    claims, _ = reader.read_claims(data)
    tags = [tag for tag, *_ in segments_of(data)]
    assert len(claims) == tags.count("CLM")
    assert sum(len(claim.lines) for claim in claims) == tags.count("LX")


def assert_nothing_is_lost(data: bytes, reader: ModuleType) -> None:
    """Read, write as it stands, and compare segment by segment, whatever their order."""
    batches, _ = reader.read_batches(data)
    delimiters = read_interchanges(data)[0].delimiters
    as_it_stands = WriteProfile(
        delimiters, CharacterSet.EXTENDED, upper_case=False, as_it_stands=True
    )
    written = [
        segment
        for batch in batches
        for segment in segments_of(reader.write_claims(batch, ENVELOPE, as_it_stands, verify=False))
    ]
    assert sorted(written) == sorted(segments_of(data))


def segments_of(data: bytes) -> Iterator[tuple[str, ...]]:
    """Give the segments inside transactions, with every number in its one form."""
    for interchange in read_interchanges(canonical_form(data)):
        for transaction in interchange.transactions:
            for one in transaction.segments:
                if one.tag not in WRITTEN_ANEW:
                    yield tuple(map(canonical_number, one))


def test_a_segment_of_no_guide_is_kept_where_it_stood() -> None:
    claim, diagnostics = read_one(professional(before=("ZZ9*A*B",), behind=("ZZ8*C",)))
    assert claim.kept == (KeptSegment("2300", ("ZZ9", "A", "B")),)
    assert claim.lines[0].kept == (KeptSegment("2400", ("ZZ8", "C")),)
    found = [(one.level, one.loop, one.segment, one.subject) for one in diagnostics]
    assert found == [(0, "2300", 20, "ZZ9*A"), (0, "2400", 26, "ZZ8*C")]


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        pytest.param(
            professional(after=("NM1*82*1*ONE*A", "NM1*82*1*TWO*B", "REF*0B*X")),
            [("2310B", "NM1"), ("2310B", "REF")],
            id="a-second-rendering-provider",
        ),
        pytest.param(
            professional(after=("NM1*72*1*CUTTER*CARL",)),
            [("2310", "NM1")],
            id="an-operating-physician-on-a-professional-claim",
        ),
        pytest.param(
            professional(behind=("LIN**N4*1", "LIN**N4*2", "CTP****1*UN")),
            [("2410", "LIN"), ("2410", "CTP")],
            id="a-second-drug",
        ),
        pytest.param(
            professional(behind=("DTP*472*D8*20261006",)),
            [("2400", "DTP")],
            id="a-second-date-of-service",
        ),
        pytest.param(
            professional(before=("DTP*999*D8*20261006",)),
            [("2300", "DTP")],
            id="a-date-of-no-kind-we-know",
        ),
        pytest.param(
            institutional(behind=("SV1*HC:99213*1*UN*1***1",)),
            [("2400", "SV1")],
            id="a-service-of-the-other-form",
        ),
    ],
)  # fmt: skip
def test_what_comes_too_often_or_in_the_wrong_place_is_kept(
    data: bytes, kept: list[tuple[str, str]]
) -> None:
    reader = t837i if b"X223A2" in data else t837p
    batches, diagnostics = reader.read_batches(data)
    (claim,) = (claim for batch in batches for claim in batch.claims)
    found = [*claim.kept, *(one for line in claim.lines for one in line.kept)]
    assert [(one.loop, one.elements[0]) for one in found] == kept
    assert len(diagnostics) >= len(kept)
    assert_nothing_is_lost(data, reader)


@pytest.mark.parametrize(
    ("old", "new", "subject"),
    [
        ("*125***11", "*12.345***11", "CLM02"),
        ("SV1*HC:99213:25*125*", "SV1*HC:99213:25*1O5*", "SV102"),
        ("UN*1***1~", "UN*ONE***1~", "SV104"),
        ("UN*1***1~", "UN*1***X~", "SV107"),
        ("LX*1~", "LX*A~", "LX01"),
        ("D8*20261005", "D8*20261305", "DTP03"),
        ("D8*20261005", "RD8*20261005", "DTP02"),
        ("DMG*D8*19800229", "DMG*D8*19810229", "DMG02"),
        ("DMG*D8*19800229", "DMG*D8*1980022", "DMG02"),
        ("20261122*0930*CH", "2026-11-22*0930*CH", "BHT04"),
    ],
)
def test_a_value_that_cannot_be_read_is_reported_and_its_text_kept(
    old: str, new: str, subject: str
) -> None:
    data = professional().replace(old.encode(), new.encode())
    claims, diagnostics = t837p.read_claims(data)
    assert len(claims) == 1
    errors = [one for one in diagnostics if one.severity is Severity.ERROR]
    assert subject in [one.subject for one in errors]
    assert all(one.segment for one in errors)
    assert all(one.message and new not in one.message for one in errors)
    assert_nothing_is_lost(data, t837p)


def test_elements_that_the_guide_does_not_use_are_kept() -> None:
    data = professional().replace(b"*MI*W123456789", b"*MI*W123456789*01*IL")
    claim, diagnostics = read_one(data)
    assert [(one.loop, one.elements[0], one.stands_in) for one in claim.kept] == [
        ("2010BA", "NM1", True)
    ]
    assert [one.level for one in diagnostics] == [0]
    assert_nothing_is_lost(data, t837p)


def test_a_level_without_a_claim_is_kept_with_the_batch() -> None:
    data = a_file(
        *HEADER,
        *BILLING,
        *POLICY,
        "HL*3*1*22*0",
        *POLICY[1:],
        "CLM*A-1*125***11:B:1*Y*A*Y*Y",
        *LINE,
    )
    (batch,), diagnostics = t837p.read_batches(data)
    assert len(batch.claims) == 1
    assert [one.loop for one in batch.kept] == ["2000B"] * 2 + ["2010BA"] * 4 + ["2010BB"]
    assert len(diagnostics) == len(batch.kept)


def test_the_header_says_why_and_when_a_batch_was_sent() -> None:
    header = ("BHT*0019*18*B0002*20261122*0931*RP", *HEADER[1:])
    (batch,), diagnostics = t837p.read_batches(professional(header=header))
    assert diagnostics == ()
    assert (batch.purpose, batch.usage, batch.reference) == ("18", "RP", "B0002")
    assert (batch.created_time, batch.control_number) == ("0931", "0001")


@st.composite
def disordered(draw: st.DrawFn) -> tuple[bytes, ModuleType]:
    """Take a good file and lose, double, move and empty some of its segments."""
    data, reader = draw(st.sampled_from(GOOD))
    segments = data.decode().split("~")[:-1]
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(3, len(segments) - 1))
        match draw(st.sampled_from(["lose", "double", "move", "cut"])):
            case "lose":
                del segments[at]
            case "double":
                segments.insert(draw(st.integers(3, len(segments))), segments[at])
            case "move":
                segments.insert(draw(st.integers(3, len(segments) - 1)), segments.pop(at))
            case _:
                segments[at] = segments[at][: draw(st.integers(1, len(segments[at])))]
        if len(segments) < 5:
            break
    return "".join(f"{segment}~" for segment in segments).encode(), reader


RICH = (
    "NM1*DN*1*SPECIMEN*RUFUS****XX*1003000126",
    "REF*0B*LIC1",
    "NM1*82*1*EXEMPLAR*RHEA****XX*1245319599",
    "PRV*PE*PXC*207Q00000X",
    "SBR*S*18*******CI",
    "CAS*CO*45*30",
    "AMT*D*80",
    "OI***Y***Y",
    "NM1*IL*1*TESTPERSON*ADA****MI*W1",
    "NM1*PR*2*FIRST SAMPLE PLAN*****PI*00456",
    "REF*F8*ICN9",
)
RICH_LINE = (
    "LIN**N4*01234567891",
    "CTP****2*UN",
    "NM1*DK*1*ORDER*OLGA****XX*1003000126",
    "SVD*00456*80*HC:99213:25**1",
    "CAS*CO*45*45",
    "DTP*573*D8*20260901",
)
GOOD: list[tuple[bytes, ModuleType]] = [
    (professional(before=("NTE*ADD*A NOTE",), after=RICH, behind=RICH_LINE), t837p),
    (institutional(after=RICH[4:], behind=RICH_LINE[3:]), t837i),
]


@given(disordered())
@settings(max_examples=200, deadline=None)
def test_a_file_in_disorder_never_stops_the_reader(found: tuple[bytes, ModuleType]) -> None:
    data, reader = found
    batches, diagnostics = reader.read_batches(data)
    claims = sum(len(batch.claims) for batch in batches)
    expected = [
        one
        for interchange in read_interchanges(data)
        for transaction in interchange.transactions
        for one in transaction.segments
        if one.tag == "CLM"
    ]
    other = any(one.rule_id == "x12.other_transaction" for one in diagnostics)
    assert other or claims == len(expected)
    assert all(isinstance(one.message, str) for one in diagnostics)


def test_a_file_is_read_one_transaction_at_a_time() -> None:
    body = professional().decode()
    start, end = body.index("ST*"), body.index("GE*")
    twice = body[:start] + body[start:end] * 3 + body[end:]
    batches = [batch for batch, _ in t837p.iter_batches(twice.encode())]
    assert [len(batch.claims) for batch in batches if batch] == [1, 1, 1]


def test_a_transaction_of_another_kind_is_named() -> None:
    batches, (found,) = t837i.read_batches(professional())
    assert batches == ()
    assert (found.rule_id, found.segment) == ("x12.other_transaction", 1)


def test_a_file_that_was_cut_off_says_so() -> None:
    data = professional()
    _, diagnostics = t837p.read_claims(data[: data.index(b"SE*")])
    assert [one.rule_id for one in diagnostics] == ["x12.837_truncated"]
    assert diagnostics[0].segment == len(data[: data.index(b"SE*")].split(b"~")) - 3


def test_a_policy_is_read_alike_whether_it_is_ordinary_or_not() -> None:
    ordinary = read_clean(professional())
    odd, _ = read_one(professional(policy=(*POLICY[:2], "ZZ9*X", *POLICY[2:])))
    assert odd.kept == (KeptSegment("2000B", ("ZZ9", "X")),)
    assert replace(odd, kept=()) == ordinary


def test_a_line_is_read_alike_whether_it_is_ordinary_or_not() -> None:
    ordinary = read_clean(professional())
    odd, _ = read_one(professional(behind=("ZZ9*X",)))
    (line,) = odd.lines
    assert replace(odd, lines=(replace(line, kept=()),)) == ordinary
