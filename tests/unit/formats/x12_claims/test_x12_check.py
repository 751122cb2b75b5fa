"""check_file: one defect at a time in a file that is otherwise good."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from revcycle.formats.x12 import t837i, t837p
from revcycle.formats.x12.check import check_file
from revcycle.formats.x12.interchange import render
from revcycle.formats.x12.listing import to_json
from revcycle.formats.x12.segments import Delimiters, Segment
from tests.unit.formats.x12_claims.claim_examples import (
    a_batch,
    an_envelope,
    dependent_claim,
    outpatient_claim,
    replacement_claim,
    secondary_claim,
    self_claim,
)

GOOD = t837p.write_claims(
    a_batch(self_claim(), dependent_claim(), secondary_claim(), replacement_claim()), an_envelope()
).decode()


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def without(pattern: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, "", text, count=1)


DEFECTS = {
    "x12.isa_width": swap("*ZZ*SUB001         *", "*ZZ*SUB001        *"),
    "x12.iea_missing": without(r"IEA.*~\n"),
    "x12.iea02_control_number": swap("IEA*1*000000042", "IEA*1*000000043"),
    "x12.iea01_count": swap("IEA*1*", "IEA*2*"),
    "x12.ge_missing": without(r"GE\*.*~\n"),
    "x12.ge02_control_number": swap("GE*1*42", "GE*1*43"),
    "x12.ge01_count": swap("GE*1*", "GE*2*"),
    "x12.se_missing": without(r"SE\*.*~\n"),
    "x12.se01_count": without(r"REF\*9F.*~\n"),
    "x12.se02_control_number": swap("*0001~\nGE", "*0002~\nGE"),
    "x12.st03_version": swap("ST*837*0001*005010X222A1", "ST*837*0001*005010X222"),
    "x12.stray_segment": swap("GE*1*", "NTE*ADD*X~\nGE*1*"),
    "x12.hl_sequence": swap("HL*5*1*22", "HL*7*1*22"),
    "x12.hl_parent": swap("HL*5*1*22", "HL*5*9*22"),
    "x12.hl_level": swap("HL*4*3*23", "HL*4*1*23"),
    "x12.hl_children": swap("HL*3*1*22*1", "HL*3*1*22*0"),
    "x12.claim_total": swap("CLM*A-1*165.5*", "CLM*A-1*165.49*"),
    "x12.element_number": swap("SV1*HC:99213*125*", "SV1*HC:99213*12x5*"),
    "x12.diagnosis_pointer": swap("***2:1~", "***2:3~"),
    "x12.npi": swap("*XX*1234567893", "*XX*1234567890"),
    "x12.original_reference_missing": without(r"REF\*F8\*ICN0001~\n(?=HI)"),
    "x12.clm01_duplicate": swap("CLM*A-2*", "CLM*A-1*"),
    "x12.lx_sequence": swap("LX*2~", "LX*3~"),
}


@pytest.mark.parametrize("rule_id", DEFECTS)
def test_each_defect_is_found_by_its_rule(rule_id: str) -> None:
    broken = DEFECTS[rule_id](GOOD)
    assert broken != GOOD
    assert rule_id in {finding.rule_id for finding in check_file(broken.encode())}


def test_a_good_file_has_no_findings() -> None:
    institutional = t837i.write_claims(a_batch(outpatient_claim()), an_envelope())
    assert check_file(GOOD.encode()) == ()
    assert check_file(institutional) == ()


def test_a_finding_tells_element_and_segment() -> None:
    [finding] = check_file(DEFECTS["x12.npi"](GOOD).encode())
    assert (finding.field, finding.segment, finding.element) == ("NM109", 8, 9)


def test_duplicate_control_numbers_are_found() -> None:
    rules = {finding.rule_id for finding in check_file((GOOD + GOOD).encode())}
    assert rules == {"x12.isa13_duplicate", "x12.clm01_duplicate"}


def test_an_other_payers_claim_number_does_not_stand_for_our_own() -> None:
    void = GOOD.replace("CLM*A-3*125***11:B:1*", "CLM*A-3*125***11:B:8*")
    [finding] = check_file(void.encode())
    assert finding.rule_id == "x12.original_reference_missing"


def test_what_is_not_x12_is_one_finding() -> None:
    [finding] = check_file(b"name,amount\n")
    assert finding.rule_id == "x12.no_isa"


def test_a_listing_loses_nothing() -> None:
    listed = json.loads(json.dumps(to_json(GOOD.encode())))
    assert _from_listing(listed["interchanges"][0]) == GOOD.encode()


def _from_listing(interchange: dict[str, Any]) -> bytes:
    [group] = interchange["groups"]
    [transaction] = group["transactions"]
    listed = [
        interchange["header"],
        group["header"],
        *transaction["segments"],
        group["trailer"],
        interchange["trailer"],
    ]
    segments = [Segment((part["tag"], *map(_text, part["elements"]))) for part in listed]
    return render(segments, Delimiters())


def _text(element: str | list[str]) -> str:
    return element if isinstance(element, str) else ":".join(element)
