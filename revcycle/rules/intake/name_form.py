"""Do the names look like names?"""

import re
from collections.abc import Iterator
from typing import Final

from models.documents.encounter import EncounterDocument
from models.documents.finding import Finding, Severity
from models.documents.party import Person

RULE_ID: Final = "intake.name_form"
# Letters of any script first; then letters, marks, blanks, and what stands inside names.
_NAME: Final = re.compile(r"[^\W\d_][\w .,'’‘`()/-]*")  # noqa: RUF001 - both apostrophes occur in names
_PLACEHOLDERS: Final = frozenset(
    ("test", "testpatient", "unknown", "unk", "none", "na", "xxx", "patient", "noname", "tbd")
)


def check_name_form(document: EncounterDocument) -> tuple[Finding, ...]:
    """Report names with digits or signs (error), and words that stand in for a name (warning).

    Missing names are the business of ``required_identity``.

    Source:
        ASC X12N/005010X222A1 (837P), appendix B.1.1.2.4: the character sets of text elements.
    """
    return tuple(_check_person(document.patient, "patient"))


def _check_person(person: Person, who: str) -> Iterator[Finding]:
    for field, name in (("last_name", person.last_name), ("first_name", person.first_name)):
        if not name:
            continue
        if _NAME.fullmatch(name) is None or any(character.isdigit() for character in name):
            message = "a name begins with a letter and holds no digits or signs"
            yield Finding(RULE_ID, Severity.ERROR, f"{who}.{field}", message)
        elif re.sub(r"\W", "", name.casefold()) in _PLACEHOLDERS:
            message = "this looks like a placeholder, not a name"
            yield Finding(RULE_ID, Severity.WARNING, f"{who}.{field}", message)
