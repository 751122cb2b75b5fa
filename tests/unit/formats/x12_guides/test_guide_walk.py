"""Each segment finds its loop and its rule, and a mistake does not lead the walk astray."""

import time

import pytest

from revcycle.formats.x12.guides import library
from revcycle.formats.x12.guides.library import GUIDES, guide_for, guide_named
from revcycle.formats.x12.guides.order import canonical_order
from revcycle.formats.x12.guides.recovery import Trouble
from revcycle.formats.x12.guides.rules import LoopRule, SegmentRule
from revcycle.formats.x12.guides.walk import Step, walk
from revcycle.formats.x12.segments import Segment, segment
from tests.unit.formats.x12_guides.guide_examples import (
    EXAMPLES,
    PROFESSIONAL,
    REMITTANCE,
    changed,
    transaction_of,
)

LOAD_SECONDS_MAX = 0.1


def steps(text: str) -> list[Step]:
    transaction = transaction_of(text)
    guide = guide_for(transaction.kind, transaction.version)
    assert guide is not None
    return list(walk(guide, transaction.segments))


def loops_of(text: str, tag: str) -> list[str]:
    return [step.loop for step in steps(text) if step.segment[0] == tag]


def troubles_of(text: str) -> list[tuple[Trouble, int, str, str]]:
    return [
        (problem.trouble, problem.position, problem.tag, problem.loop)
        for step in steps(text)
        for problem in step.problems
    ]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_segment_of_a_good_transaction_follows_a_rule(name: str) -> None:
    walked = steps(EXAMPLES[name])
    assert [step.segment[0] for step in walked if step.rule is None] == []
    assert [step.rule.tag for step in walked if step.rule] == [one.segment[0] for one in walked]
    assert [problem for step in walked for problem in step.problems] == []


def test_a_claim_stands_under_its_subscriber_or_under_its_patient() -> None:
    claims = [step for step in steps(PROFESSIONAL) if step.segment[0] == "CLM"]
    assert [step.path for step in claims] == [
        ("2000A", "2000B", "2300"),
        ("2000A", "2000B", "2000C", "2300"),
    ]


def test_a_level_is_known_by_its_code_and_a_party_by_its_qualifier() -> None:
    assert loops_of(PROFESSIONAL, "HL") == ["2000A", "2000B", "2000B", "2000C"]
    assert loops_of(PROFESSIONAL, "NM1") == [
        *("1000A", "1000B", "2010AA", "2010BA", "2010BB", "2310B"),
        *("2010BA", "2010BB", "2010CA"),
    ]


def test_a_step_tells_which_loops_begin_and_how_many_end() -> None:
    third_level = next(step for step in steps(PROFESSIONAL) if step.segment[1] == "3")
    assert third_level.segment[0] == "HL"
    assert (third_level.opened, third_level.closed) == (("2000B",), 3)


def test_references_of_one_place_may_come_in_any_order() -> None:
    some = "REF*D9*NUMBER\nREF*G1*AUTH1\nREF*EA*CHART"
    for lines in (some, "\n".join(reversed(some.splitlines()))):
        assert troubles_of(changed(PROFESSIONAL, "REF*G1*AUTH1", lines)) == []


def test_an_attachment_and_a_certificate_are_told_apart_by_their_second_element() -> None:
    both = "PWK*CT*AD\nPWK*OZ*BM***AC*NUMBER\nDTP*472*RD8"
    walked = steps(changed(PROFESSIONAL, "DTP*472*RD8", both))
    rules = [step.rule for step in walked if step.segment[0] == "PWK"]
    assert len(set(rules)) == 2
    assert None not in rules


def test_a_line_without_its_lx_opens_the_loop_all_the_same() -> None:
    text = changed(PROFESSIONAL, "LX*2\n", "")
    assert troubles_of(text) == [(Trouble.MISSING, 28, "LX", "2400")]
    assert loops_of(text, "SV1") == ["2400", "2400", "2400"]


def test_claims_without_an_lx_before_them_are_still_claims() -> None:
    text = changed(REMITTANCE, "\nLX*1\n", "\n")
    assert troubles_of(text) == [(Trouble.MISSING, 11, "LX", "2000")]
    assert loops_of(text, "CLP") == ["2100"]


