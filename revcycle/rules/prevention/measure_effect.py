"""What became of a pattern of denials since its edit is on?"""

from collections.abc import Sequence
from datetime import date, timedelta

from models.documents.learned_edit import EditEffect, EditRule, PastClaim
from revcycle.rules.prevention.concerns import concerns


def measure_effect(
    rule: EditRule, claims: Sequence[PastClaim], *, switched_on: date, days: int
) -> EditEffect:
    """Compare as many days before an edit was switched on with the days since.

    Counted is by the day of the payer's decision. Claims that left before the edit was on and were
    decided after weigh on it, so the effect shows late and never too early.

    Args:
        rule: The edit.
        claims: Decided in both times.
        switched_on: The first day of the second time.
        days: How long each of the two is.
    """
    of_payer = [claim for claim in claims if claim.payer_key == rule.payer_key]
    start = switched_on - timedelta(days=days)
    before = [claim for claim in of_payer if start <= claim.decided_on < switched_on]
    after = [claim for claim in of_payer if switched_on <= claim.decided_on]
    return EditEffect(
        days=days,
        denied_before=tuple(claim.id for claim in before if concerns(rule, claim)),
        decided_before=tuple(claim.id for claim in before),
        denied_since=tuple(claim.id for claim in after if concerns(rule, claim)),
        decided_since=tuple(claim.id for claim in after),
    )
