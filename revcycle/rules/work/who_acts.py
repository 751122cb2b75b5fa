"""Who must act next on a claim, what, and by when?

Source:
    ``models.states.claim``: what can happen next in each state, and who makes it happen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.states.claim import ClaimState


class Party(StrEnum):
    """Who acts. The value is what a page says."""

    SOFTWARE = "this software"
    BILLING_COMPANY = "the billing company"
    PRACTICE = "the practice"
    PAYER = "the payer"
    PATIENT = "the patient"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What has to happen next.

    Attributes:
        by: The last day for it; None when nobody has set one.
    """

    who: Party
    what: str
    by: date | None = None


@dataclass(frozen=True, slots=True)
class ClaimSituation:
    """What decides who acts next on a claim.

    Attributes:
        file_by: The last day of the filing limit.
        work_due: When the open work about the claim is due, the earliest.
        denial_due: When the open denials of the claim are due, the earliest.
        is_patients_turn: Whether the patient owes something of it.
    """

    state: ClaimState
    file_by: date
    work_due: date | None = None
    denial_due: date | None = None
    is_patients_turn: bool = False


_WAITS_FOR_PAYER: Final[Mapping[ClaimState, str]] = MappingProxyType(
    {
        ClaimState.SUBMITTED: "say whether the file and the claim arrived",
        ClaimState.RECEIVED: "say whether the claim is accepted for a decision",
        ClaimState.ACCEPTED: "decide and send a remittance",
        ClaimState.REVERSED: "send its new decision",
    }
)
_WAITS_FOR_SOFTWARE: Final[Mapping[ClaimState, str]] = MappingProxyType(
    {
        ClaimState.DRAFT: "check the claim in the next run",
        ClaimState.READY: "send it with the next batch",
    }
)
_WAITS_FOR_PEOPLE: Final[Mapping[ClaimState, str]] = MappingProxyType(
    {
        ClaimState.HELD: "put right what an edit found",
        ClaimState.RECODING: "code the chart anew",
        ClaimState.REJECTED: "correct the claim and let it be sent again",
    }
)


def next_step_of_claim(claim: ClaimSituation) -> NextStep:
    """Say who must act next on a claim; exactly one party does, or nobody has to.

    Unsent claims have to leave by the filing limit. Payers have set no date to us, so a claim
    that waits for one has none.

    Source:
        The states of a claim; the filing limit of the payer.
    """
    if claim.state in _WAITS_FOR_SOFTWARE:
        return NextStep(Party.SOFTWARE, _WAITS_FOR_SOFTWARE[claim.state], claim.file_by)
    if claim.state in _WAITS_FOR_PEOPLE:
        by = min(claim.file_by, claim.work_due or claim.file_by)
        return NextStep(Party.BILLING_COMPANY, _WAITS_FOR_PEOPLE[claim.state], by)
    if claim.state in _WAITS_FOR_PAYER:
        return NextStep(Party.PAYER, _WAITS_FOR_PAYER[claim.state])
    return _after_decision(claim)


def _after_decision(claim: ClaimSituation) -> NextStep:
    if claim.denial_due is not None:
        return NextStep(Party.BILLING_COMPANY, "work the denial", claim.denial_due)
    if claim.work_due is not None:
        return NextStep(Party.BILLING_COMPANY, "finish the open work", claim.work_due)
    if claim.is_patients_turn:
        return NextStep(Party.PATIENT, "pay what insurance left")
    if claim.state is ClaimState.CLOSED:
        return NextStep(Party.NOBODY, "nothing is expected of this payer any more")
    return NextStep(Party.SOFTWARE, "close the claim when nothing of it is open")