def test_a_level_with_an_unknown_code_is_read_by_what_follows() -> None:
    text = changed(PROFESSIONAL, "HL*4*3*23*0", "HL*4*3*99*0")
    assert troubles_of(text) == [(Trouble.QUALIFIER, 36, "HL", "2000C")]
    assert loops_of(text, "PAT") == ["2000C"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_segment_taken_out_is_missed_once_at_most(name: str) -> None:
    lines = EXAMPLES[name].splitlines()
    for number in range(1, len(lines) - 1):
        text = "\n".join(lines[:number] + lines[number + 1 :])
        assert len(troubles_of(text)) <= 1, lines[number]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_unknown_segment_anywhere_is_reported_once_and_where_it_stands(name: str) -> None:
    lines = EXAMPLES[name].splitlines()
    for number in range(1, len(lines)):
        text = "\n".join([*lines[:number], "ZZZ*1", *lines[number:]])
        assert [found[:3] for found in troubles_of(text)] == [(Trouble.UNKNOWN, number + 1, "ZZZ")]


def test_what_is_missing_at_the_end_is_told_with_the_last_segment() -> None:
    lines = REMITTANCE.splitlines()[:5]
    assert [found[2:] for found in troubles_of("\n".join(lines))] == [
        ("N3", "1000A"),
        ("N4", "1000A"),
        ("PER", "1000A"),
        ("N1", "1000B"),
    ]


def test_a_loop_is_put_into_the_order_of_the_guide() -> None:
    guide = guide_named("837P")
    line = [
        segment("LX", "1"),
        segment("REF", "6R", "A"),
        segment("DTP", "472", "D8", "20261105"),
        segment("SV1", "HC:99213"),
        segment("NM1", "DK", "1"),
        segment("REF", "G2", "B"),
        segment("NM1", "82", "1"),
        segment("PRV", "PE"),
        segment("REF", "9F", "C"),
    ]
    assert [one[:2] for one in canonical_order(guide, line)] == [
        ("LX", "1"),
        ("SV1", "HC:99213"),
        ("DTP", "472"),
        ("REF", "6R"),
        ("REF", "9F"),
        ("NM1", "82"),
        ("PRV", "PE"),
        ("NM1", "DK"),
        ("REF", "G2"),
    ]


def test_equal_uses_and_unknown_segments_keep_their_order() -> None:
    guide = guide_named("835")
    claim = [
        segment("CLP", "1"),
        segment("AMT", "AU"),
        segment("ZZZ"),
        segment("CAS", "PR"),
        segment("CAS", "CO"),
    ]
    assert [one[:2] for one in canonical_order(guide, claim)] == [
        ("CLP", "1"),
        ("CAS", "PR"),
        ("CAS", "CO"),
        ("AMT", "AU"),
        ("ZZZ",),
    ]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_good_transaction_is_in_order_already(name: str) -> None:
    transaction = transaction_of(EXAMPLES[name])
    guide = guide_for(transaction.kind, transaction.version)
    assert guide is not None
    assert canonical_order(guide, transaction.segments) == transaction.segments


def test_nothing_and_an_unknown_loop_stay_as_they_are() -> None:
    guide = guide_named("835")
    unknown = [segment("ZZZ", "1"), segment("CLP", "1")]
    assert canonical_order(guide, list[Segment]()) == []
    assert canonical_order(guide, unknown) == unknown


@pytest.mark.parametrize(
    ("kind", "version", "name"),
    [
        ("837", "005010X222", "837P"),
        ("837", "005010X222A1", "837P"),
        ("837", "005010X222A2", "837P"),
        ("837", "005010X223A3", "837I"),
        ("835", "005010X221A1", "835"),
        ("277", "005010X212E1", "277"),
        ("277", "005010X214", "277CA"),
        ("999", "005010X231A1", "999"),
        ("997", "005010X230", "997"),
        ("270", "005010X279A1", "270"),
    ],
)
def test_a_version_with_any_addenda_finds_its_guide(kind: str, version: str, name: str) -> None:
    assert guide_for(kind, version) is guide_named(name)


@pytest.mark.parametrize(
    ("kind", "version"),
    [
        ("837", "005010X224A2"),
        ("837", "005010X291"),
        ("837", "005010X298"),
        ("837", "005010X2229"),
        ("837", "004010X098A1"),
        ("835", "005010X222A1"),
        ("997", "004010"),
        ("834", ""),
    ],
)
def test_a_version_that_is_not_ours_has_no_guide(kind: str, version: str) -> None:
    assert guide_for(kind, version) is None


@pytest.mark.parametrize("name", sorted(set(GUIDES.values())))
def test_a_guide_is_read_in_a_moment(name: str) -> None:
    read = library.guide_named.__wrapped__
    start = time.process_time()
    guide = read(name)
    assert time.process_time() - start < LOAD_SECONDS_MAX
    assert guide.root.children


@pytest.mark.parametrize("name", sorted(set(GUIDES.values())))
def test_a_loop_is_opened_by_a_segment_that_it_requires_once(name: str) -> None:
    for loop in _loops(guide_named(name).root):
        first = loop.children[0]
        assert isinstance(first, SegmentRule), loop
        assert (first.usage, first.max_use) == ("R", 1), loop


def _loops(loop: LoopRule) -> list[LoopRule]:
    inner = [child for child in loop.children if isinstance(child, LoopRule)]
    return inner + [deeper for one in inner for deeper in _loops(one)]
