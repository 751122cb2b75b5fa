"""Check the elements of ISA, GS, GE, IEA and TA1; counts and control numbers are checked apart.

Source:
    X12.5 (ISA, IEA, TA1) and X12.6 (GS, GE) of 005010, as ``guides/envelope.txt`` restates them.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from revcycle.formats.x12.checks.guide_messages import FAULTS, words_of
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.guides.elements import flaws_of
from revcycle.formats.x12.guides.library import guide_named
from revcycle.formats.x12.guides.rules import SegmentRule
from revcycle.formats.x12.guides.values import Fault, Flaw, fault_of
from revcycle.formats.x12.segments import Delimiters, Segment

# What TA105 says of a wrong element of the ISA, and AK905 of one of the GS.
ISA_CODES: Mapping[int, str] = MappingProxyType(
    {
        1: "010",
        2: "011",
        3: "012",
        4: "013",
        5: "005",
        6: "006",
        7: "007",
        8: "008",
        9: "014",
        10: "015",
        11: "026",
        12: "017",
        13: "018",
        14: "019",
        15: "020",
        16: "027",
    }
)
GS_CODES: Mapping[int, str] = MappingProxyType({1: "1", 6: "6", 8: "2"})
FILLED_WITH_BLANKS = frozenset({"AN"})  # of the ISA, whose widths are fixed and checked apart


def check_envelope_segment(
    segment: Segment, *, delimiters: Delimiters, interchange: str = ""
) -> Iterator[Diagnostic]:
    """Report the wrong elements of one segment of an envelope; nothing for any other segment."""
    rule = _rules().get(segment.tag)
    if rule is None:
        return
    of_isa = segment.tag == "ISA"
    for flaw in _flaws_of_isa(rule, segment) if of_isa else flaws_of(rule, segment, delimiters):
        yield _diagnostic(flaw, segment.tag, interchange)


def _rules() -> dict[str, SegmentRule]:
    children = guide_named("envelope").root.children
    return {child.tag: child for child in children if isinstance(child, SegmentRule)}


def _flaws_of_isa(rule: SegmentRule, segment: Segment) -> Iterator[Flaw]:
    """Look at codes, dates and numbers only: texts are filled with blanks to their width."""
    for element in rule.elements:
        value = segment.get(element.number)
        if not value.strip(" ") or (element.type in FILLED_WITH_BLANKS and not element.codes):
            continue
        fault = fault_of(element, value)
        if fault not in {None, Fault.BLANKS, Fault.TOO_LONG, Fault.TOO_SHORT}:
            yield Flaw(fault or Fault.CODE, element.number, rule=element)


def _diagnostic(flaw: Flaw, tag: str, interchange: str) -> Diagnostic:
    wording, words = FAULTS[flaw.fault], words_of(flaw)
    codes = {"ISA": ISA_CODES, "GS": GS_CODES}.get(tag, {})
    return Diagnostic(
        level=wording.level,
        rule_id=wording.rule_id,
        severity=wording.severity,
        subject=f"{tag}{flaw.element:02d}",
        message=wording.message.format_map(words),
        advice=wording.advice.format_map(words),
        interchange=interchange,
        tag=tag,
        element=flaw.element,
        code=codes.get(flaw.element, ""),
    )
