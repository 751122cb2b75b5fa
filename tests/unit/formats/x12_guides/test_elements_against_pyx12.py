"""Element by element, pyx12 and we refuse and accept the same values."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest
import pyx12.params
import pyx12.segment
from pyx12.map_if import load_map_file

from models.documents.finding import Severity
from revcycle.formats.x12.checks.guide_messages import FAULTS
from revcycle.formats.x12.guides.elements import flaws_of
from revcycle.formats.x12.guides.library import guide_named
from revcycle.formats.x12.guides.patterns import LOOSE_NUMBER, matcher_of
from revcycle.formats.x12.guides.rules import ComponentRule, ElementRule, LoopRule, SegmentRule
from revcycle.formats.x12.segments import Delimiters
from tests.unit.formats.x12_guides.test_guides_against_pyx12 import FILES, TABLES

DELIMITERS = Delimiters()
EXTERNAL_SAMPLES = {
    "pos": "11",
    "states": "OH",
    "country": "US",
    "currency": "USD",
    "remark": "N130",
    "claim_status_category": "A2",
    "claim_status": "20",
    "entity": "PR",
}
PERIODS = {
    "D8": "20261105",
    "RD8": "20261105-20261106",
    "TM": "0930",
    "DT": "202611050930",
}
BAD_VALUES = ("", "x" * 300, "\x07", "1,5", "1.2.3", "AB", "20261332", "Q", "-", "0")
# What we alone refuse: path, element, value, and why.
STRICTER = {
    ("/2000A/2000B/2300/DTP.1", 3, "0"): "a discharge hour has four digits",
    ("/2000A/2000B/2300/DTP.3", 3, "20261105"): "format DT is a date with a time behind it",
    ("/2000A/2000B/2300/CL1.1", 1, ""): "the type of admission is required",
}
# Of the 277CA: here we follow a second transcription.
MILDER = {
    "/2000A/2000B/2000C/HL.1",
    "/2000A/2000B/2000C/2000D/2200D/2220D/STC.1",
}


class Use(NamedTuple):
    """One use of a segment, ours and theirs."""

    path: str
    rule: SegmentRule
    node: Any


@pytest.mark.parametrize("name", FILES)
def test_what_pyx12_refuses_we_refuse_and_what_it_accepts_we_accept(name: str) -> None:
    disagreements = [
        (use.path, number, value, ours, theirs)
        for use in uses(name)
        for number, value, segment in variants(use.rule)
        if (ours := has_error(use.rule, segment)) != (theirs := not accepts(use.node, segment))
        and not is_explained(use, number, ours=ours)
        and (use.path, number, value) not in STRICTER
    ]
    assert disagreements == []


@pytest.mark.parametrize("name", [*FILES, "270", "271", "276", "277"])
def test_the_expression_of_a_segment_accepts_nothing_that_an_examination_refuses(
    name: str,
) -> None:
    wrong = []
    for rule in rules_of(guide_named(name).root):
        matcher = matcher_of(rule, DELIMITERS)
        for _, _, segment in variants(rule):
            text = "*".join(segment)
            is_good = matcher.matches(text) and matcher.holds(segment, rule)
            flaws = list(flaws_of(rule, segment, DELIMITERS))
            if is_good and flaws and not LOOSE_NUMBER.search(text):
                wrong.append((rule, segment, flaws))
    assert wrong == []


@pytest.mark.parametrize("name", [*FILES, "270", "271", "276", "277"])
def test_the_expression_of_a_segment_accepts_what_is_ordinary(name: str) -> None:
    refused = []
    for rule in rules_of(guide_named(name).root):
        segment = ordinary(rule)
        assert not list(flaws_of(rule, segment, DELIMITERS)), (rule, segment)
        if not matcher_of(rule, DELIMITERS).matches("*".join(segment)):
            refused.append((rule, segment))
    assert refused == []


def has_error(rule: SegmentRule, segment: list[str]) -> bool:
    """Tell whether we refuse a segment."""
    faults = (flaw.fault for flaw in flaws_of(rule, segment, DELIMITERS))
    return any(FAULTS[fault].severity is Severity.ERROR for fault in faults)


def accepts(node: Any, segment: list[str]) -> bool:
    """Tell whether pyx12 accepts it."""
    data = pyx12.segment.Segment("*".join(segment) + "~", "~", "*", ":", "^")
    ok, _ = node.is_valid_errors(data)
    return bool(ok)


def is_explained(use: Use, number: int, *, ours: bool) -> bool:
    """Tell whether a disagreement is one of those that we want.

    pyx12 looks lists of others up, which is no matter of the guide for us (SNIP type 5), and is
    strict where ``test_guides_against_pyx12`` lists a reason not to be.
    """
    rule = use.rule
    if ours:
        return False
    if rule.tag in {"ST", "CTX"} or use.path in MILDER:
        return True
    element = rule.elements[number - 1] if 0 < number <= len(rule.elements) else None
    return element is not None and any(one.external for one in (element, *element.components))


def uses(name: str) -> Iterator[Use]:
    """Pair our rules with the nodes of the map."""
    root = load_map_file(FILES[name], _parameters())
    theirs = dict(_nodes(root, ""))
    for path, rule in _rules(guide_named(name).root, ""):
        if path in theirs and "2000C/2300" not in path:  # the same as under 2000B
            yield Use(path, rule, theirs[path])


def rules_of(loop: LoopRule) -> set[SegmentRule]:
    """Collect all uses of segments."""
    return {rule for _, rule in _rules(loop, "")}


def _rules(loop: LoopRule, path: str) -> Iterator[tuple[str, SegmentRule]]:
    seen: dict[str, int] = {}
    for child in loop.children:
        if isinstance(child, LoopRule):
            yield from _rules(child, f"{path}/{child.id}")
        else:
            seen[child.tag] = seen.get(child.tag, 0) + 1
            yield f"{path}/{child.tag}.{seen[child.tag]}", child


def _nodes(node: Any, path: str) -> Iterator[tuple[str, Any]]:
    seen: dict[str, int] = {}
    children = [one for place in sorted(node.pos_map) for one in node.pos_map[place]]
    for child in children:
        if child.is_segment():
            seen[child.id] = seen.get(child.id, 0) + 1
            yield f"{path}/{child.id}.{seen[child.id]}", child
        elif child.id in TABLES or child.id.endswith("_LOOP"):
            yield from _nodes(child, path)
        else:
            yield from _nodes(child, f"{path}/{child.id}")


@cache
def _parameters() -> Any:
    parameters = pyx12.params.params()
    parameters.set("charset", "E")
    return parameters


def variants(rule: SegmentRule) -> Iterator[tuple[int, str, list[str]]]:
    """Give an ordinary segment, and others that differ from it in one element."""
    segment = ordinary(rule)
    yield 0, "", segment
    for element in rule.elements:
        for value in (*BAD_VALUES, sample_element(element)):
            changed = segment + [""] * (element.number + 1 - len(segment))
            changed[element.number] = value
            while not changed[-1]:
                changed.pop()
            yield element.number, value, changed
    filler = [""] * (len(rule.elements) + 1 - len(segment))
    yield len(rule.elements) + 1, "X", [*segment, *filler, "X"]


def ordinary(rule: SegmentRule) -> list[str]:
    """Make a segment with its required elements."""
    segment = [rule.tag]
    for element in rule.elements:
        before = segment[-1]
        is_there = element.is_required or _is_period_of(element, before)
        segment.append(sample_element(element, before) if is_there else "")
    _meet_conditions(rule, segment)
    while not segment[-1]:
        segment.pop()
    return segment


def _is_period_of(element: ElementRule, before: str) -> bool:
    return bool(before) and element.data_element == "1251" and element.is_used


def _meet_conditions(rule: SegmentRule, segment: list[str]) -> None:
    for note in rule.notes:
        used = [one for one in note.elements if rule.elements[one - 1].is_used]
        present = [one for one in used if segment[one]]
        if note.kind == "R" and not present:
            segment[used[0]] = sample_element(rule.elements[used[0] - 1])
        if (note.kind == "P" and present) or (note.kind == "C" and segment[note.elements[0]]):
            for one in used:
                before = segment[one - 1]
                segment[one] = segment[one] or sample_element(rule.elements[one - 1], before)


def sample_element(rule: ElementRule, before: str = "") -> str:
    """Make a value that the rule allows."""
    if not rule.components:
        return sample(rule, before)
    parts: list[str] = []
    for component in rule.components:
        previous = parts[-1] if parts else ""
        needed = component.is_required or (previous and component.data_element == "1251")
        parts.append(sample(component, previous) if needed else "")
    return ":".join(parts).rstrip(":")


def sample(rule: ComponentRule, before: str = "") -> str:
    """Make a value of a type."""
    if rule.codes:
        return max(rule.codes)
    if rule.external:
        return EXTERNAL_SAMPLES[rule.external]
    if rule.data_element == "1251":
        return PERIODS.get(before, "20261105")
    if rule.pattern:
        return "123456789"
    by_type = {"DT": "20261105", "TM": "0930"} | dict.fromkeys(
        ("N0", "R", "R2"), "1" * rule.shortest
    )
    return by_type.get(rule.type, "A" * max(rule.shortest, min(2, rule.longest)))
