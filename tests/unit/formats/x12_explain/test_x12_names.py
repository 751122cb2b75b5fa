"""The catalogue of words knows everything that the guides use."""

from collections.abc import Iterator

import pytest

from revcycle.formats.x12.guides.library import GUIDES, guide_named
from revcycle.formats.x12.guides.rules import ElementRule, LoopRule, SegmentRule
from revcycle.formats.x12.names.catalogue import (
    UNKNOWN,
    Kind,
    code_words,
    element_of,
    element_words,
    is_known_segment,
    known_codes,
    known_places,
    loop_words,
    segment_words,
)

NAMES = sorted(set(GUIDES.values()))
ENVELOPE_LOOPS = {"", "HEADER", "DETAIL", "FOOTER", "TABLE1", "TABLE2"}


def rules_of(loop: LoopRule) -> Iterator[LoopRule | SegmentRule]:
    for child in loop.children:
        yield child
        if isinstance(child, LoopRule):
            yield from rules_of(child)


def segment_rules(name: str) -> list[SegmentRule]:
    return [rule for rule in rules_of(guide_named(name).root) if isinstance(rule, SegmentRule)]


def used_places(rule: SegmentRule) -> Iterator[tuple[str, int, int]]:
    for element in rule.elements:
        if element.usage == "N":
            continue
        used = [part for part in element.components if part.usage != "N"]
        if used:
            yield from ((rule.tag, element.number, part.number) for part in used)
        else:
            yield rule.tag, element.number, 0


@pytest.mark.parametrize("name", NAMES)
def test_every_loop_of_a_guide_has_words(name: str) -> None:
    loops = [rule.id for rule in rules_of(guide_named(name).root) if isinstance(rule, LoopRule)]
    assert [one for one in loops if not loop_words(name, one)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_segment_of_a_guide_has_words(name: str) -> None:
    assert {one.tag for one in segment_rules(name) if not is_known_segment(one.tag)} == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_element_that_a_guide_uses_is_known(name: str) -> None:
    places = {place for rule in segment_rules(name) for place in used_places(rule)}
    assert sorted(place for place in places if element_of(*place) is UNKNOWN) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_code_that_a_guide_lists_has_words(name: str) -> None:
    missing = {
        (rule.tag, element.number, code)
        for rule in segment_rules(name)
        for element in rule.elements
        if isinstance(element, ElementRule) and element.usage != "N" and element.codes
        for code in element.codes
        if (codes := element_of(rule.tag, element.number).codes) not in {"", "any"}
        and not code_words(codes, code)
    }
    assert sorted(missing) == []


def test_every_list_that_an_element_names_exists() -> None:
    named = {element.codes for _, _, element in known_places() if element.codes}
    assert {codes for codes in named if codes != "any" and not known_codes(codes)} == set()


def test_every_qualifier_that_an_element_is_named_by_has_a_list() -> None:
    dangling = [
        (tag, place)
        for tag, place, element in known_places()
        if element.named_by is not None
        and element.kind is not Kind.WHEN
        and not element_of(tag, element.named_by[0] or place[0] or 1, element.named_by[1]).codes
    ]
    assert dangling == []


@pytest.mark.parametrize(
    ("tag", "qualifier", "words"),
    [
        ("REF", "G1", "prior authorization number"),
        ("DTP", "472", "service date"),
        ("NM1", "85", "billing provider"),
        ("HI", "ABK", "principal diagnosis"),
        ("AMT", "F5", "amount, paid by the patient"),
        ("REF", "no such", "reference"),
        ("XYZ", "", "unknown segment"),
    ],
)
def test_a_segment_is_called_after_its_qualifier(tag: str, qualifier: str, words: str) -> None:
    assert segment_words(tag, qualifier) == words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (("CLM", 5, 1), "place of service"),
        (("CLM", 5, 3), "frequency"),
        (("HI", 7, 9), "present on admission"),
        (("CAS", 9, 0), "amount"),
        (("AMT", 2, 0), "amount"),
    ],
)
def test_an_element_is_called_by_its_number(place: tuple[str, int, int], words: str) -> None:
    assert element_words(*place) == words


def test_an_element_that_nobody_knows_is_masked() -> None:
    assert element_of("CLM", 17).kind is Kind.PHI
    assert element_of("XYZ", 1).kind is Kind.PHI
