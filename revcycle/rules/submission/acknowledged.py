"""What does an acknowledgement do to a claim that may have moved on meanwhile?"""

from collections.abc import Sequence
from enum import StrEnum

from models.documents.acknowledgement import ClaimAcknowledgement
from models.states.claim import ClaimEvent, ClaimState

CLEARINGHOUSE_RECEIPT = "A1"


class AcknowledgementWord(StrEnum):
    """What a partner says, from the weakest to the strongest."""

    FILE_PASSED = "file_passed"  # 999 accepted, or a 277CA that only notes receipt
    FILE_REFUSED = "file_refused"  # TA1 or 999 rejected
    CLAIM_TAKEN = "claim_taken"  # 277CA: the payer will decide
    CLAIM_REFUSED = "claim_refused"  # 277CA: it never entered adjudication


_NOT_JUDGED = frozenset({ClaimState.SUBMITTED, ClaimState.RECEIVED})


def word_of(acknowledgement: ClaimAcknowledgement) -> AcknowledgementWord:
    """Say what a 277CA means for a claim.

    Category A1 is a receipt by a clearinghouse: only A2 says that the payer took the claim.

    Source:
        ASC X12N/005010X214 (277CA), STC01-1; X12 claim status category codes A0 to A8.
    """
    if not acknowledgement.is_accepted:
        return AcknowledgementWord.CLAIM_REFUSED
    categories = {status.category for status in acknowledgement.statuses}
    if categories == {CLEARINGHOUSE_RECEIPT}:
        return AcknowledgementWord.FILE_PASSED
    return AcknowledgementWord.CLAIM_TAKEN


def claim_event(state: ClaimState, word: AcknowledgementWord) -> ClaimEvent | None:
    """Return the event that an acknowledgement of a claim's latest version causes, or None.

    Acknowledgements come late, twice and in any order, and what was said more strongly stays: a
    999 that passes a file undoes no rejection, and one that refuses it no acceptance by the payer.
    A claim that is corrected, or that an 835 decided on, has left this behind altogether.

    Source:
        Invariant I-C9: acknowledgements apply once and monotonically.
    """
    match word:
        case AcknowledgementWord.FILE_PASSED:
            return ClaimEvent.RECEIVE if state is ClaimState.SUBMITTED else None
        case AcknowledgementWord.FILE_REFUSED:
            return ClaimEvent.REJECT if state in _NOT_JUDGED else None
        case AcknowledgementWord.CLAIM_TAKEN:
            return ClaimEvent.ACCEPT if state in _NOT_JUDGED else None
        case AcknowledgementWord.CLAIM_REFUSED:
            is_open = state in _NOT_JUDGED or state is ClaimState.ACCEPTED
            return ClaimEvent.REJECT if is_open else None


def refusal_code(acknowledgement: ClaimAcknowledgement) -> str:
    """Return the first status that refuses, or else the first, as ``A7:562``."""
    statuses: Sequence[str] = [
        f"{status.category}:{status.code}"
        for status in sorted(acknowledgement.statuses, key=lambda status: not status.is_refusal)
    ]
    return statuses[0] if statuses else ""
