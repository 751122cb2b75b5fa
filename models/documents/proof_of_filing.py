"""Proof that a claim reached its payer in time: what left, and who acknowledged it when."""

from dataclasses import dataclass
from datetime import date, datetime

from models.documents.party import Organization
from models.values.money import Money


@dataclass(frozen=True, slots=True)
class FiledVersion:
    """One version of the claim in one file of ours.

    Attributes:
        control_number: CLM01 as sent.
        sent_at: None while it is not known that the file left.
        sha256: Of the file's bytes, which are kept.
    """

    number: int
    control_number: str
    frequency_code: str
    file_name: str
    file_kind: str
    interchange_number: str  # ISA13, nine digits
    sha256: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class FilingReceipt:
    """One acknowledgement of the claim, or of the file that carried it.

    Attributes:
        kind: TA1, 999 or 277CA.
        meaning: The code in our words.
        version: Which version it is about; 0 where the partner named none.
    """

    kind: str
    is_accepted: bool
    code: str
    meaning: str
    version: int
    received_at: datetime
    file_name: str
    sha256: str
    payer_claim_control_number: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class ProofOfFiling:
    """Everything we hold that shows when a claim was filed. It is PHI.

    Attributes:
        file_by: Last day of the limit.
        filed_on: The first day on which a version left that nobody refused; None if none did.
        is_payer_receipt: A 277CA of the payer says that it took the claim.
        time_zone: Of the practice: dates on the page are in it.
    """

    practice: Organization
    time_zone: str
    drawn_on: date
    payer_name: str
    payer_id: str
    patient_name: str
    member_id: str
    control_number: str
    payer_claim_control_number: str
    service_from: date | None
    service_to: date | None
    charge: Money
    file_by: date
    filed_on: date | None
    is_payer_receipt: bool
    versions: tuple[FiledVersion, ...]
    receipts: tuple[FilingReceipt, ...]

    @property
    def is_in_time(self) -> bool:
        """Whether it left by the last day."""
        return self.filed_on is not None and self.filed_on <= self.file_by
