"""Is what a patient owes too small to ask for?"""

from collections.abc import Sequence
from datetime import date, timedelta

from models.documents.patient_money import SmallBalancePolicy
from models.values.money import ZERO, Money


def policy_on(policies: Sequence[SmallBalancePolicy], day: date) -> SmallBalancePolicy | None:
    """Return the rule in force on a day: the latest that began by then.

    Source:
        The practice's own rule, dated in its client file so that a change never acts backwards.
    """
    begun = [policy for policy in policies if policy.since <= day]
    return max(begun, key=lambda policy: policy.since, default=None)


def is_small_balance(
    policy: SmallBalancePolicy, *, owed: Money, waits_for_payers: Money, moved_on: date, today: date
) -> bool:
    """Tell whether a patient's whole balance may be given up without a person.

    Args:
        policy: The rule in force.
        owed: All that the patient owes.
        waits_for_payers: What payers still owe or denied for the patient's services.
        moved_on: The last day on which the patient's balance moved.
        today: The practice's day.

    Source:
        The practice's own rule. A routine waiver of copayments is no small balance: it applies to
        what is left over, after the days of the rule (OIG Special Fraud Alert, 59 FR 65372).
    """
    if not ZERO < owed <= policy.up_to or waits_for_payers:
        return False
    return moved_on + timedelta(days=policy.after_days) <= today
