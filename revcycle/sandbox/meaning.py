"""What a decision means for each line of a claim, in the sandbox's own words.

The record keeps it beside what was written, so that books can be compared with it. It is worked
out here, from the decision, and shares nothing with how books are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from models.documents.claim import Adjustment
from models.values.money import ZERO, Money, total
from revcycle.sandbox.pricing import LineDecision, patient_share

WHOLE_CLAIM: Final = 0
WRITTEN_OFF: Final = ("CO", "45")
SEQUESTERED: Final = ("CO", "253")
EARLIER_PAYERS: Final = "23"


@dataclass(frozen=True, slots=True)
class LineMeaning:
    """What becomes of one line's charge; together it is what the payer was asked for.

    Attributes:
        number: Our line; 0 is the claim, where the payer does not say it by line.
        contractual: What nobody owes by contract, newly and by this payer.
        denied: What is refused for a reason somebody must look at.
    """

    number: int
    paid: Money = ZERO
    contractual: Money = ZERO
    sequestered: Money = ZERO
    patient: Money = ZERO
    denied: Money = ZERO

    def negated(self) -> "LineMeaning":
        """Return what a reversal means."""
        return replace(
            self,
            paid=-self.paid,
            contractual=-self.contractual,
            sequestered=-self.sequestered,
            patient=-self.patient,
            denied=-self.denied,
        )


def meanings_of(decisions: Sequence[LineDecision]) -> tuple[LineMeaning, ...]:
    """Say what decisions mean, line by line."""
    return tuple(_meaning(number, one) for number, one in enumerate(decisions, start=1))


def as_whole(meanings: Sequence[LineMeaning]) -> LineMeaning:
    """Say it of the claim, where the payer does not tell the lines apart."""
    return LineMeaning(
        WHOLE_CLAIM,
        total(one.paid for one in meanings),
        total(one.contractual for one in meanings),
        total(one.sequestered for one in meanings),
        total(one.patient for one in meanings),
        total(one.denied for one in meanings),
    )


def _meaning(number: int, decision: LineDecision) -> LineMeaning:
    said = decision.adjustments
    contractual = _sum(said, WRITTEN_OFF)
    sequestered = _sum(said, SEQUESTERED)
    earlier = total(one.amount for one in said if one.reason == EARLIER_PAYERS)
    patient, adjusted = patient_share(said), total(one.amount for one in said)
    denied = adjusted - contractual - sequestered - earlier - patient
    if decision.is_refused:
        patient, denied = ZERO, patient + denied
    return LineMeaning(
        number,
        decision.paid,
        contractual - decision.repeated,
        sequestered,
        patient,
        denied,
    )


def _sum(said: Sequence[Adjustment], kind: tuple[str, str]) -> Money:
    return total(one.amount for one in said if (one.group, one.reason) == kind)
