"""Which account does a payer's adjustment go to?"""

from enum import StrEnum
from typing import Final

from models.documents.claim import Adjustment
from models.values.money import ZERO, Money


class Treatment(StrEnum):
    """What an adjustment does to a balance."""

    PATIENT_SHARE = "patient_share"  # the next payer's, else the patient's
    DENIED = "denied"  # kept as a receivable that a person works on
    CONTRACTUAL = "contractual"  # never collected, by contract
    SEQUESTRATION = "sequestration"
    PRIOR_PAYER = "prior_payer"  # already in our books; never booked again


PATIENT_SHARES: Final = frozenset({"1", "2", "3", "66", "241", "247", "248"})
CONTRACTUAL_REASONS: Final = frozenset({"45", "94", "131", "144", "161", "237", "246", "P12"})
OVER_FEE_SCHEDULE: Final = "45"
SEQUESTRATION: Final = "253"
PRIOR_PAYER: Final = "23"


def treatment_of(adjustment: Adjustment, *, line_charge: Money, line_paid: Money) -> Treatment:
    """Tell what an adjustment does to the balance of its line.

    Only what is known to be contractual is written off, and only what is known to be the
    patient's share leaves insurance. Everything else, an unknown reason, a payer-initiated
    reduction or a fee-schedule cut of the whole charge included, is denied: a person looks.

    Args:
        adjustment: What the payer said.
        line_charge: The charge of the line it stands on.
        line_paid: What was paid of that line.

    Source:
        CARC group codes CO, PR, OA, PI of ASC X12; CMS Claims Processing Manual, chapter 22.
    """
    group, reason = adjustment.group, adjustment.reason
    if reason == PRIOR_PAYER:
        return Treatment.PRIOR_PAYER
    if group == "PR" and reason in PATIENT_SHARES:
        return Treatment.PATIENT_SHARE
    if group == "CO" and reason == SEQUESTRATION:
        return Treatment.SEQUESTRATION
    if group == "CO" and reason in CONTRACTUAL_REASONS:
        whole = reason == OVER_FEE_SCHEDULE and adjustment.amount == line_charge > ZERO
        return Treatment.DENIED if whole and line_paid == ZERO else Treatment.CONTRACTUAL
    return Treatment.DENIED
