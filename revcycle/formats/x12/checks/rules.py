"""A rule: what it says of itself, apart from the code that applies it."""

from dataclasses import dataclass

from models.documents.finding import Severity
from revcycle.formats.x12.diagnostics import Snip


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    Attributes:
        id: Stable and dotted; never renamed, only retired.
        level: The SNIP level.
        severity: ERROR where receivers refuse the file or claim for it.
        kinds: The transactions it looks at, as people call them: ``837P 837I``.
        message: What is wrong, in plain words.
        advice: What to do.
        source: Where the rule comes from, in our words.
        code: How a 999 says it (IK304 of a segment, IK403 of an element).
        is_mild_in_answers: Whether it is a warning in what payers send (835, 271, 277), which
            nobody can refuse.
        is_later_matter: Whether receivers accept the file (999) and reject the claim later (277CA),
            and files of tests and samples rarely care: a warning unless the check is strict.
    """

    id: str
    level: Snip
    severity: Severity
    kinds: str
    message: str
    advice: str
    source: str
    code: str = ""
    is_mild_in_answers: bool = True
    is_later_matter: bool = False
