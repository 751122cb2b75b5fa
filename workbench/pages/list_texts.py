"""The words of lists of work, and the columns that matter in each queue."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.documents.work import WorkHold, WorkOrder
from models.states.work_item import Queue

HOLD_TEXTS: Final[Mapping[WorkHold, str]] = MappingProxyType(
    {
        WorkHold.WAITING: "All that waits",
        WorkHold.OPEN: "All open, put off too",
        WorkHold.MINE: "Mine",
        WorkHold.FREE: "Free to take",
        WorkHold.TAKEN: "Taken by somebody",
        WorkHold.SNOOZED: "Put off",
        WorkHold.ESCALATED: "Escalated",
    }
)
ORDER_TEXTS: Final[Mapping[WorkOrder, str]] = MappingProxyType(
    {
        WorkOrder.URGENCY: "Most urgent first",
        WorkOrder.DUE: "Due first",
        WorkOrder.OLDEST: "Oldest first",
        WorkOrder.VALUE: "Most money first",
    }
)


class Column(StrEnum):
    """What a list shows of an item besides urgency, practice, reason and holder."""

    PATIENT = "patient"
    PAYER = "payer"
    AMOUNT = "amount"
    NEEDS = "needs"  # skills
    AGE = "age"  # since it was opened


_PATIENT = frozenset({Column.PATIENT})
_PATIENT_PAYER = frozenset({Column.PATIENT, Column.PAYER})
_PAYER_MONEY = frozenset({Column.PAYER, Column.AMOUNT})
_ALL = frozenset({Column.PATIENT, Column.PAYER, Column.AMOUNT})

COLUMNS_OF_QUEUES: Final[Mapping[Queue, frozenset[Column]]] = MappingProxyType(
    {
        Queue.INTAKE: _PATIENT,
        Queue.PATIENT_MATCH: _PATIENT,
        Queue.VERIFICATION: _PATIENT_PAYER,
        Queue.CODING: frozenset({Column.PATIENT, Column.NEEDS}),
        Queue.PROVIDER_QUERY: frozenset({Column.PATIENT, Column.AGE}),
        Queue.CODING_AUDIT: _PATIENT,
        Queue.ADJUDICATION: _PATIENT,
        Queue.SCRUB: _ALL,
        Queue.REJECTION: _ALL,
        Queue.POSTING: _ALL,
        Queue.UNAPPLIED: _PAYER_MONEY,
        Queue.DENIAL: _ALL,
        Queue.APPEAL: _ALL,
        Queue.FOLLOW_UP: _ALL,
        Queue.VARIANCE: _ALL,
        Queue.DEPOSIT: _PAYER_MONEY,
        Queue.CREDIT_BALANCE: _ALL,
        Queue.APPROVAL: _ALL,
        Queue.STATEMENT: frozenset({Column.PATIENT, Column.AMOUNT}),
        Queue.TRANSPORT: frozenset(),
        Queue.BPO_INBOX: frozenset(),
    }
)
