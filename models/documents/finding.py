"""What a rule or a reader reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"  # stops what was judged
    WARNING = "warning"  # a person should look
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule or a reader noticed.

    Attributes:
        rule_id: Stable and dotted, such as ``scrub.timely_filing``; stored in the database.
        severity: Whether it stops what was judged.
        field: The name of the field, element or column concerned.
        message: What is wrong and what is allowed, in plain words. It goes to the page and the
            database, never to a log, because it may hold a date or a code of a patient.
        position: Where in a file: ``line 12``, ``segment 1184``, ``entry 7``; empty otherwise.
    """

    rule_id: str
    severity: Severity
    field: str
    message: str
    position: str = ""


def is_blocking(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding stops what was judged."""
    return any(finding.severity is Severity.ERROR for finding in findings)
