"""Diagnoses (DG1), services (FT1, PR1) and notes (OBX, NTE) of a message."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from models.documents.encounter import SourceCode, SourceNote, SourceProcedure
from models.documents.finding import Finding, Severity
from models.values.money import Money
from revcycle.formats.hl7v2.codes import to_diagnosis, to_service
from revcycle.formats.hl7v2.elements import Segment
from revcycle.formats.hl7v2.messages import Message

RULE_ID: Final = "intake.hl7v2"
UNITS_MAX: Final = 9_999_999  # SV104 and our tables hold no more
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,6})?|-?\.[0-9]{1,6}")
_CHARGE: Final = ("", "CG")  # table 0017; CD credit, PY payment and AJ adjustment are no services
_DELETED: Final = "D"  # table 0206
_TEXT_TYPES: Final = ("TX", "FT", "ST")
_UNSIGNED: Final = ("P", "I", "R", "S")  # table 0085: preliminary, pending, not verified, partial


@dataclass(slots=True, repr=False)
class ServiceReader:
    """Reads what was found and done, and collects what could not be read.

    Attributes:
        diagnoses: In order of priority; services add theirs when no DG1 named them.
    """

    position: str
    diagnoses: list[SourceCode] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def read_diagnoses(self, message: Message) -> None:
        """Read the DG1 segments, the principal one (DG1-15 is 1) first, each code once."""
        segments = sorted(message.list_segments("DG1"), key=_diagnosis_priority)
        for dg1 in segments:
            if dg1.text(21) == _DELETED:
                self._report("DG1-21", "the sender deleted this diagnosis; it is left out")
            elif coded := next(iter(dg1.repetitions(3)), ""):
                self._add(to_diagnosis(dg1, coded, dg1.text(4), dg1.text(2)))

    def read_services(self, message: Message) -> tuple[SourceProcedure, ...]:
        """Read the charges (FT1), then the procedures (PR1) that no charge names."""
        charges = tuple(self._read_charges(message))
        charged = {charge.code.code for charge in charges}
        procedures = (
            _procedure(pr1, coded)
            for pr1 in message.list_segments("PR1")
            for coded in pr1.repetitions(3)[:1]
        )
        rest = (procedure for procedure in procedures if procedure.code.code not in charged)
        return (*charges, *rest)

    def _read_charges(self, message: Message) -> Iterator[SourceProcedure]:
        for ft1 in message.list_segments("FT1"):
            coded = next(iter((*ft1.repetitions(25), *ft1.repetitions(7))), "")
            if ft1.text(6).upper() not in _CHARGE:
                self._report("FT1-6", f"type {ft1.text(6)} is no charge and is left out")
            elif not ft1.part(coded):
                self._report("FT1-25", "the charge names no service", Severity.ERROR)
            else:
                yield self._charge(ft1, coded)

    def _charge(self, ft1: Segment, coded: str) -> SourceProcedure:
        units = self._units(ft1)
        return SourceProcedure(
            code=to_service(ft1, coded),
            service_date=ft1.day(4),
            modifiers=_modifiers(ft1, 26),
            units=units,
            charge=self._amount(ft1, units),
            diagnosis_pointers=tuple(
                dict.fromkeys(self._add(to_diagnosis(ft1, code)) for code in ft1.repetitions(19))
            ),
        )

    def _add(self, diagnosis: SourceCode) -> int:
        """Return the place, from 1, of a diagnosis; one that is not there yet goes last."""
        codes = [(known.system, known.code) for known in self.diagnoses]
        if (diagnosis.system, diagnosis.code) not in codes:
            self.diagnoses.append(diagnosis)
            return len(self.diagnoses)
        return codes.index((diagnosis.system, diagnosis.code)) + 1

    def _units(self, ft1: Segment) -> Decimal:
        try:
            units = Decimal(_plain(ft1.text(10) or "1"))
        except ValueError:
            units = Decimal(0)
        if 0 < units <= UNITS_MAX:
            return units
        message = f"units are a number above zero, at most {UNITS_MAX}"
        self._report("FT1-10", message, Severity.ERROR)
        return Decimal(1)

    def _amount(self, ft1: Segment, units: Decimal) -> Money | None:
        """Read FT1-11, or FT1-12 times the units; a CP such as ``100&USD`` begins with a number."""
        extended, unit = ft1.text(11), ft1.text(12)
        if not (extended or unit):
            return None
        try:
            return (
                Money.parse(_plain(extended))
                if extended
                else Money.parse(_plain(unit)).times(units)
            )
        except ValueError as error:
            self._report("FT1-11", f"{error}; an amount looks like 125.00", Severity.ERROR)
            return None

    def _report(self, name: str, message: str, severity: Severity = Severity.WARNING) -> None:
        self.findings.append(Finding(RULE_ID, severity, name, message, self.position))


def _plain(text: str) -> str:
    """Return a number in plain digits; powers of ten and the like are refused.

    Raises:
        ValueError: it is something else.
    """
    if _NUMBER.fullmatch(text) is None:
        msg = "not an amount"
        raise ValueError(msg)
    return text


def to_notes(message: Message) -> tuple[SourceNote, ...]:
    """Read text observations, one note for each observation code, and the NTE comments."""
    observations = [obx for obx in message.list_segments("OBX") if obx.text(2) in _TEXT_TYPES]
    by_code: dict[str, list[Segment]] = {}
    for obx in observations:
        by_code.setdefault(obx.text(3), []).append(obx)
    notes = [_note(group) for group in by_code.values()]
    comments = "\n".join(
        nte.part(part) for nte in message.list_segments("NTE") for part in nte.repetitions(3)
    )
    return tuple(note for note in (*notes, SourceNote(comments)) if note.text)


def _note(group: Sequence[Segment]) -> SourceNote:
    lines = [obx.part(part) for obx in group for part in obx.repetitions(5)]
    first = group[0]
    author = " ".join(filter(None, (first.text(16, 3), first.text(16, 2))))
    is_signed = all(obx.text(11) not in _UNSIGNED for obx in group)
    return SourceNote("\n".join(lines), first.day(14), author, is_signed)


def _procedure(pr1: Segment, coded: str) -> SourceProcedure:
    return SourceProcedure(to_service(pr1, coded), pr1.day(5), _modifiers(pr1, 16))


def _modifiers(segment: Segment, number: int) -> tuple[str, ...]:
    return tuple(segment.part(part).upper() for part in segment.repetitions(number))


def _diagnosis_priority(dg1: Segment) -> int:
    text = dg1.text(15)
    return int(text) if text.isdecimal() and int(text) > 0 else 99
