"""Checks of single claims in an 837 that need nothing but the file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.values.money import Money, total
from revcycle.formats.x12.claims.reading_codes import DIAGNOSIS_QUALIFIERS, HI_ELEMENTS_MAX
from revcycle.formats.x12.loops import split_at
from revcycle.formats.x12.notes import Notes, component
from revcycle.formats.x12.segments import ABSENT, Segment, split_components

CHARGE_ELEMENTS = {"SV1": 2, "SV2": 3, "SV3": 2}
POINTER_ELEMENTS = {"SV1": 7, "SV3": 11}
CORRECTING_FREQUENCIES = frozenset({"7", "8"})


@dataclass(slots=True)
class ClaimChecker:
    """Checks claim after claim and remembers the control numbers of the file."""

    control_numbers: set[str] = field(default_factory=set)

    def check(self, segments: Sequence[Segment], notes: Notes) -> None:
        """Check every claim of a transaction."""
        for level in split_at(segments, "HL", "SE")[1]:
            for claim in split_at(level, "CLM")[1]:
                self._check_claim(claim, notes)

    def _check_claim(self, claim: list[Segment], notes: Notes) -> None:
        header = claim[0]
        if header.get(1) in self.control_numbers:
            message = "two claims of the file have this control number"
            notes.report("x12.clm01_duplicate", header, "CLM01", message)
        self.control_numbers.add(header.get(1))
        before_lines, lines = split_at(claim, "LX")
        own = split_at(before_lines, "NM1", "SBR")[0]
        _check_total(header, claim, notes)
        _check_line_numbers(lines, notes)
        _check_pointers(own, claim, notes)
        _check_original_reference(own, notes)


def _check_total(header: Segment, claim: list[Segment], notes: Notes) -> None:
    services = [segment for segment in claim if segment.tag in CHARGE_ELEMENTS]
    charges = [notes.amount(service, CHARGE_ELEMENTS[service.tag]) for service in services]
    charged: Money = total(charges)
    if not services:
        notes.report("x12.claim_without_lines", header, "CLM", "the claim has no service lines")
    elif notes.amount(header, 2) != charged:
        notes.report("x12.claim_total", header, "CLM02", f"the lines charge {charged}")


def _check_line_numbers(lines: list[list[Segment]], notes: Notes) -> None:
    for expected, line in enumerate(lines, start=1):
        if line[0].get(1) != str(expected):
            notes.report("x12.lx_sequence", line[0], "LX01", f"must be {expected}")


def _check_pointers(own: list[Segment], claim: list[Segment], notes: Notes) -> None:
    allowed = {str(number) for number in range(1, _count_diagnoses(own, notes) + 1)}
    for service in claim:
        if service.tag not in POINTER_ELEMENTS:
            continue
        number = POINTER_ELEMENTS[service.tag]
        pointers = set(filter(None, notes.components(service, number)))
        if not pointers <= allowed:
            message = "a diagnosis pointer names no diagnosis of the claim"
            notes.report("x12.diagnosis_pointer", service, f"{service.tag}{number:02d}", message)


def _count_diagnoses(own: list[Segment], notes: Notes) -> int:
    return sum(
        split_components(element, notes.delimiters)[0] in DIAGNOSIS_QUALIFIERS
        for segment in own
        if segment.tag == "HI"
        for element in segment.elements[:HI_ELEMENTS_MAX]
    )


def _check_original_reference(own: list[Segment], notes: Notes) -> None:
    frequency = component(notes.components(own[0], 5), 3)
    reference = next((part for part in own if part.tag == "REF" and part.get(1) == "F8"), ABSENT)
    if frequency in CORRECTING_FREQUENCIES and not reference.get(2):
        message = "a replacement or void needs the payer's claim control number"
        notes.report("x12.original_reference_missing", own[0], "REF*F8", message)
