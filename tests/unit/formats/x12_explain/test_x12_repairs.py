"""Repairs of form: what is put right, and what is never touched."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.money import Money
from revcycle.formats.x12.elements import read_amount
from revcycle.formats.x12.interchange import read_interchanges
from revcycle.formats.x12.repair_rules import RULES
from revcycle.formats.x12.repairs import repair
from revcycle.formats.x12.segments import NotX12Error, Segment
from revcycle.formats.x12.t835 import read_remittances
from tests.unit.formats.x12_explain.explain_examples import (
    NPI,
    a_claim_file,
    a_file,
    a_remittance_file,
    corpus_files,
)


def repaired(segment: str) -> tuple[str, list[str]]:
    """Repair one segment in a claim file; return it and the rules that were applied."""
    text = a_file(f"ST*837*0001*005010X222A1~\n{segment}~\nSE*3*0001~\n")
    data, repairs = repair(text.encode())
    found = data.decode().split("~\n")[3]
    return found, [one.rule_id.removeprefix("x12.repair_") for one in repairs]


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("NM1*IL*1* TESTPERSON *ADA", "NM1*IL*1*TESTPERSON*ADA", "blanks"),
        ("REF*G1* AUTH88", "REF*G1*AUTH88", "blanks"),
        ("SV1*HC: 99213 :25*1125", "SV1*HC:99213:25*1125", "blanks"),
        ("SBR*p*18", "SBR*P*18", "code_case"),
        ("SBR*P*18*******ci", "SBR*P*18*******CI", "code_case"),
        ("HI*abk:J069", "HI*ABK:J069", "code_case"),
        ("HI*ABK:j069", "HI*ABK:J069", "open_code_case"),
        ("SV1*HC:J1100:rt*5", "SV1*HC:J1100:RT*5", "open_code_case"),
        ("N4*DAYTON*oh*45402", "N4*DAYTON*OH*45402", "open_code_case"),
        ("PRV*BI*PXC*207q00000x", "PRV*BI*PXC*207Q00000X", "open_code_case"),
        ("NM1*85*2*LAKESIDE*****XX*123-456-7893", f"NM1*85*2*LAKESIDE*****XX*{NPI}", "npi"),
        ("REF*EI*99-0000001", "REF*EI*990000001", "tax_id"),
        ("PER*IC*DESK*TE*(555) 555-0100", "PER*IC*DESK*TE*5555550100", "phone"),
        ("PER*IC*DESK*TE*+1 555.555.0100", "PER*IC*DESK*TE*5555550100", "phone"),
        ("HI*ABK:J06.9*ABF:Z23", "HI*ABK:J069*ABF:Z23", "icd"),
        ("LIN**N4*12345-6789-01", "LIN**N4*12345678901", "ndc"),
        ("N4*DAYTON*OH*45402-1234", "N4*DAYTON*OH*454021234", "zip"),
    ],
)
def test_the_form_of_a_value_is_put_right(before: str, after: str, rule: str) -> None:
    assert repaired(before) == (after, [rule])


@pytest.mark.parametrize(
    "segment",
    [
        "NM1*IL*1*van der Testperson*Ada****MI*w12-345 x",
        "NM1*85*2*LAKESIDE*****XX*123-456-789",
        "CLM*a-1 b*1165.50",
        "REF*EI*99-00001",
        "REF*G1*au-th 88",
        "REF*F8*icn.7",
        "PER*IC*DESK*TE*555-0100",
        "PER*IC*DESK*TE*555-555-0100 x12",
        "PER*IC*DESK*EM*Desk@Example.org",
        "HI*BG:A1.2",
        "HI*ABK:J.0.6",
        "SBR*q*18",
        "SV1*ZZ:abc1*5",
        "LIN**N4*1234-5678-01",
        "N4*OTTAWA*ON*K1A 0B1*CA",
        "N4*DAYTON*OH*45402-123",
        "DTP*472*D8*2026-10-05",
        "AMT*F5*01,000.50",
        "NTE*ADD*Seen twice. Call back.",
        "K3*  fixed form  ",
        "QQ9*a-b.c*(1)",
    ],
)
def test_what_form_alone_does_not_settle_is_left_alone(segment: str) -> None:
    assert repaired(segment) == (segment, [])


def test_a_repair_says_where_and_what_but_not_which_value() -> None:
    text = a_claim_file().replace("REF*EI*990000001", "REF*EI*99-0000001")
    _, [one] = repair(text.encode())
    assert (one.interchange, one.transaction, one.segment) == ("000000042", "0001", 10)
    assert (one.subject, one.rule_id) == ("REF02", "x12.repair_tax_id")
    assert (one.before, one.after) == ("99-0000001", "990000001")
    assert "0000001" not in repr(one)
    assert "0000001" not in one.kind


def test_components_and_repetitions_are_repaired_one_by_one() -> None:
    said = repaired("HI*ABK:J06.9*ABF:E11.9:::::::y")
    assert said == ("HI*ABK:J069*ABF:E119:::::::Y", ["code_case", "icd", "icd"])


def test_a_file_in_good_form_stays_as_it_is_byte_for_byte() -> None:
    for text in (a_claim_file(), a_remittance_file()):
        assert repair(text.encode()) == (text.encode(), ())


def test_line_breaks_and_indentation_between_segments_stay() -> None:
    text = a_claim_file().replace("~\n", "~\r\n  ").replace("*oh*", "*OH*")
    assert repair(text.encode()) == (text.encode(), ())
    data, repairs = repair(text.replace("*OH*", "*oh*").encode())
    assert data == text.encode()
    assert len(repairs) == 2


def test_other_delimiters_are_kept_and_never_made() -> None:
    text = a_claim_file().translate(str.maketrans("*:^~", "|>!'")).replace("|OH|", "|oh|")
    data, repairs = repair(text.encode())
    assert data.decode() == text.replace("|oh|", "|OH|")
    assert len(repairs) == 2


def test_a_delimiter_that_is_a_letter_is_not_made_by_upper_case() -> None:
    text = a_claim_file().replace("^", "O").replace("*OH*", "*oh*")
    assert repair(text.encode()) == (text.encode(), ())


def test_every_interchange_of_a_file_is_repaired_with_its_own_numbers() -> None:
    bad = a_claim_file().replace("REF*EI*99", "REF*EI*99-")
    other = bad.replace("000000042", "000000043")
    _, repairs = repair((bad + "stray text~\n" + other).encode())
    assert [one.interchange for one in repairs] == ["000000042", "000000043"]


def test_a_text_without_isa_is_refused() -> None:
    with pytest.raises(NotX12Error):
        repair(b"nothing of the kind")


def test_each_rule_has_a_name_of_its_own() -> None:
    assert len({rule.rule_id for rule in RULES}) == len(RULES)


ROUGH_VALUES = st.text("Aa1z .-():J06+9", max_size=14)
ROUGH_SEGMENTS = st.tuples(
    st.sampled_from(
        ["NM1*85*2*X*****XX", "REF*EI", "PER*IC*D*TE", "N4*A*OH", "HI*ABK", "SBR", "LIN**N4", "N3"]
    ),
    ROUGH_VALUES,
    ROUGH_VALUES,
).map(
    lambda parts: (
        f"{parts[0]}*{parts[1]}:{parts[2]}~\n" if "HI" in parts[0] else "*".join(parts) + "~\n"
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ROUGH_SEGMENTS, max_size=8))
def test_repairing_twice_changes_nothing_more(segments: list[str]) -> None:
    body = "".join(segments)
    text = a_file(f"ST*837*0001*005010X222A1~\n{body}SE*2*0001~\n")
    once, _ = repair(text.encode())
    assert repair(once) == (once, ())


@settings(max_examples=150, deadline=None)
@given(st.lists(ROUGH_SEGMENTS, max_size=8))
def test_a_repair_keeps_every_letter_and_digit_in_its_place(segments: list[str]) -> None:
    body = "".join(segments)
    text = a_file(f"ST*837*0001*005010X222A1~\n{body}SE*2*0001~\n")
    data, repairs = repair(text.encode())
    assert [signs(one) for one in segments_of(data)] == [
        signs(one) for one in segments_of(text.encode())
    ] or any(one.rule_id == "x12.repair_phone" for one in repairs)


def segments_of(data: bytes) -> list[Segment]:
    return [
        segment
        for interchange in read_interchanges(data)
        for transaction in interchange.transactions
        for segment in transaction.segments
    ]


def signs(segment: Segment) -> list[str]:
    """Reduce a segment to the letters and digits of its elements."""
    return ["".join(filter(str.isalnum, element)).upper() for element in segment]


def amounts(data: bytes) -> list[Money]:
    return [
        read_amount(segment.get(number))
        for segment in segments_of(data)
        for tag, number in (("CLM", 2), ("SV1", 2), ("SV2", 3), ("CLP", 3), ("CLP", 4))
        if segment.tag == tag and segment.get(number)
    ]


@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_public_file_says_the_same_after_its_repair(path: Path) -> None:
    data = path.read_bytes()
    after, repairs = repair(data)
    assert repair(after) == (after, ())
    assert [signs(one) for one in segments_of(after)] == [signs(one) for one in segments_of(data)]
    assert amounts(after) == amounts(data)
    assert (after == data) == (not repairs)


def test_a_remittance_reads_the_same_after_its_repair() -> None:
    rough = a_remittance_file().replace("HC:99213", "hc: 99213").replace("*45*25", "* 45 *25")
    data, repairs = repair(rough.encode())
    assert len(repairs) == 3
    assert read_remittances(data) == read_remittances(a_remittance_file().encode())
