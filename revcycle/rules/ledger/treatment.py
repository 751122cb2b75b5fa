"""Which account does a payer's adjustment go to?"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.documents.claim import Adjustment
from models.values.money import ZERO, Money


class Treatment(StrEnum):
    """What an adjustment does to a balance."""

    PATIENT_SHARE = "patient_share"  # the next payer's, else the patient's
    DENIED = "denied"  # kept as a receivable that a person works on
    CONTRACTUAL = "contractual"  # never collected, by contract
    SEQUESTRATION = "sequestration"
    WITHHELD = "withheld"  # kept by contract until the end of a period
    PRIOR_PAYER = "prior_payer"  # already in our books; never booked again


PATIENT_SHARES: Final = frozenset({"1", "2", "3", "66", "241", "247", "248"})
CONTRACTUAL_REASONS: Final = frozenset({"45", "94", "131", "144", "161", "237", "246", "P12"})
OVER_FEE_SCHEDULE: Final = "45"
SEQUESTRATION: Final = "253"
PRIOR_PAYER: Final = "23"
WITHHELD: Final = "104"
CAPITATED: Final = "24"

CONTRACT_TREATMENTS: Final[Mapping[str, Treatment]] = MappingProxyType(
    {
        SEQUESTRATION: Treatment.SEQUESTRATION,
        WITHHELD: Treatment.WITHHELD,
        CAPITATED: Treatment.CONTRACTUAL,
        **dict.fromkeys(CONTRACTUAL_REASONS, Treatment.CONTRACTUAL),
    }
)


def treatment_of(
    adjustment: Adjustment, *, line_charge: Money, line_paid: Money, is_capitated: bool = False
) -> Treatment:
    """Tell what an adjustment does to the balance of its line.

    Only what is known to be contractual is written off, and only what is known to be the
    patient's share leaves insurance. Everything else, an unknown reason, a payer-initiated
    reduction or a fee-schedule cut of the whole charge included, is denied: a person looks.

    Args:
        adjustment: What the payer said.
        line_charge: The charge of the line it stands on.
        line_paid: What was paid of that line.
        is_capitated: The practice says that this payer pays per person: what it covers so is not
            owed for the service. Else it is denied, and a person asks for the contract.

    Source:
        CARC group codes CO, PR, OA, PI of ASC X12; CMS Claims Processing Manual, chapter 22.
    """
    group, reason = adjustment.group, adjustment.reason
    if reason == PRIOR_PAYER:
        return Treatment.PRIOR_PAYER
    if group == "PR" and reason in PATIENT_SHARES:
        return Treatment.PATIENT_SHARE
    if group != "CO":
        return Treatment.DENIED
    whole = reason == OVER_FEE_SCHEDULE and adjustment.amount == line_charge > ZERO
    if (whole and line_paid == ZERO) or (reason == CAPITATED and not is_capitated):
        return Treatment.DENIED
    return CONTRACT_TREATMENTS.get(reason, Treatment.DENIED)
