"""Does each coverage have a member id that a payer could know?"""

import re
from collections.abc import Iterator
from typing import Final

from models.documents.encounter import EncounterDocument
from models.documents.finding import Finding, Severity
from revcycle.rules.intake.match_payer import is_self_pay

RULE_ID: Final = "intake.member_id"
_MEMBER_ID: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9 -]{0,78}[A-Za-z0-9])")


def check_member_id(document: EncounterDocument) -> tuple[Finding, ...]:
    """Report a member id that is missing, malformed, or no number of a person at all.

    It has 2 to 80 letters, digits, hyphens and blanks. All the same character is a placeholder.
    Self-pay needs none.

    Source:
        ASC X12N/005010X222A1 (837P), loop 2010BA, NM109: required, 2 to 80 characters.
    """
    return tuple(_check_coverages(document))


def _check_coverages(document: EncounterDocument) -> Iterator[Finding]:
    for coverage in document.coverages:
        field = f"coverages[{coverage.rank}].member_id"
        if is_self_pay(coverage.payer_name):
            continue
        if not coverage.member_id:
            yield Finding(RULE_ID, Severity.ERROR, field, "the member id is missing")
        elif _MEMBER_ID.fullmatch(coverage.member_id) is None:
            message = "a member id has 2 to 80 letters, digits, hyphens or blanks"
            yield Finding(RULE_ID, Severity.ERROR, field, message)
        elif len(set(coverage.member_id)) == 1:
            message = "one character repeated looks like a placeholder"
            yield Finding(RULE_ID, Severity.WARNING, field, message)
