"""Diagnostics: what is wrong with a file, as values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from models.documents.finding import Finding, Severity

_ELEMENT = re.compile(r"[A-Z][A-Z0-9]{1,2}?(?P<element>[0-9]{2})(?:-(?P<component>[0-9]+))?")


class Snip(IntEnum):
    """The seven kinds of tests of an X12 file, and 0 for what is only a note.

    Source:
        WEDI Strategic National Implementation Process, types 1 to 7.
    """

    NOTE = 0
    STRUCTURE = 1  # envelope, delimiters, syntax of segments
    GUIDE = 2  # usage, order, repeats, lengths, types, code sets, counts
    BALANCE = 3  # sums
    SITUATION = 4  # what one element demands of another
    CODE_SET = 5  # external codes: NPI, ICD, ZIP, place of service
    SERVICE = 6  # kinds of service
    PAYER = 7  # rules of one payer or partner


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong with, or worth saying of, a file.

    Attributes:
        level: Which kind of test found it.
        rule_id: Stable and dotted, such as ``x12.claim_total``.
        severity: ERROR where the receiver may refuse the file.
        subject: The element or segment concerned as people write it: ``CLM05-3``, ``REF*F8``.
        message: What is wrong, in plain words. It never repeats what may be a patient's.
        advice: What to do about it, or what is allowed; may be empty.
        interchange: ISA13.
        transaction: ST02; empty outside of transactions.
        kind: ST01.
        loop: Such as ``2010BA``; empty where the loop is not known.
        segment: The number of the segment in its transaction, ST being 1; 0 outside.
        tag: The segment id.
        element: From 1; 0 where the whole segment is concerned.
        component: From 1; 0 where the whole element is concerned.
        code: How a 999 (IK304, IK403, AK905) or TA1 (TA105) says it.
    """

    level: Snip
    rule_id: str
    severity: Severity
    subject: str
    message: str
    advice: str = ""
    interchange: str = ""
    transaction: str = ""
    kind: str = ""
    loop: str = ""
    segment: int = 0
    tag: str = ""
    element: int = 0
    component: int = 0
    code: str = ""

    @property
    def field(self) -> str:
        """The subject, as a ``Finding`` names it."""
        return self.subject

    @property
    def position(self) -> str:
        """Where it is, in the control numbers of the file."""
        parts = (
            f"ISA {self.interchange}" if self.interchange else "",
            f"ST {self.transaction}" if self.transaction else "",
            f"segment {self.segment}" if self.segment else "",
        )
        return ", ".join(filter(None, parts))

    def to_finding(self) -> Finding:
        """Say it as a rule of the product would."""
        message = f"{self.message}; {self.advice}" if self.advice else self.message
        return Finding(self.rule_id, self.severity, self.subject, message, self.position)


def findings_of(diagnostics: Iterable[Diagnostic]) -> tuple[Finding, ...]:
    """Turn what a reader noticed into findings."""
    return tuple(diagnostic.to_finding() for diagnostic in diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of them is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def element_and_component(subject: str) -> tuple[int, int]:
    """Take the numbers from ``CLM05-3``; zeros where a subject names none.

    >>> element_and_component("CLM05-3"), element_and_component("REF*F8")
    ((5, 3), (0, 0))
    """
    found = _ELEMENT.fullmatch(subject)
    if found is None:
        return 0, 0
    return int(found["element"]), int(found["component"] or 0)
