"""Findings about codes as a page shows them: which field, what is wrong, what is allowed."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from models.documents.finding import Finding, Severity
from revcycle.operations.coding.finish_coding import finding_mark

_FIELD: Final = re.compile(r"(diagnoses|services)(?:\[(\d+)\])?(?:\.(\w+))?")
# What a field is called, and how its place on the page ends.
_PARTS: Final = {
    "procedure_code": ("code", "procedure"),
    "modifiers": ("modifiers", "modifiers"),
    "units": ("units", "units"),
    "diagnosis_pointers": ("diagnoses it was for", "pointers"),
    "service_date": ("date", "date"),
    "revenue_code": ("revenue code", "revenue"),
}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding.

    Attributes:
        label: The field in words.
        place: The id of the field on the page.
        is_warning: Whether the coder must look at it; what is neither only informs.
        mark: What a tick sends.
        is_accepted: Whether the coder lets a warning stand.
    """

    label: str
    place: str
    message: str
    rule_id: str
    is_error: bool
    is_warning: bool
    mark: str
    is_accepted: bool


def show_findings(findings: Iterable[Finding], accepted: Collection[str]) -> list[ShownFinding]:
    """Write findings for the page: errors, then warnings, then what only informs."""
    shown = [_show(finding, accepted) for finding in findings]
    return sorted(shown, key=lambda one: (not one.is_error, not one.is_warning))


def _show(finding: Finding, accepted: Collection[str]) -> ShownFinding:
    label, place = _name(finding.field)
    mark = finding_mark(finding)
    return ShownFinding(
        label,
        place,
        finding.message,
        finding.rule_id,
        finding.severity is Severity.ERROR,
        finding.severity is Severity.WARNING,
        mark,
        mark in accepted,
    )


def _name(field: str) -> tuple[str, str]:
    match = _FIELD.fullmatch(field)
    if match is None:
        return field, ""
    kind, number, part = match.groups()
    if kind == "diagnoses":
        return (f"Diagnosis {number}" if number else "Diagnoses"), f"diagnosis-{number or 1}"
    words, ending = _PARTS.get(part or "procedure_code", ("code", "procedure"))
    label = f"Service {number}, {words}" if number else "Services"
    return label, f"service-{number or 1}-{ending}"
