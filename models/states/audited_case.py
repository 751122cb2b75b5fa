"""The life of one chart in an audit: coded a second time, compared, decided."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class AuditedCaseState(StrEnum):
    """Where a chart in an audit stands."""

    SAMPLED = "sampled"  # waits for, or is with, an auditor who does not see the first coding
    SECOND_CODED = "second_coded"  # coded by the auditor, not compared yet
    AGREED = "agreed"  # both coded the same
    DISPUTED = "disputed"  # they differ; a third person decides
    DECIDED = "decided"  # of each difference it is known who is right
    WITHDRAWN = "withdrawn"  # the chart was coded anew or voided before anybody audited it


class AuditedCaseEvent(StrEnum):
    """What can happen to a chart in an audit."""

    COMPLETE = "complete"
    AGREE = "agree"
    DISPUTE = "dispute"
    DECIDE = "decide"
    WITHDRAW = "withdraw"


CLOSED_CASE_STATES: Final = frozenset({AuditedCaseState.AGREED, AuditedCaseState.DECIDED})
TERMINAL_CASE_STATES: Final = CLOSED_CASE_STATES | {AuditedCaseState.WITHDRAWN}

AUDITED_CASE_TRANSITIONS: Final[
    Mapping[tuple[AuditedCaseState, AuditedCaseEvent], AuditedCaseState]
] = MappingProxyType(
    {
        (AuditedCaseState.SAMPLED, AuditedCaseEvent.COMPLETE): AuditedCaseState.SECOND_CODED,
        (AuditedCaseState.SAMPLED, AuditedCaseEvent.WITHDRAW): AuditedCaseState.WITHDRAWN,
        (AuditedCaseState.SECOND_CODED, AuditedCaseEvent.AGREE): AuditedCaseState.AGREED,
        (AuditedCaseState.SECOND_CODED, AuditedCaseEvent.DISPUTE): AuditedCaseState.DISPUTED,
        (AuditedCaseState.DISPUTED, AuditedCaseEvent.DECIDE): AuditedCaseState.DECIDED,
    }
)
