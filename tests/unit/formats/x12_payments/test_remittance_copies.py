"""A remittance that is read and written again is the same, whatever stood in it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.claim_codes import KeptSegment
from models.documents.finding import Severity
from revcycle.formats.x12.canonical import canonical_form
from revcycle.formats.x12.interchange import Envelope, read_interchanges
from revcycle.formats.x12.t835 import read_remittances, write_remittances

MOVES = 60
ENVELOPE_TAGS = frozenset({"GS", "ST", "SE", "GE"})
ENVELOPE = Envelope("ZZ", "INVENTEDPAYER", "ZZ", "LAKESIDE", 7, datetime(2026, 3, 2, tzinfo=UTC))
CORPUS = (Path(__file__).resolve().parents[4] / "../shared/data/x12_corpus").resolve()
GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "x12_835"
PUBLIC = sorted(CORPUS.glob("835/*"))
OURS = sorted(GOLDEN.glob("*.835"))
absent = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/data/x12_corpus is absent")

# Public files whose copy differs from their canonical form, with the reason. There is none.
DIFFERENT: dict[str, str] = {}

# What payers do that no field of a document holds: each is put in place of a part of a sound file.
ODDITIES = {
    "an unknown segment in a line": ("LQ*HE*N130~", "LQ*HE*N130~XYZ*1~"),
    "a segment of a claim behind its lines": ("LQ*HE*N130~", "LQ*HE*N130~MIA*1~"),
    "a web address": ("N1*PE*", "PER*IC**UR*HTTPS://WWW.INVENTED.EXAMPLE/ERA~N1*PE*"),
    "a contact of the payee": ("LX*1~", "PER*CX*DESK~LX*1~"),
    "two kinds of dates": ("DTM*472*20260210~", "DTM*472*20260210~DTM*150*20260210~"),
    "the first day alone": ("DTM*472*20260210~", "DTM*150*20260210~"),
    "a date that is none": ("DTM*472*20260210~", "DTM*472*20260230~"),
    "a period in place of a date": ("DTM*472*20260210~", "DTM*472*20260210-20260211~"),
    "a group split over two segments": ("CAS*CO*45*40~", "CAS*CO*45*30~CAS*CO*97*10~"),
    "a gap between two reasons": ("CAS*CO*45*40~", "CAS*CO*45*30****97*10~"),
    "the old group CR": ("CAS*CO*45*40~", "CAS*CR*45*40~"),
    "a reference of an unknown kind": ("REF*1L*", "REF*ZZ*1~REF*1L*"),
    "a reference with a description": ("REF*1L*GRP-77~", "REF*1L*GRP-77*OF EMPLOYER~"),
    "remarks with a gap": ("MOA***MA01*MA18~", "MOA***MA01**MA18~"),
    "two outpatient segments": ("MOA***MA01*MA18~", "MOA***MA01~MOA***MA18~"),
    "no units": ("SVC*HC:93000*85*65**1~", "SVC*HC:93000*85*65~"),
    "a service without a code": ("SVC*HC:93000*85*65**1~", "SVC*HC*85*65**1~"),
    "a product code": ("SVC*HC:93000*85*65**1~", "SVC*N4:99999999999*85*65*0636*2.50~"),
    "a revenue code twice": ("SVC*HC:93000*85*65**1~", "SVC*NU:0730*85*65*0730*1~"),
    "a name with small letters": ("NM1*QC*1*TESTCASE*RHEA*Q*", "NM1*QC*1*Testcase*Rhea*Q*"),
    "no patient": ("NM1*QC*1*TESTCASE*RHEA*Q***MI*IHP900000101~", ""),
    "a patient without a name": ("TESTCASE*RHEA*Q***MI*IHP900000101~", "~"),
    "a second patient": ("NM1*QC*1*TEST", "NM1*QC*1*OTHER*ONE****MI*X1~NM1*QC*1*TEST"),
    "a crossover carrier by another number": (
        "MOA***",
        "NM1*TT*2*SECOND PLAN*****XV*77~MOA***",
    ),
    "claim dates out of order": (
        "MOA***MA01*MA18~",
        "MOA***MA01*MA18~DTM*233*20260205~DTM*232*20260210~",
    ),
    "a DRG and its weight": ("CLP*", "CLP*LFX*1*0*0**12*ICN0*11*1**470*1.50*1~CLP*"),
    "a claim of too few elements": ("CLP*", "CLP*LFX*1~CLP*"),
    "a claim with a letter in an amount": ("CLP*", "CLP*LFX*1*1O*0**12*ICN~SVC*HC:1*1*0~CLP*"),
    "no number of the payer, and two references": ("REF*2U*", "REF*HI*1~REF*2U*"),
    "a second group without claims": ("SE*", "LX*2~SE*"),
    "a group with a summary": ("LX*1~", "LX*7~TS3*1234500019*11*20261231*1*285.00~TS2*1*2~"),
    "elements of an older version in a summary": ("LX*1~", "LX*1~TS3*1*11*20261231*1*285***9~"),
    "no group at all": ("LX*1~", ""),
    "two adjustments in two PLB": ("SE*", "PLB*1*20261231*L6:A*-1~PLB*1*20261231*WO*1~SE*"),
    "an adjustment without an amount": ("SE*", "PLB*1*20261231*L6:A*-1*WO~SE*"),
    "a payment with bank accounts": ("BPR*I*196.5*C*ACH*", "BPR*I*196.50*C*ACH*CCP"),
    "a currency with a rate": ("DTM*405", "CUR*PR*USD*1.2~DTM*405"),
}


def _bodies(data: bytes) -> list[list[str]]:
    """Show each 835 of a file in its canonical form, from BPR to the last segment before SE."""
    return [
        ["|".join(segment) for segment in transaction.segments[1:-1]]
        for interchange in read_interchanges(canonical_form(data))
        for transaction in interchange.transactions
        if transaction.kind == "835"
    ]


def _copy(data: bytes) -> bytes:
    documents, _ = read_remittances(data)
    delimiters = read_interchanges(data)[0].delimiters
    return write_remittances(documents, ENVELOPE, delimiters, is_copy=True)


@absent
@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_a_public_remittance_is_copied_whole(path: Path) -> None:
    data = path.read_bytes()
    is_same = _bodies(_copy(data)) == _bodies(data)
    assert is_same != (path.name in DIFFERENT)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_a_remittance_of_ours_is_copied_whole(path: Path) -> None:
    data = path.read_bytes()
    assert _bodies(_copy(data)) == _bodies(data)


def _odd(name: str) -> bytes:
    old, new = ODDITIES[name]
    source = (GOLDEN / "paid_with_contractual_and_patient_share.835").read_text(encoding="ascii")
    assert old in source
    return source.replace(old, new, 1).encode()


@pytest.mark.parametrize("name", ODDITIES)
def test_what_is_odd_is_copied_segment_for_segment(name: str) -> None:
    data = _odd(name)
    (copied,), (source,) = _bodies(_copy(data)), _bodies(data)
    assert sorted(copied) == sorted(source)


@pytest.mark.parametrize("name", ODDITIES)
def test_a_copy_says_what_the_original_says(name: str) -> None:
    data = _odd(name)
    (document,), _ = read_remittances(data)
    (again,), _ = read_remittances(_copy(data))
    assert again == document


def test_a_claim_that_cannot_be_read_is_kept_segment_by_segment() -> None:
    (document,), findings = read_remittances(_odd("a claim with a letter in an amount"))
    assert document.kept == (
        KeptSegment("2100", ("CLP", "LFX", "1", "1O", "0", "", "12", "ICN")),
        KeptSegment("2110", ("SVC", "HC:1", "1", "0")),
    )
    errors = [one for one in findings if one.severity is Severity.ERROR]
    assert [(one.subject, one.segment) for one in errors] == [("CLP03", 17)]


def test_other_delimiters_are_kept_out_of_the_documents() -> None:
    data = _odd("an unknown segment in a line").replace(b"XYZ*1~", b"XYZ*1:2~")
    other = data.decode().replace("*", "|").replace(":", ">").encode()
    (document,), _ = read_remittances(data)
    (other_document,), _ = read_remittances(other)
    assert other_document == document
    assert _bodies(_copy(other))[0] == [line.replace(":", ">") for line in _bodies(_copy(data))[0]]


@settings(max_examples=MOVES, deadline=None)
@given(st.sampled_from(OURS), st.data())
def test_nothing_is_lost_of_a_file_whose_segments_are_shuffled(
    path: Path, data: st.DataObject
) -> None:
    """Whatever order a payer chooses behind the payee, every segment is read or kept."""
    text = path.read_text(encoding="ascii").replace("\n", "")
    start, end = text.index("LX*"), text.index("SE*")
    inner = text[start:end].split("~")[:-1]
    for _ in range(data.draw(st.integers(1, 4))):
        moved = inner.pop(data.draw(st.integers(0, len(inner) - 1)))
        inner.insert(data.draw(st.integers(0, len(inner))), moved)
    shuffled = (text[:start] + "~".join([*inner, ""]) + text[end:]).encode()
    for copied, source in zip(_bodies(_copy(shuffled)), _bodies(shuffled), strict=True):
        assert sorted(copied) == sorted(source)


SPOILS = ("", "0", "1.50", "1.005", "X", "HC:1:2", "20261332", "QC", "MI", "A:B", "150", "5.")


@settings(max_examples=MOVES, deadline=None)
@given(st.sampled_from(OURS), st.data())
def test_nothing_is_lost_of_a_file_with_a_spoiled_element(path: Path, data: st.DataObject) -> None:
    segments = path.read_text(encoding="ascii").replace("\n", "").split("~")[:-1]
    inner = [at for at, one in enumerate(segments) if one[:3] not in {"ISA", "IEA"}]
    at = data.draw(st.sampled_from([at for at in inner if segments[at][:2] not in ENVELOPE_TAGS]))
    elements = [*segments[at].split("*"), "", ""]
    elements[data.draw(st.integers(1, len(elements) - 1))] = data.draw(st.sampled_from(SPOILS))
    segments[at] = "*".join(elements)
    spoiled = "~".join([*segments, ""]).encode()
    documents, _ = read_remittances(spoiled)
    sources = _bodies(spoiled)
    if len(documents) == len(sources):  # else a payment has no amount, trace or date
        for copied, source in zip(_bodies(_copy(spoiled)), sources, strict=True):
            assert sorted(copied) == sorted(source)
