"""ISA, GS, GE, IEA and TA1: what may stand in their elements, and the code of the TA1 for it."""

from xml.etree import ElementTree as ET

import pytest

from revcycle.formats.x12.checks.envelope_elements import (
    check_envelope_segment,
)
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.guides.library import guide_named
from revcycle.formats.x12.guides.rules import SegmentRule
from revcycle.formats.x12.interchange import Interchange, read_interchanges
from revcycle.formats.x12.segments import Delimiters, segment
from tests.unit.formats.x12_guides.guide_examples import REMITTANCE
from tests.unit.formats.x12_guides.test_guide_corpus import absent, labels
from tests.unit.formats.x12_guides.test_guides_against_pyx12 import (
    MAPS,
    facts_of_map_segment,
    facts_of_segment,
)

ISA = (
    "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       "
    "*261122*0930*^*00501*000000007*0*P*:~"
)
GS = "GS*HP*SENDER*RECEIVER*20261122*0930*7*X*005010X221A1~"
FILE = ISA + GS + REMITTANCE.replace("\n", "~") + "~GE*1*7~IEA*1*000000007~"


def check_envelope_elements(interchange: Interchange) -> list[Diagnostic]:
    parts = [interchange.header, interchange.trailer]
    parts += [part for group in interchange.groups for part in (group.header, group.trailer)]
    return [
        one
        for part in parts
        if part is not None
        for one in check_envelope_segment(part, delimiters=interchange.delimiters)
    ]


def reports(old: str = "", new: str = "") -> list[tuple[str, str, str]]:
    text = FILE.replace(old, new, 1) if old else FILE
    (interchange,) = read_interchanges(text.encode("latin-1"))
    found = check_envelope_elements(interchange)
    return [(one.rule_id.removeprefix("x12."), one.subject, one.code) for one in found]


def test_a_good_envelope_gives_no_report() -> None:
    assert reports() == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("ISA*00*", "ISA*09*", ("element_code", "ISA01", "010")),
        ("*ZZ*SENDER", "*XX*SENDER", ("element_code", "ISA05", "005")),
        ("*ZZ*RECEIVER", "*XX*RECEIVER", ("element_code", "ISA07", "007")),
        ("*261122*", "*261322*", ("element_date", "ISA09", "014")),
        ("*0930*^*", "*2530*^*", ("element_time", "ISA10", "015")),
        ("*00501*", "*00402*", ("element_code", "ISA12", "017")),
        ("*000000007*0*", "*00000000A*0*", ("element_number", "ISA13", "018")),
        ("*0*P*", "*2*P*", ("element_code", "ISA14", "019")),
        ("*0*P*", "*0*X*", ("element_code", "ISA15", "020")),
        ("GS*HP*", "GS*XX*", ("element_code", "GS01", "1")),
        ("*20261122*0930*7*", "*20261322*0930*7*", ("element_date", "GS04", "")),
        ("*0930*7*X*", "*0930*A*X*", ("element_number", "GS06", "6")),
        ("*7*X*", "*7*T*", ("element_code", "GS07", "")),
        ("GE*1*7", "GE*A*7", ("element_number", "GE01", "")),
        ("IEA*1*", "IEA**", ("element_missing", "IEA01", "")),
    ],
)
def test_a_wrong_element_is_reported_with_the_code_of_the_acknowledgement(
    old: str, new: str, expected: tuple[str, str, str]
) -> None:
    assert reports(old, new) == [expected]


@absent
def test_a_sample_that_two_validators_accept_has_a_good_envelope() -> None:
    for label, path in labels():
        if label == "both-valid":
            for interchange in read_interchanges(path.read_bytes()):
                found = [one.subject for one in check_envelope_elements(interchange)]
                assert found == [], path.name


def test_a_ta1_is_judged_and_other_segments_are_not() -> None:
    good = segment("TA1", "000000007", "261122", "0930", "A", "000")
    bad = segment("TA1", "000000007", "261122", "0930", "B", "099")
    delimiters = Delimiters()
    assert list(check_envelope_segment(good, delimiters=delimiters)) == []
    found = check_envelope_segment(bad, delimiters=delimiters, interchange="000000009")
    assert [(one.subject, one.interchange) for one in found] == [
        ("TA104", "000000009"),
        ("TA105", "000000009"),
    ]
    assert list(check_envelope_segment(segment("CLM"), delimiters=delimiters)) == []


def test_the_envelope_is_that_of_pyx12_apart_from_the_versions_it_lists() -> None:
    root = ET.parse(MAPS / "x12.control.00501.xml").getroot()  # noqa: S314 - an installed package
    theirs: dict[str, str] = {}
    for node in root.iter("segment"):
        theirs |= facts_of_map_segment(node, str(node.get("xid")))
    ours: dict[str, str] = {}
    for rule in guide_named("envelope").root.children:
        assert isinstance(rule, SegmentRule)
        ours |= facts_of_segment(rule, rule.tag)
    wrong = {place for place, fact in ours.items() if theirs[place] != fact}
    assert wrong == {"GS08"}
