"""What would an edit have done to past claims?"""

from collections.abc import Sequence

from models.documents.learned_edit import BackTest, EditRule, PastClaim
from revcycle.rules.prevention.denial_kinds import kind_of
from revcycle.rules.prevention.stopped_lines import stopped_lines


def back_test(rule: EditRule, claims: Sequence[PastClaim]) -> BackTest:
    """Try an edit on the past claims of its payer, as they were first sent.

    A hit is a claim that it stops and that was denied for a reason of its kind on a stopped line. A
    false alarm is a claim that it stops and of which nothing was denied. A claim that it stops and
    that was denied for another reason is neither.
    """
    tested = [claim for claim in claims if claim.payer_key == rule.payer_key]
    stopped = [
        (claim, {line.number for line in lines})
        for claim in tested
        if (lines := stopped_lines(rule, claim.subject))
    ]
    return BackTest(
        tested=len(tested),
        hits=tuple(claim.id for claim, lines in stopped if _is_hit(rule, claim, lines)),
        false_alarms=tuple(claim.id for claim, _ in stopped if not claim.denials),
    )


def _is_hit(rule: EditRule, claim: PastClaim, lines: set[int]) -> bool:
    return any(
        denial.line_number in lines and kind_of(denial.reason) is rule.kind
        for denial in claim.denials
    )
