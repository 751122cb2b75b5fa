"""May a person open a practice that is not theirs, in an emergency?"""

from collections.abc import Collection
from datetime import timedelta
from typing import Final
from uuid import UUID

from models.documents.finding import Finding, Severity
from models.values.access import Right
from revcycle.rules.access.rights import Access

RULE_ID = "access.break_glass"
TIME_BOX: Final = timedelta(hours=1)
REASON_LENGTH_MIN: Final = 20
REASON_LENGTH_MAX: Final = 400


def check_glass(
    access: Access, reason: str, *, practice_id: UUID, practice_ids: Collection[UUID]
) -> tuple[Finding, ...]:
    """Report why a practice cannot be opened in an emergency.

    Args:
        access: What the person may do.
        reason: Why, in words that a reviewer understands.
        practice_id: Which practice.
        practice_ids: The practices that the person sees anyway.

    Source:
        45 CFR 164.312(a)(2)(ii), emergency access procedure.
    """
    wrong = []
    if not access.may(Right.BREAK_GLASS):
        wrong.append(("right", "your role has no emergency access"))
    if practice_id in practice_ids:
        wrong.append(("practice", "you see this practice already"))
    if not REASON_LENGTH_MIN <= len(reason.strip()) <= REASON_LENGTH_MAX:
        limits = f"{REASON_LENGTH_MIN} to {REASON_LENGTH_MAX}"
        wrong.append(("reason", f"say why in {limits} characters, without names of patients"))
    return tuple(Finding(RULE_ID, Severity.ERROR, field, text) for field, text in wrong)


def check_reviewer(access: Access, *, reviewer_id: UUID, opened_by: UUID) -> tuple[Finding, ...]:
    """Report why somebody cannot judge an emergency access: nobody judges their own.

    Source:
        45 CFR 164.308(a)(1)(ii)(D), information system activity review.
    """
    if not access.may(Right.REVIEW_BREAK_GLASS):
        return (Finding(RULE_ID, Severity.ERROR, "right", "your role does not review"),)
    if reviewer_id == opened_by:
        return (Finding(RULE_ID, Severity.ERROR, "reviewer", "nobody reviews their own access"),)
    return ()
