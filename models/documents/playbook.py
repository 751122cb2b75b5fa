"""The playbook of denials: which adjustment calls for which work."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from models.values.money import Money


class PlayPath(StrEnum):
    """How money that was denied is asked for again."""

    CORRECTED_CLAIM = "corrected_claim"
    NEW_CLAIM = "new_claim"  # never entered adjudication, so nothing can be replaced
    APPEAL = "appeal"
    SEND_RECORDS = "send_records"
    OTHER_PAYER = "other_payer"
    BILL_PATIENT = "bill_patient"  # group PR only, whatever a play says
    FIND_ORIGINAL = "find_original"  # nothing is sent before the first claim's decision is found
    COLLECT = "collect"  # the payer paid the patient
    DECIDE = "decide"


class PlayClock(StrEnum):
    """Which limit runs while a denial is worked."""

    CORRECTED_CLAIM = "corrected_claim"
    APPEAL = "appeal"
    FILING = "filing"  # of the payer that is billed next
    RECORDS = "records"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Play:
    """What to do first about one kind of denial. An empty set fits anything.

    Attributes:
        id: Stable name.
        due_days: Calendar days until the first action is due.
        procedures: Beginnings of procedure codes.
        stage: Where such denials begin; empty: where those of the category do.
        owner: Who mends it; empty: who mends the category.
        takes_appeal: Whether the payer decides such a denial anew at all.
        source: Law, guide, payer's page, or "practice of the field".
        verified_on: The day on which somebody last held the play against its source.
        is_own: Whether a practice wrote it.
    """

    id: str
    category: str
    first_action: str
    due_days: int
    groups: frozenset[str] = frozenset()
    carcs: frozenset[str] = frozenset()
    rarcs: frozenset[str] = frozenset()
    payer_keys: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    stage: str = ""
    owner: str = ""
    path: PlayPath = PlayPath.DECIDE
    clock: PlayClock = PlayClock.APPEAL
    takes_appeal: bool = True
    source: str = ""
    verified_on: date | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class NewDenial:
    """One denied charge, or a part of it, with the play found for it."""

    claim_id: UUID
    charge_id: UUID
    remittance_adjustment_id: UUID
    group: str
    reason: str
    remarks: tuple[str, ...]
    amount: Money
    play: Play
    due_on: date
