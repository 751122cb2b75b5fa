"""The life of a claim, from draft to closed."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ClaimState(StrEnum):
    """Where a claim stands. The value is what the database and the pages show."""

    DRAFT = "draft"  # built from a coded encounter, not yet scrubbed
    HELD = "held"  # the scrubber found an error; a work item is open
    RECODING = "recoding"  # its chart is with a coder again; it waits for the new codes
    READY = "ready"  # clean, waits for the next batch
    SUBMITTED = "submitted"  # its bytes are in an outbound 837 file
    RECEIVED = "received"  # 999: the file passed; the payer has not judged the claim
    ACCEPTED = "accepted"  # 277CA: the payer has it and will decide
    REJECTED = "rejected"  # TA1, 999 or 277CA: never entered adjudication
    PAID = "paid"  # an 835 settled it, in full or in part
    DENIED = "denied"  # an 835 paid nothing of at least one line; work is open
    REVERSED = "reversed"  # the payer took its decision back and has not sent another
    CLOSED = "closed"  # nothing is expected of this payer any more


class ClaimEvent(StrEnum):
    """What can happen to a claim."""

    CLEAR = "clear"
    HOLD = "hold"
    CORRECT = "correct"
    SEND_BACK = "send_back"
    REBUILD = "rebuild"
    SUBMIT = "submit"
    RECEIVE = "receive"
    ACCEPT = "accept"
    REJECT = "reject"
    PAY = "pay"
    DENY = "deny"
    REVERSE = "reverse"
    CLOSE = "close"


TERMINAL_CLAIM_STATES: Final = frozenset({ClaimState.CLOSED})

# In these states no payer holds the claim, so its codes may still be changed without telling one.
UNSENT_CLAIM_STATES: Final = (
    ClaimState.DRAFT,
    ClaimState.HELD,
    ClaimState.READY,
    ClaimState.REJECTED,
)
_SENT: Final = (ClaimState.SUBMITTED, ClaimState.RECEIVED, ClaimState.ACCEPTED)
_ADJUDICATED: Final = (ClaimState.PAID, ClaimState.DENIED)

CLAIM_TRANSITIONS: Final[Mapping[tuple[ClaimState, ClaimEvent], ClaimState]] = MappingProxyType(
    {
        (ClaimState.DRAFT, ClaimEvent.CLEAR): ClaimState.READY,
        (ClaimState.DRAFT, ClaimEvent.HOLD): ClaimState.HELD,
        (ClaimState.HELD, ClaimEvent.CORRECT): ClaimState.DRAFT,
        (ClaimState.HELD, ClaimEvent.CLOSE): ClaimState.CLOSED,
        **{(state, ClaimEvent.SEND_BACK): ClaimState.RECODING for state in UNSENT_CLAIM_STATES},
        # The chart was coded anew: the same claim says the new codes.
        (ClaimState.RECODING, ClaimEvent.REBUILD): ClaimState.DRAFT,
        # The visit was voided: there is nothing to bill.
        (ClaimState.RECODING, ClaimEvent.CLOSE): ClaimState.CLOSED,
        (ClaimState.READY, ClaimEvent.HOLD): ClaimState.HELD,
        (ClaimState.READY, ClaimEvent.SUBMIT): ClaimState.SUBMITTED,
        (ClaimState.SUBMITTED, ClaimEvent.RECEIVE): ClaimState.RECEIVED,
        # A 277CA may arrive before its 999, and an 835 before its 277CA.
        (ClaimState.SUBMITTED, ClaimEvent.ACCEPT): ClaimState.ACCEPTED,
        (ClaimState.RECEIVED, ClaimEvent.ACCEPT): ClaimState.ACCEPTED,
        (ClaimState.SUBMITTED, ClaimEvent.REJECT): ClaimState.REJECTED,
        (ClaimState.RECEIVED, ClaimEvent.REJECT): ClaimState.REJECTED,
        (ClaimState.ACCEPTED, ClaimEvent.REJECT): ClaimState.REJECTED,
        (ClaimState.REJECTED, ClaimEvent.CORRECT): ClaimState.DRAFT,
        (ClaimState.REJECTED, ClaimEvent.CLOSE): ClaimState.CLOSED,
        **{(state, ClaimEvent.PAY): ClaimState.PAID for state in _SENT},
        **{(state, ClaimEvent.DENY): ClaimState.DENIED for state in _SENT},
        **{(state, ClaimEvent.REVERSE): ClaimState.REVERSED for state in _ADJUDICATED},
        (ClaimState.REVERSED, ClaimEvent.PAY): ClaimState.PAID,
        (ClaimState.REVERSED, ClaimEvent.DENY): ClaimState.DENIED,
        (ClaimState.REVERSED, ClaimEvent.CORRECT): ClaimState.DRAFT,
        (ClaimState.DENIED, ClaimEvent.CORRECT): ClaimState.DRAFT,
        (ClaimState.DENIED, ClaimEvent.CLOSE): ClaimState.CLOSED,
        (ClaimState.PAID, ClaimEvent.CORRECT): ClaimState.DRAFT,
        (ClaimState.PAID, ClaimEvent.CLOSE): ClaimState.CLOSED,
        # A payer may take back what we thought was finished.
        (ClaimState.CLOSED, ClaimEvent.REVERSE): ClaimState.REVERSED,
    }
)
