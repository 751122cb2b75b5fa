"""Denials and appeals as pages, rules and letters know them: pictures of rows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models.states.appeal import AppealState
from models.states.claim import ClaimState
from models.states.denial import DenialState
from models.values.money import Money


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
