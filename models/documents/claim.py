"""A claim as it is judged and as it is written to, or read from, an 837."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from models.documents.claim_codes import ClaimDate, ClaimDateKind, ClaimReferenceKind, KeptSegment
from models.documents.claim_supplements import (
    NO_LINE_SUPPLEMENT,
    NO_OTHER_PAYER_SUPPLEMENT,
    NO_SUPPLEMENT,
    ClaimSupplement,
    DecidedService,
    LineSupplement,
    OtherPayerSupplement,
)
from models.documents.party import Address, Organization, Person, Provider, Reference
from models.values.money import Money, total


class ClaimForm(StrEnum):
    """Which of the two claim transactions carries it."""

    PROFESSIONAL = "professional"  # 837P
    INSTITUTIONAL = "institutional"  # 837I


class FrequencyCode(StrEnum):
    """Why this version is sent (CLM05-3)."""

    ORIGINAL = "1"
    REPLACEMENT = "7"
    VOID = "8"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One difference that a payer explains (one triplet of a CAS segment).

    Attributes:
        group: CO, PR, OA, PI; CR is read from old payers and never written.
        reason: The claim adjustment reason code (CARC).
        amount: Positive lowers the payment.
        quantity: Units not paid, where the payer says so.
    """

    group: str
    reason: str
    amount: Money
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True, repr=False)
class ClaimPayer:
    """The payer a claim, or a part of its coordination of benefits, names."""

    name: str
    payer_id: str  # NM109 of the payer loop
    responsibility: str  # SBR01: P, S or T
    filing_indicator: str = "CI"  # SBR09: MB, MC, BL, CI, HM ...
    insurance_type: str = ""  # SBR05: 12, 13, 47 ...; why Medicare pays second
    id_qualifier: str = "PI"  # NM108: PI, or XV for a health plan id
    address: Address | None = None
    references: tuple[Reference, ...] = ()  # REF*2U, EI, FY, NF: the payer's other numbers


@dataclass(frozen=True, slots=True, repr=False)
class Subscriber:
    """Who holds the policy, and how the patient is related to them."""

    person: Person
    member_id: str
    relationship: str = "18"  # SBR02 / PAT01: 18 self, 01 spouse, 19 child, G8 other
    group_number: str = ""
    group_name: str = ""
    id_qualifier: str = "MI"  # NM108: MI member, II individual

    @property
    def is_patient(self) -> bool:
        """Tell whether subscriber and patient are the same person."""
        return self.relationship == "18"


@dataclass(frozen=True, slots=True)
class LineAdjudication:
    """What an earlier payer decided on one line (loop 2430)."""

    payer_id: str
    paid: Money
    adjustments: tuple[Adjustment, ...]
    paid_on: date
    patient_liability: Money | None = None  # AMT*EAF
    decided: DecidedService | None = None  # where it is not the line as we billed it


@dataclass(frozen=True, slots=True, repr=False)
class OtherPayer:
    """Another payer of the same claim and, if it decided already, what it paid (loop 2320)."""

    payer: ClaimPayer
    subscriber: Subscriber
    paid: Money | None = None
    adjustments: tuple[Adjustment, ...] = ()
    paid_on: date | None = None
    payer_claim_control_number: str = ""
    supplement: OtherPayerSupplement = NO_OTHER_PAYER_SUPPLEMENT


@dataclass(frozen=True, slots=True)
class ClaimDocumentLine:
    """One service on a claim."""

    number: int  # LX01, from 1
    procedure_code: str  # HCPCS or CPT; may be empty on an institutional line
    service_date: date
    charge: Money
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    diagnosis_pointers: tuple[int, ...] = ()  # 1-based into ClaimDocument.diagnoses
    place_of_service: str = ""  # only where it differs from the claim's
    revenue_code: str = ""  # institutional lines
    service_end_date: date | None = None
    line_control_number: str = ""  # REF*6R, comes back in the 835
    adjudications: tuple[LineAdjudication, ...] = ()
    supplement: LineSupplement = NO_LINE_SUPPLEMENT
    kept: tuple[KeptSegment, ...] = ()

    def date_of(self, kind: ClaimDateKind) -> date | None:
        """Find a date other than the service date; of a period, its first day."""
        return _date_of(self.supplement.dates, kind)

    def reference_of(self, kind: ClaimReferenceKind) -> str:
        """Find a number of the line, or nothing."""
        return _reference_of(self.supplement.references, kind)


