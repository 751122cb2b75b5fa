"""The life of a work item, and the queues it can wait in."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Queue(StrEnum):
    """Where one thing a person must do waits."""

    INTAKE = "intake"  # records that need a fix, files in quarantine
    PATIENT_MATCH = "patient_match"  # two records that may be one patient
    VERIFICATION = "verification"
    CODING = "coding"
    PROVIDER_QUERY = "provider_query"
    CODING_AUDIT = "coding_audit"  # charts that a second person codes without seeing the first
    ADJUDICATION = "adjudication"  # two codings of a chart that differ: a third person decides
    SCRUB = "scrub"  # claims held by an edit
    REJECTION = "rejection"
    POSTING = "posting"  # remittances and payments that did not post
    UNAPPLIED = "unapplied"  # money that is ours and belongs to nothing yet
    DENIAL = "denial"
    APPEAL = "appeal"  # letters to send, and answers to wait for
    FOLLOW_UP = "follow_up"  # claims that are silent, or near the end of a clock
    VARIANCE = "variance"  # lines paid below or above what the contract says
    DEPOSIT = "deposit"  # bank deposits and remittances that do not find each other
    CREDIT_BALANCE = "credit_balance"  # money to give back, with its clock
    APPROVAL = "approval"  # money given up or paid back: a second person decides
    STATEMENT = "statement"
    TRANSPORT = "transport"  # files and mails nobody knows the fate of
    BPO_INBOX = "bpo_inbox"  # files that reached us for a practice that is not theirs


class WorkItemState(StrEnum):
    """Where a work item stands. A lease on an open item is a column, not a state."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"  # its cause went away


class WorkItemEvent(StrEnum):
    """What can happen to a work item."""

    COMPLETE = "complete"
    CANCEL = "cancel"


TERMINAL_WORK_ITEM_STATES: Final = frozenset({WorkItemState.DONE, WorkItemState.CANCELLED})

WORK_ITEM_TRANSITIONS: Final[Mapping[tuple[WorkItemState, WorkItemEvent], WorkItemState]] = (
    MappingProxyType(
        {
            (WorkItemState.OPEN, WorkItemEvent.COMPLETE): WorkItemState.DONE,
            (WorkItemState.OPEN, WorkItemEvent.CANCEL): WorkItemState.CANCELLED,
        }
    )
)
