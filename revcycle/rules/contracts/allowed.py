"""What a payer allowed for a service."""

from typing import Final

from models.documents.contract import JudgedService
from models.values.money import Money, total
from revcycle.rules.denials.is_denial import is_denial
from revcycle.rules.ledger.treatment import PATIENT_SHARES, SEQUESTRATION

PATIENT_GROUP: Final = "PR"
PAYER_KEEPS: Final = frozenset({SEQUESTRATION, "104", "144"})  # of what it allowed: held or added


def allowed_of(said: JudgedService) -> Money:
    """Return the allowed amount: AMT*B6 where the payer gives it, else what adds up to it.

    Without B6 it is the payment, the patient's share (group PR with a deductible, coinsurance,
    co-payment and their like), and what the payer holds back of what it allowed (sequestration,
    withholding, incentives).

    Source:
        X12 835 TR3 (005010X221A1), loop 2110 AMT: B6 is the allowed amount of the service;
        CARC 1, 2, 3, 66, 241, 247, 248 (patient), 253, 104, 144 (held back).
    """
    if said.allowed is not None:
        return said.allowed
    return said.paid + total(
        one.amount
        for one in said.adjustments
        if (one.group == PATIENT_GROUP and one.reason in PATIENT_SHARES)
        or (one.group != PATIENT_GROUP and one.reason in PAYER_KEEPS)
    )


def is_left_to_denials(said: JudgedService) -> bool:
    """Tell whether a part of a service was denied: the denial's own item asks for that money."""
    return any(
        is_denial(one, line_charge=said.charge, line_paid=said.paid)
        for one in said.adjustments
        if one.reason not in PAYER_KEEPS
    )
