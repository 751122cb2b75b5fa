"""Which rule counts for a payer's clock?"""

from collections.abc import Iterable
from dataclasses import dataclass

from models.documents.claim import ClaimForm
from models.documents.clock import ClockKind, ClockRule


@dataclass(frozen=True, slots=True)
class ClockSubject:
    """Whose clock is asked for.

    Attributes:
        payer_key: The payer's key in the client file.
        filing_indicator: Its class: MB, MA, MC, CI ...
        form: The form of the claim; None where no claim is meant.
        level: Of an appeal.
    """

    payer_key: str
    filing_indicator: str
    form: ClaimForm | None = None
    level: int = 1


def find_clock_rule(
    rules: Iterable[ClockRule], kind: ClockKind, subject: ClockSubject
) -> ClockRule | None:
    """Return the first rule that fits, or None: rules of the practice stand before the standard.

    Source:
        Contracts come before manuals, and manuals before habit; the order of the rules says so.
    """
    return next((rule for rule in rules if rule.kind is kind and _fits(rule, subject)), None)


def _fits(rule: ClockRule, subject: ClockSubject) -> bool:
    return (
        (not rule.payer_keys or subject.payer_key in rule.payer_keys)
        and (not rule.filing_indicators or subject.filing_indicator in rule.filing_indicators)
        and (not rule.forms or subject.form is None or subject.form in rule.forms)
        and rule.level == subject.level
    )