@dataclass(frozen=True, slots=True, repr=False)
class InstitutionalDetail:
    """What only an institutional claim says."""

    bill_type: str  # four characters, such as 0131
    admission_type: str = "3"  # CL101: 3 elective
    admission_source: str = "1"  # CL102
    patient_status: str = "01"  # CL103: 01 home
    admitted_on: date | None = None
    attending_provider: Provider | None = None
    admission_time: str = ""  # HHMM of DTP*435*DT
    discharge_time: str = ""  # HHMM of DTP*096
    statement_period: tuple[date, date] | None = None  # DTP*434, if not first to last service
    is_period_given: bool = True  # false only of a file that was read without its DTP*434


@dataclass(frozen=True, slots=True, repr=False)
class ClaimDocument:
    """One bill to one payer for one encounter, complete.

    Attributes:
        control_number: CLM01, at most 20 characters, unique for ever.
        diagnoses: ICD-10-CM without the dot, principal first, at most 12 (P) or 25 (I).
        lines: At least one; numbers run from 1.
        original_reference: REF*F8, the payer's number of the claim this replaces or voids.
        supplement: Everything situational; empty on an ordinary claim.
        kept: Segments of the claim, and of the levels above it, that no field holds.
    """

    control_number: str
    form: ClaimForm
    billing_provider: Organization
    patient: Person
    subscriber: Subscriber
    payer: ClaimPayer
    diagnoses: tuple[str, ...]
    lines: tuple[ClaimDocumentLine, ...]
    frequency_code: FrequencyCode = FrequencyCode.ORIGINAL
    original_reference: str = ""
    place_of_service: str = "11"
    rendering_provider: Provider | None = None
    referring_provider: Provider | None = None
    service_facility: Organization | None = None
    prior_authorization: str = ""
    referral_number: str = ""
    other_payers: tuple[OtherPayer, ...] = ()
    accepts_assignment: bool = True
    patient_paid: Money | None = None
    institutional: InstitutionalDetail | None = None
    supplement: ClaimSupplement = NO_SUPPLEMENT
    kept: tuple[KeptSegment, ...] = ()

    @property
    def charge_total(self) -> Money:
        """CLM02: what all lines charge together."""
        return total(line.charge for line in self.lines)

    @property
    def first_service_date(self) -> date:
        """The earliest date of service; the filing limit counts from here."""
        return min(line.service_date for line in self.lines)

    @property
    def last_service_date(self) -> date:
        """The latest date of service."""
        return max(line.service_end_date or line.service_date for line in self.lines)

    def date_of(self, kind: ClaimDateKind) -> date | None:
        """Find a date of the claim, such as the accident; of a period, its first day."""
        return _date_of(self.supplement.dates, kind)

    def reference_of(self, kind: ClaimReferenceKind) -> str:
        """Find a number of the claim that has no field of its own, or nothing."""
        return _reference_of(self.supplement.references, kind)


def _date_of(dates: tuple[ClaimDate, ...], kind: ClaimDateKind) -> date | None:
    return next((found.first for found in dates if found.kind is kind), None)


def _reference_of(references: tuple[Reference, ...], kind: ClaimReferenceKind) -> str:
    return next((found.value for found in references if found.qualifier == kind), "")


@dataclass(frozen=True, slots=True)
class ClaimBatchDocument:
    """Claims that leave in one 837 file, with who sends and who receives it."""

    form: ClaimForm
    submitter: Organization  # loop 1000A; ``contact_name`` and ``contact_phone`` are required
    submitter_id: str
    receiver_name: str
    receiver_id: str
    reference: str  # BHT03, unique per batch
    claims: tuple[ClaimDocument, ...]
    purpose: str = "00"  # BHT02: 00 original, 18 reissue
    usage: str = "CH"  # BHT06: CH chargeable, RP reporting (encounters), 31 subrogation demand
    kept: tuple[KeptSegment, ...] = ()  # of the header, and of levels without a claim
    # What only a file that was read has; a new file gets its own.
    created_on: date | None = field(default=None, compare=False)  # BHT04
    created_time: str = field(default="", compare=False)  # BHT05
    control_number: str = field(default="", compare=False)  # ST02
