"""What a rule of coding is: a question with an identity, a source and a way out."""

from collections.abc import Callable
from dataclasses import dataclass

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity

Check = Callable[[CodingCase], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class CodingRule:
    """One rule, as the catalogue shows it and client files name it.

    Attributes:
        id: Stable and dotted, such as ``coding.unit_limits``; findings of ``check`` carry it.
        asks: The question in one sentence.
        fix: What a coder does about a finding.
        source: Law, guideline or manual with its section.
        severity: The gravest finding that it makes; a client file may set another.
        check: Judges a case.
        is_asked: False where nobody is asked it unless a client file names the rule.
    """

    id: str
    asks: str
    fix: str
    source: str
    severity: Severity
    check: Check
    is_asked: bool = True
