"""Which earlier decision does a reversal take back?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID

from models.documents.posting import EarlierDecision, PendingReversal, UnownedDecision
from models.documents.remittance import RemittanceClaim
from models.values.money import Money

Adjusted = Counter[tuple[str, str, Money]]  # group, reason and amount of every adjustment
_NOTHING_KNOWN: Final[Mapping[UUID, Adjusted]] = MappingProxyType({})


def find_original(
    reversal: RemittanceClaim,
    earlier: Iterable[EarlierDecision],
    adjusted: Mapping[UUID, Adjusted] = _NOTHING_KNOWN,
) -> EarlierDecision | None:
    """Find the decision whose charge and payment the reversal negates, the latest if several.

    Preferred is the exact opposite with every adjustment, then a decision under the reversal's own
    payer number: a replacement has another. What is neither is taken back only where the payer's
    number or the adjustments are not known.

    Args:
        reversal: The claim with status 22.
        earlier: Decisions of the same claim of ours that still stand, oldest first.
        adjusted: The adjustments of these decisions, by remittance claim id, as far as known.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.8 (reversals and corrections).
    """
    alike = [
        decision
        for decision in earlier
        if decision.charge == -reversal.charge and decision.paid == -reversal.paid
    ]
    opposite = _opposite(adjustments_of(reversal))
    exact = [one for one in alike if adjusted.get(one.remittance_claim_id, Counter()) == opposite]
    named = [one for one in alike if _same_number(one, reversal)]
    both = [one for one in exact if one in named]
    doubtful = [one for one in alike if not _told_apart(one, reversal, adjusted)]
    return next(reversed(both or exact or named or doubtful), None)


def adjustments_of(decision: RemittanceClaim) -> Adjusted:
    """Count every adjustment of a claim and its lines.

    Source:
        ASC X12 005010X221A1 (835), CAS of loops 2100 and 2110.
    """
    of_lines = (one for line in decision.lines for one in line.adjustments)
    said = (*decision.adjustments, *of_lines)
    return Counter((one.group, one.reason, one.amount) for one in said)


def _opposite(said: Adjusted) -> Adjusted:
    return Counter({(group, code, -amount): n for (group, code, amount), n in said.items()})


def _same_number(decision: EarlierDecision, reversal: RemittanceClaim) -> bool:
    return decision.payer_claim_control_number == reversal.payer_claim_control_number


def _told_apart(
    decision: EarlierDecision, reversal: RemittanceClaim, adjusted: Mapping[UUID, Adjusted]
) -> bool:
    """Tell whether payer number and adjustments both say that another decision is meant."""
    numbered = decision.payer_claim_control_number and reversal.payer_claim_control_number
    return bool(numbered) and decision.remittance_claim_id in adjusted


def find_awaited(
    pending: PendingReversal,
    standing: Iterable[EarlierDecision],
    adjusted: Mapping[UUID, Adjusted],
) -> EarlierDecision | None:
    """Find the decision that a reversal waited for: the exact opposite, every adjustment included.

    A correction may have come before it and pay the same; its adjustments tell the two apart.

    Args:
        pending: A reversal that came before what it takes back.
        standing: Decisions of the same claim of ours that still stand, oldest first.
        adjusted: The adjustments of both, by remittance claim id.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.8: a reversal repeats the original with all
        amounts negated; X12 RFI 791 (it may come in another file).
    """
    said = adjusted.get(pending.remittance_claim_id, Counter())
    opposite = _opposite(said)
    alike = [
        decision
        for decision in standing
        if decision.charge == -pending.charge
        and decision.paid == -pending.paid
        and adjusted.get(decision.remittance_claim_id, Counter()) == opposite
    ]
    return alike[-1] if alike else None


def pair_unowned(
    standing: Iterable[UnownedDecision], adjusted: Mapping[UUID, Adjusted]
) -> list[tuple[UnownedDecision, UnownedDecision]]:
    """Pair reversals with what they take back, where nobody knows whose claim either is about.

    The two repeat one claim number and are the exact opposite of each other, every adjustment
    included. Whichever came first, each stands in one pair at most.

    Args:
        standing: Decisions and reversals of one payer that still stand, oldest first.
        adjusted: The adjustments of all of them, by remittance claim id.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.8: a reversal repeats the original with all
        amounts negated.
    """
    found = list(standing)
    originals = [one for one in found if not one.is_reversal]
    pairs = []
    for reversal in (one for one in found if one.is_reversal):
        alike = [one for one in originals if _is_opposite(reversal, one, adjusted)]
        if alike:
            originals.remove(alike[-1])
            pairs.append((reversal, alike[-1]))
    return pairs


def _is_opposite(
    reversal: UnownedDecision, original: UnownedDecision, adjusted: Mapping[UUID, Adjusted]
) -> bool:
    said = adjusted.get(reversal.remittance_claim_id, Counter())
    return (
        (original.number, original.charge, original.paid)
        == (reversal.number, -reversal.charge, -reversal.paid)
    ) and adjusted.get(original.remittance_claim_id, Counter()) == _opposite(said)
