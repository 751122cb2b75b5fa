"""Work as it is listed, taken and chosen: pictures of items over several practices."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from models.states.work_item import Queue, WorkItemState
from models.values.money import Money


class WorkOrder(StrEnum):
    """How a list of work is ordered. The value stands in the address."""

    URGENCY = "urgency"  # by priority, then by due time: what Next gives
    DUE = "due"
    OLDEST = "oldest"
    VALUE = "value"  # the most money first


class WorkHold(StrEnum):
    """Which open items a list shows. The value stands in the address."""

    WAITING = "waiting"  # all but those that are put off
    OPEN = "open"  # those that are put off too
    MINE = "mine"  # assigned to me, or held by me
    FREE = "free"  # in the pool
    TAKEN = "taken"  # held by somebody
    SNOOZED = "snoozed"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """Which open items of a queue a list shows; empty parts narrow nothing.

    Attributes:
        login: Who asks, for ``WorkHold.MINE``.
        reason: A rule id or code, or its beginning up to a dot.
        reasons: All that ``reason`` names in the queue, where they are known: found by an index.
        text: The beginning of a patient's last name, or a part of a detail or reason; it may name
            a patient, so it never stands in an address as it is.
        due_before: Only what is due before this instant.
        needs: Only what asks for exactly these skills.
        is_within_skills: Only what asks for no skill that ``login`` lacks.
    """

    queue: Queue
    login: str
    hold: WorkHold = WorkHold.WAITING
    reason: str = ""
    reasons: tuple[str, ...] | None = None
    payer_name: str = ""
    assignee: str = ""
    patient_id: UUID | None = None
    text: str = field(default="", repr=False)
    due_before: datetime | None = None
    needs: str = ""
    is_within_skills: bool = False


@dataclass(frozen=True, slots=True)
class WorkPlace:
    """Where a page of a list begins: after this item. ``value`` is what the order compares."""

    value: str
    second: str
    id: UUID


@dataclass(frozen=True, slots=True, repr=False)
class WorkLine:
    """One item as lists and pages know it. ``detail`` and the names may be of a patient."""

    client_id: UUID
    id: UUID
    queue: Queue
    state: WorkItemState
    priority: int
    due_at: datetime
    opened_at: datetime
    reason: str
    field: str
    detail: str
    subject_kind: str
    subject_id: UUID
    patient_id: UUID | None
    patient_name: str
    amount: Money | None
    payer_name: str
    assignee: str
    snoozed_until: datetime | None
    escalated_at: datetime | None
    holder: str
    lease_token: int
    lease_expires_at: datetime | None
    closed_at: datetime | None = None
    closed_by: str = ""
    resolution: str = ""
    needs: str = ""

    def __repr__(self) -> str:
        """Show the id and nothing of what it is about."""
        return f"WorkLine({self.id})"


@dataclass(frozen=True, slots=True)
class Worker:
    """Who takes work.

    Attributes:
        is_lead: Whether escalated items are for this person.
    """

    staff_member_id: UUID
    login: str
    is_lead: bool = False
