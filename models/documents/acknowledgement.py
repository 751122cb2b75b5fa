"""Acknowledgements: was a file received, did it pass, did each claim enter adjudication?"""

from dataclasses import dataclass, field
from datetime import date

from models.documents.party import Organization, Person
from models.values.money import Money


@dataclass(frozen=True, slots=True)
class InterchangeAcknowledgement:
    """TA1: the envelope."""

    control_number: str  # ISA13 of the file it speaks of, nine digits
    code: str  # A accepted, E accepted with errors, R rejected
    note_code: str  # 000 no error, 025 duplicate control number ...

    @property
    def is_rejected(self) -> bool:
        """Tell whether the whole interchange was refused."""
        return self.code == "R"


@dataclass(frozen=True, slots=True)
class ElementError:
    """One IK4 of a 999."""

    position: str  # element, component and repetition, such as 2-1
    code: str  # IK403
    reference: str = ""  # IK402, the number of the data element
    value: str = field(default="", repr=False)  # IK404, what stands there; may be a patient's


@dataclass(frozen=True, slots=True)
class SegmentError:
    """One IK3 of a 999."""

    segment: str
    position: int  # counted from ST as 1
    loop: str
    code: str  # IK304
    elements: tuple[ElementError, ...] = ()
    unit: tuple[str, str] = field(default=("", ""), repr=False)  # CTX01: CLM01 and its value


@dataclass(frozen=True, slots=True)
class TransactionAcknowledgement:
    """One AK2 with its IK5."""

    transaction_kind: str  # AK201: 837, 270 ...
    control_number: str  # AK202: ST02
    code: str  # IK501: A, E, R, M, W, X
    errors: tuple[SegmentError, ...] = ()
    error_codes: tuple[str, ...] = ()  # IK502 to IK506, without 5 and I5, which ``errors`` say

    @property
    def is_rejected(self) -> bool:
        """Tell whether the transaction was refused."""
        return self.code not in {"A", "E"}


@dataclass(frozen=True, slots=True)
class FunctionalAcknowledgement:
    """999: one functional group."""

    functional_code: str  # AK101: HC, HS, HR, HP
    group_control_number: str  # AK102: GS06
    version: str  # AK103
    code: str  # AK901: A, E, P, R
    included: int
    received: int
    accepted: int
    transactions: tuple[TransactionAcknowledgement, ...] = ()
    error_codes: tuple[str, ...] = ()  # AK905 to AK909

    @property
    def is_rejected(self) -> bool:
        """Tell whether the whole group was refused."""
        return self.code not in {"A", "E", "P"}


@dataclass(frozen=True, slots=True)
class ClaimStatus:
    """One STC composite."""

    category: str  # A0-A2 accepted, A3 and A6-A8 refused; P, F, R for a 277
    code: str
    entity: str = ""

    @property
    def is_refusal(self) -> bool:
        """Tell whether the claim is refused before adjudication."""
        return self.category in {"A3", "A4", "A6", "A7", "A8"}


@dataclass(frozen=True, slots=True)
class ClaimAcknowledgement:
    """277CA or 277: what is said of one claim, or of a whole batch that was refused unopened."""

    claim_control_number: str  # TRN02 of the claim level, our CLM01; empty for a whole batch
    statuses: tuple[ClaimStatus, ...]
    is_accepted: bool
    charge: Money | None = None
    payer_claim_control_number: str = ""  # REF*1K
    effective_on: date | None = None
    paid: Money | None = None  # STC05, on a 277
    batch_reference: str = ""  # BHT03 of the batch (or of the 276), known even without a claim
    trace_number: str = ""  # TRN02 of a 277: our trace of the 276, empty above the claim level
    level: str = "claim"  # or receiver, provider: then it speaks of all that was asked there
    provider_npi: str = ""  # on a 277, the provider whose claims it speaks of


@dataclass(frozen=True, slots=True, repr=False)
class ClaimStatusInquiry:
    """276: a question about one claim. Party names are taken from the claim."""

    trace_number: str
    claim_control_number: str
    payer_claim_control_number: str
    charge: Money
    service_from: date
    service_to: date
    payer_name: str = ""
    payer_id: str = ""
    provider: Organization = Organization(name="")  # noqa: RUF009 - frozen
    subscriber: Person = Person(last_name="", first_name="")  # noqa: RUF009 - frozen
    member_id: str = ""
    dependent: Person | None = None  # the patient, where the subscriber is somebody else
    bill_type: str = ""  # REF*BLT, institutional claims


@dataclass(frozen=True, slots=True)
class ClaimStatusBatchDocument:
    """Questions to one payer that leave in one 276 file."""

    payer_name: str
    payer_id: str
    submitter_name: str
    submitter_id: str
    reference: str  # BHT03
    inquiries: tuple[ClaimStatusInquiry, ...]
