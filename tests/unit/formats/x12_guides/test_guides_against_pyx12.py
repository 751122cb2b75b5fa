"""Our guides say what the maps of pyx12 say, or the difference is listed with its reason."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
import pyx12

from revcycle.formats.x12.guides.library import guide_named
from revcycle.formats.x12.guides.rules import (
    UNLIMITED,
    ComponentRule,
    ElementRule,
    LoopRule,
    SegmentRule,
)

PAGE = Path(__file__).resolve().parents[4] / "docs/reference/x12_guides.md"
MAPS = Path(pyx12.__file__).parent / "map"
FILES = MappingProxyType(
    {
        "837P": "837.5010.X222.A1.xml",
        "837I": "837Q3.I.5010.X223.A1.xml",
        "835": "835.5010.X221.A1.xml",
        "277CA": "277.5010.X214.xml",
        "999": "999.5010X231.A1.xml",
    }
)
TABLES = frozenset({"HEADER", "DETAIL", "FOOTER"})  # pyx12 keeps them as loops, we do not
Facts = dict[str, str]
PLB_CODES = (
    "50,51,72,90,AH,AM,AP,B2,B3,BD,BN,C5,CR,CS,CT,CV,CW,DM,E3,FB,FC,GO,HM,IP,IR,IS,J1,L3,L6,LE,LS,"
    "OA,OB,PI,PL,RA,RE,SL,TL,WO,WU"
)


class Difference(NamedTuple):
    """Where we say something else than pyx12, and why."""

    places: str  # a regular expression
    theirs: str
    ours: str
    reason: str


SHARED = "loops of one kind share their place in the standard, and payers send them in any order"
VERSION = "the version is how the guide is chosen; that it is the same as GS08 is checked elsewhere"
STANDARD = "the standard knows this of the segment wherever it is used; the map leaves it out"
REPEATED = "a second transcription of this guide allows it"
LENIENT = "the samples of x12.org and of a Medicaid leave it out; a second validator accepts them"
DIFFERENCES = (
    Difference("837P/.*/2330[D-G] place", "own", "shared", SHARED),
    Difference("837P/.*/2420[GH] place", "own", "shared", SHARED),
    Difference("837I/2000A/2010AC place", "own", "shared", SHARED),
    Difference("837I/.*/2310F place", "own", "shared", SHARED),
    Difference("837I/.*/2330[D-I] place", "own", "shared", SHARED),
    Difference("837I/.*/2420D place", "own", "shared", SHARED),
    Difference("837P/1000[AB]/NM1 conditions", "P0809 C1110", "P0809 C1110 C1203", STANDARD),
    Difference(
        "837P/BHT06",
        "R 640 ID(2-2) {CH,RP}",
        "R 640 ID(2-2) {31,CH,RP}",
        "31 (subrogation) is a code of this guide too; the map of 837I has it",
    ),
    Difference("837I/ST03", "R 1705 AN(1-35) {005010X223A2}", "R 1705 AN(1-35) {}", VERSION),
    Difference(
        "837I/.*/2300/CL101",
        "S 1315 ID(1-1) {}",
        "R 1315 ID(1-1) {}",
        "every institutional claim says its type of admission; a second model requires it",
    ),
    Difference("835/ST03", "N", "S 1705 AN(1-35) {}", "some payers fill it; it harms nobody"),
    Difference(
        r"835/PLB(05|07|09|11|13)-1",
        "R 426 ID(2-2) {}",
        f"R 426 ID(2-2) {{{PLB_CODES}}}",
        "all six reasons of a PLB are of one list; the map has it for the first only",
    ),
    Difference("277CA/ST03", "R 1705 AN(1-35) {005010X214}", "R 1705 AN(1-35) {}", VERSION),
    Difference(
        "277CA/2000A/2000B/2000C",
        "R >1",
        "S >1",
        "a file refused as a whole is answered at the submitter's level alone",
    ),
    Difference("277CA/.*/2200[BC]", "R 1", "S 1", LENIENT),
    Difference("277CA/.*/2200[BC]/STC", "R >1", "S >1", LENIENT),
    Difference(
        "277CA/2000A/2000B/2000C/HL04",
        "R 736 ID(1-1) {1}",
        "R 736 ID(1-1) {0,1}",
        "a provider whose claims were all refused together has no level below",
    ),
    Difference("277CA/.*/2200C/REF", "S 1", "S 3", REPEATED),
    Difference("277CA/.*/2200D/REF(.[23])?", "S 1", "S 3", REPEATED),
    Difference("277CA/.*/2220D/STC", "R 1", "R >1", REPEATED),
    Difference("277CA/.*/2220D/STC02", "R 373 DT(8-8) {}", "S 373 DT(8-8) {}", REPEATED),
    Difference("277CA/.*/2220D/STC12", "N", "S 933 AN(1-264) {}", REPEATED),
    Difference("277CA/.*/NM1 conditions", "", "P0809 C1110 C1203", STANDARD),
    Difference("277CA/.*/REF(.[23])? conditions", "", "R0203", STANDARD),
    Difference("277CA/.*/NM112", "absent", "N", STANDARD),
    Difference("277CA/.*/STC(01|10|11)-4", "absent", "N", STANDARD),
    Difference("277CA/.*/SVC01-8", "absent", "N", STANDARD),
    Difference("999/ST03", "R 1705 AN(1-35) {005010X231A1}", "R 1705 AN(1-35) {}", VERSION),
    Difference("999/2000/2100/2110/IK4", "S 1", "R 1", "a loop begins with its first segment"),
    Difference(
        "999/2000/2100/CTX.2",
        "S 1",
        "S 10",
        "an example of x12.org names two business units; the standard allows ten contexts",
    ),
    Difference(
        "999/2000/2100/CTX.201-2",
        "R 9998 AN(1-35) {}",
        "S 9998 AN(1-35) {}",
        "a sender may name the unit without its number, which may be a patient's",
    ),
)


@pytest.mark.parametrize("name", FILES)
def test_a_guide_differs_from_the_map_only_where_a_reason_is_given(name: str) -> None:
    unexplained = {
        place: change
        for place, change in differences(name).items()
        if not any(_explains(reason, place, change) for reason in DIFFERENCES)
    }
    assert unexplained == {}


def test_every_listed_difference_still_exists() -> None:
    found = [pair for name in FILES for pair in differences(name).items()]
    idle = [
        reason.places
        for reason in DIFFERENCES
        if not any(_explains(reason, place, change) for place, change in found)
    ]
    assert idle == []


def test_the_reference_page_gives_every_reason() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert {one.reason for one in DIFFERENCES if one.reason not in page} == set()


def differences(name: str) -> dict[str, tuple[str, str]]:
    """Return what pyx12 and we say, wherever it is not the same."""
    ours = dict(facts_of_guide(guide_named(name).root, name))
    theirs = dict(facts_of_map(name))
    places = {**theirs, **ours}
    pairs = {one: (theirs.get(one, "absent"), ours.get(one, "absent")) for one in places}
    return {place: pair for place, pair in pairs.items() if pair[0] != pair[1]}


def _explains(reason: Difference, place: str, change: tuple[str, str]) -> bool:
    same_change = change == (reason.theirs, reason.ours)
    return same_change and re.fullmatch(reason.places, place) is not None


def facts_of_guide(loop: LoopRule, path: str) -> Iterator[tuple[str, str]]:
    """Say everything of our guide, one line for each loop, segment, element and component."""
    seen: dict[str, int] = {}
    order = []
    for child, place in zip(loop.children, loop.places, strict=True):
        if isinstance(child, LoopRule):
            inner = f"{path}/{child.id}"
            order.append((place, child.id))
            yield inner, f"{child.usage} {_times(child.max_use)}"
            yield from facts_of_guide(child, inner)
        else:
            key = _numbered(child.tag, seen)
            order.append((place, key))
            yield f"{path}/{key}", f"{child.usage} {_times(child.max_use)}"
            yield from facts_of_segment(child, f"{path}/{key}")
    yield from _facts_of_order(order, path)


def facts_of_segment(rule: SegmentRule, path: str) -> Iterator[tuple[str, str]]:
    notes = " ".join(
        note.kind + "".join(f"{one:02d}" for one in note.elements) for note in rule.notes
    )
    yield f"{path} conditions", notes
    for element in rule.elements:
        where = f"{path}{element.number:02d}"
        yield where, _of_element(element)
        if element.is_used:
            for component in element.components:
                yield f"{where}-{component.number}", _of_value(component)


def _of_element(element: ElementRule) -> str:
    if element.is_used and element.repeat > 1:
        return f"{_of_value(element)} x{element.repeat}"
    return _of_value(element)


def _of_value(rule: ComponentRule) -> str:
    if not rule.is_used:
        return "N"
    codes = ",".join(sorted(rule.codes)) if rule.codes else ""
    external = f" list {rule.external}" if rule.external else ""
    pattern = f" pattern {rule.pattern}" if rule.pattern else ""
    type_ = rule.type.replace("R2", "R")
    size = "" if type_ == "COMP" else f" {type_}({rule.shortest}-{rule.longest})"
    return f"{rule.usage} {rule.data_element}{size} {{{codes}}}{external}{pattern}"


def facts_of_map(name: str) -> Iterator[tuple[str, str]]:
    """Say the same of a map of pyx12."""
    root = ET.parse(MAPS / FILES[name]).getroot()  # noqa: S314 - a file of an installed package
    transaction = next(one for one in root.iter("loop") if one.get("xid") == "ST_LOOP")
    children: list[tuple[str, ET.Element]] = []
    for child in _children(transaction):
        if child.get("xid") in TABLES:
            table = str(child.get("xid"))
            children.extend((table + _text(one, "pos"), one) for one in _children(child))
        else:
            children.append((str(child.get("xid")), child))
    yield from _facts_of_children(children, name)


def _facts_of_children(
    children: list[tuple[str, ET.Element]], path: str
) -> Iterator[tuple[str, str]]:
    seen: dict[str, int] = {}
    order = []
    place, last = 0, ""
    for position, child in children:
        place, last = (place, last) if position == last else (place + 1, position)
        identifier = str(child.get("xid"))
        if child.tag == "loop":
            order.append((place, identifier))
            yield f"{path}/{identifier}", f"{_text(child, 'usage')} {_text(child, 'repeat')}"
            inner = [(_text(one, "pos"), one) for one in _children(child)]
            yield from _facts_of_children(inner, f"{path}/{identifier}")
        else:
            key = _numbered(identifier, seen)
            order.append((place, key))
            yield f"{path}/{key}", f"{_text(child, 'usage')} {_text(child, 'max_use')}"
            yield from facts_of_map_segment(child, f"{path}/{key}")
    yield from _facts_of_order(order, path)


def facts_of_map_segment(segment: ET.Element, path: str) -> Iterator[tuple[str, str]]:
    yield f"{path} conditions", " ".join(one.text or "" for one in segment.findall("syntax"))
    elements = [one for one in segment if one.tag in {"element", "composite"}]
    for number, element in enumerate(elements, start=1):
        where = f"{path}{number:02d}"
        repeat = _text(element, "repeat")
        times = f" x{repeat}" if repeat not in {"", "1"} and _text(element, "usage") != "N" else ""
        yield where, _of_map_value(element) + times
        if _text(element, "usage") != "N":
            for order, component in enumerate(element.findall("element"), start=1):
                yield f"{where}-{order}", _of_map_value(component)


def _of_map_value(element: ET.Element) -> str:
    usage = _text(element, "usage")
    if usage == "N":
        return "N"
    number = _text(element, "data_ele")
    codes = element.find("valid_codes")
    listed = sorted({one.text or "" for one in codes.findall("code")}) if codes is not None else []
    external = codes.get("external") if codes is not None else None
    pattern = _text(element, "regex")
    size = ""
    if element.tag == "element":
        type_, low, high = DATA_ELEMENTS[number]
        size = f" {type_}({low}-{high})"
    return (
        f"{usage} {number}{size} {{{','.join(listed)}}}"
        + (f" list {EXTERNAL[external]}" if external else "")
        + (f" pattern {pattern}" if pattern else "")
    )


def _children(loop: ET.Element) -> list[ET.Element]:
    return [one for one in loop if one.tag in {"loop", "segment"}]


def _text(element: ET.Element, tag: str) -> str:
    found = element.find(tag)
    return (found.text or "") if found is not None else ""


def _numbered(tag: str, seen: dict[str, int]) -> str:
    """Tell uses of one segment in a loop apart: REF, REF.2, REF.3."""
    seen[tag] = seen.get(tag, 0) + 1
    return tag if seen[tag] == 1 else f"{tag}.{seen[tag]}"


def _times(count: int) -> str:
    return ">1" if count == UNLIMITED else str(count)


def _facts_of_order(entries: list[tuple[int, str]], path: str) -> Iterator[tuple[str, str]]:
    """Say of each child whether it may change places with the one before it."""
    for (before, _), (place, key) in pairwise(entries):
        yield f"{path}/{key} place", "shared" if place == before else "own"


def _data_elements() -> dict[str, tuple[Any, ...]]:
    root = ET.parse(MAPS / "dataele.xml").getroot()  # noqa: S314 - a file of an installed package
    return {
        str(one.get("ele_num")): (one.get("data_type"), one.get("min_len"), one.get("max_len"))
        for one in root.iter("data_ele")
    }


DATA_ELEMENTS = _data_elements()
EXTERNAL = MappingProxyType(
    {
        "pos": "pos",
        "states": "states",
        "country": "country",
        "currency": "currency",
        "remark_code": "remark",
        "claim_status_cat": "claim_status_category",
        "claim_status": "claim_status",
        "entity_id": "entity",
    }
)
