"""Records as people look at them: where something came from, and how it stands in the books."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models.values.accounts import Account
from models.values.money import Money


@dataclass(frozen=True, slots=True)
class FileRef:
    """The file behind something that happened; its bytes are one click away."""

    id: UUID
    is_outbound: bool
    kind: str  # 837P, 999, 835, FHIR ...


@dataclass(frozen=True, slots=True)
class BookLine:
    """One posting with the entry it belongs to.

    Attributes:
        kind: What the entry books, see ``EntryKind``.
        amount: A debit is positive.
        takes_back: Whether the entry negates an earlier one.
    """

    entry_id: UUID
    kind: str
    effective_date: date
    posted_at: datetime
    actor: str
    account: Account
    amount: Money
    charge_id: UUID | None
    claim_id: UUID | None
    remittance_id: UUID | None
    group: str
    reason: str
    reference: str
    takes_back: bool


@dataclass(frozen=True, slots=True, repr=False)
class StoryEvent:
    """One thing that happened to a record or to something that belongs to it.

    Attributes:
        noun: What it happened to: a table's name.
        subject_id: Which one.
        event: The event of a state table, or the act of the audit trail.
        state: Where it led; empty where there is no state.
        code: A reason or status code.
        text: What a person or a payer wrote; may be about a patient.
    """

    at: datetime
    actor: str
    noun: str
    subject_id: UUID
    event: str
    state: str = ""
    code: str = ""
    text: str = ""
    amount: Money | None = None
    file: FileRef | None = None
