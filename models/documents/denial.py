"""Denials and appeals as pages, rules and letters know them: pictures of rows."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from models.states.appeal import AppealState
from models.states.claim import ClaimState
from models.states.denial import DenialState
from models.values.money import Money


class LevelStart(StrEnum):
    """From when the limit of a level of appeal counts."""

    DECISION = "decision"  # the payment that carried the denial
    ANSWER = "answer"  # the payer's answer to the level before


@dataclass(frozen=True, slots=True)
class AppealLevel:
    """One level at which a payer decides anew.

    Attributes:
        days: Within which the letter must be there.
        receipt_days: Until the decision counts as received; added before counting.
        is_reconsideration: The same office looks again; it counts as no appeal.
    """

    name: str
    days: int
    starts: LevelStart = LevelStart.DECISION
    receipt_days: int = 0
    is_reconsideration: bool = False


@dataclass(frozen=True, slots=True)
class DenialTerms:
    """How a payer is asked again, as the client file says.

    Attributes:
        takes_replacements: Whether a corrected claim replaces the one before (frequency 7).
        takes_voids: Whether a claim can be taken back as a whole (frequency 8).
        corrected_limit_days: From the decision; None where nobody wrote it down.
        levels: Of appeal, in order; empty where nobody wrote them down.
    """

    takes_replacements: bool = True
    takes_voids: bool = True
    corrected_limit_days: int | None = None
    levels: tuple[AppealLevel, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class RecordsPicture:
    """What a payer asked for before it decides, and what was sent.

    Attributes:
        asked: In words.
        attachment_ids: The files that were sent.
    """

    id: UUID
    number: int
    asked: str
    asked_on: date
    send_by: date
    sent_on: date | None
    way: str
    answer_by: date | None
    attachment_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, repr=False)
class DenialPicture:
    """A denial with its claim and the decision that it comes from.

    Attributes:
        group: CO, PR, OA or PI.
        reason: The CARC.
        remarks: RARCs of line and claim.
        amount: What is denied; the value at stake.
        decided_on: The day of the payment that carried the decision.
        payer_number: The payer's own number of the claim.
        line_charge: What was charged for the service that is denied.
        line_paid: What the payer paid for it.
    """

    id: UUID
    state: DenialState
    group: str
    reason: str
    remarks: tuple[str, ...]
    amount: Money
    category: str
    first_action: str
    due_on: date
    requested_by: str
    claim_id: UUID
    claim_state: ClaimState
    control_number: str
    payer_number: str
    payer_key: str
    payer_name: str
    file_by: date
    encounter_id: UUID
    patient_id: UUID | None
    service_date: date | None
    procedure_code: str
    line_charge: Money
    line_paid: Money
    decided_on: date
    remittance_id: UUID
    play_id: str = ""
    write_off_reason: str = ""
    cause_party: str = ""
    coverage_id: UUID | None = None
    rebilled_claim_id: UUID | None = None
    expected_value: Money | None = None
    chance_permille: int | None = None

    @property
    def mark(self) -> str:
        """Say in which states denial and claim are: a form that carries it tells a change."""
        return f"{self.state}/{self.claim_state}"


@dataclass(frozen=True, slots=True, repr=False)
class AppealPicture:
    """One letter of a denial."""

    id: UUID
    denial_id: UUID
    level: int
    wording: str
    letter: str
    state: AppealState
    prepared_at: datetime
    prepared_by: str
    answer_by: date
    sent_on: date | None
    level_name: str = ""
    is_reconsideration: bool = False
    send_by: date | None = None
    acknowledged_on: date | None = None
    payer_reference: str = ""
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class LikeDenials:
    """How much else waits that is like one denial.

    Attributes:
        of_claim: Other unresolved denials of the same claim.
        of_payer: Other unresolved denials of the same payer with the same group and reason.
        of_payer_amount: What those are worth together.
    """

    of_claim: int
    of_payer: int
    of_payer_amount: Money


@dataclass(frozen=True, slots=True, repr=False)
class AppealFacts:
    """What the wording of an appeal may name; every fact is written the way it is printed.

    ``docs/reference/letters.md`` lists them; a field added here is a new variable there.
    """

    practice_name: str
    practice_phone: str
    practice_npi: str
    practice_tax_id: str
    signer: str
    payer_name: str
    patient_name: str
    patient_birth_date: str
    member_id: str
    claim_number: str
    payer_claim_number: str
    service_date: str
    procedure_code: str
    diagnosis_codes: str
    rendering_provider: str
    denied_amount: str
    line_charge: str
    decided_on: str
    reason_code: str
    reason_words: str
    remark_codes: str
    filed_on: str
    receipts: str
    level_words: str
    earlier_sent_on: str


@dataclass(frozen=True, slots=True, repr=False)
class ClaimFiling:
    """How often and when a claim left, and what proves that it arrived.

    Attributes:
        control_number: As the last version sent named the claim.
        filed_at: The instant at which the first version was put into a file.
        receipts: Kind and instant of each acknowledgement that took the file or the claim.
    """

    control_number: str
    filed_at: datetime | None
    receipts: tuple[tuple[str, datetime], ...]
