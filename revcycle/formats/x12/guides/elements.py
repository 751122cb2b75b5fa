"""Examine a segment element by element: what is wrong, and where."""

from collections.abc import Iterator, Sequence

from revcycle.formats.x12.guides.rules import (
    ComponentRule,
    ElementRule,
    SegmentRule,
    SyntaxNote,
)
from revcycle.formats.x12.guides.values import PERIOD, Fault, Flaw, fault_of, repetition_separator
from revcycle.formats.x12.segments import Delimiters


def flaws_of(rule: SegmentRule, segment: Sequence[str], delimiters: Delimiters) -> Iterator[Flaw]:
    """Give everything that a guide forbids in the elements of a segment.

    Args:
        rule: The use of the segment.
        segment: The segment, its tag at 0.
        delimiters: How composites and repetitions are written.
    """
    last = len(segment) - 1
    while last > 0 and not segment[last]:
        last -= 1
    if last > len(rule.elements):
        detail = str(len(rule.elements))
        yield Flaw(Fault.TOO_MANY, len(rule.elements) + 1, detail=detail)
    elif last < len(segment) - 1:
        yield Flaw(Fault.TRAILING, last + 1)
    for element in rule.elements:
        value = segment[element.number] if element.number < len(segment) else ""
        before = segment[element.number - 1] if 1 < element.number <= len(segment) else ""
        yield from _flaws_of_element(element, value, before, delimiters)
    yield from broken_conditions(rule.notes, segment, rule.elements)


def _flaws_of_element(
    rule: ElementRule, value: str, before: str, delimiters: Delimiters
) -> Iterator[Flaw]:
    if not value:
        if rule.is_required:
            yield Flaw(Fault.MISSING, rule.number, rule=rule)
        return
    if not rule.is_used:
        yield Flaw(Fault.NOT_USED, rule.number, rule=rule)
        return
    separator = repetition_separator(delimiters)
    values = value.split(separator) if separator and rule.repeat > 1 else [value]
    if len(values) > rule.repeat:
        yield Flaw(Fault.REPEATED, rule.number, rule=rule, detail=str(rule.repeat))
    for one in values:
        yield from _flaws_of_value(rule, one, before, delimiters)


def _flaws_of_value(
    rule: ElementRule, value: str, before: str, delimiters: Delimiters
) -> Iterator[Flaw]:
    if rule.components:
        yield from _flaws_of_composite(rule, value, delimiters.component)
        return
    fault = fault_of(rule, value, before) if value else Fault.MISSING
    if fault is None and delimiters.component in value:
        fault = Fault.COMPONENTS
    elif fault is None and (separator := repetition_separator(delimiters)) and separator in value:
        fault = Fault.REPEATED
    if fault is not None:
        yield Flaw(fault, rule.number, rule=rule)


def _flaws_of_composite(rule: ElementRule, value: str, separator: str) -> Iterator[Flaw]:
    values = value.split(separator)
    used = len(value.rstrip(separator).split(separator))
    if used > len(rule.components):
        detail = str(len(rule.components))
        yield Flaw(Fault.COMPONENTS, rule.number, rule=rule, detail=detail)
    elif used < len(values):
        yield Flaw(Fault.TRAILING_COMPONENT, rule.number, rule=rule)
    before = ""
    for component in rule.components:
        one = values[component.number - 1] if component.number <= len(values) else ""
        fault = _fault_of_component(component, one, before)
        if fault is not None:
            yield Flaw(fault, rule.number, component.number, component)
        before = one


def _fault_of_component(rule: ComponentRule, value: str, before: str) -> Fault | None:
    if not value:
        return Fault.MISSING if rule.is_required else None
    if not rule.is_used:
        return Fault.NOT_USED
    return fault_of(rule, value, before if rule.data_element == PERIOD else "")


def broken_conditions(
    notes: Sequence[SyntaxNote], segment: Sequence[str], elements: Sequence[ElementRule]
) -> Iterator[Flaw]:
    """Give the conditions between elements that a segment does not meet.

    What a usage already says is not said again: a required element that is missing is reported
    as such, and not also as missing because of another one.
    """
    for note in notes:
        flaw = _broken(note, segment)
        if flaw is not None and not (
            flaw.fault is Fault.CONDITION and elements[flaw.element - 1].usage != "S"
        ):
            yield flaw


def _broken(note: SyntaxNote, segment: Sequence[str]) -> Flaw | None:
    present = [one for one in note.elements if one < len(segment) and segment[one]]
    absent = [one for one in note.elements if one not in present]
    names = " ".join(f"{segment[0]}{one:02d}" for one in note.elements)
    detail = f"{note.kind} {names}"
    if note.kind == "E":
        return Flaw(Fault.EXCLUSION, present[-1], detail=detail) if len(present) > 1 else None
    first = note.elements[0]
    is_broken = {
        "P": bool(present and absent),
        "R": not present,
        "C": first in present and bool(absent),
        "L": present == [first],
    }[note.kind]
    return Flaw(Fault.CONDITION, absent[0], detail=detail) if is_broken else None
