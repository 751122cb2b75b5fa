"""Acknowledgements: was a file received, did it pass, did each claim enter adjudication?"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from models.documents.claim_codes import KeptSegment
from models.documents.inquiry import (
    InquiryHeader,
    NamedParty,
    Procedure,
    StatedAmount,
    StatedDate,
    StatedQuantity,
    Trace,
    first_number,
)
from models.documents.party import Organization, Person, Reference
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
    code_list: str = ""  # RX where the code is of the pharmacy list

    @property
    def is_refusal(self) -> bool:
        """Tell whether the claim is refused before adjudication."""
        return self.category in {"A3", "A4", "A6", "A7", "A8"}


@dataclass(frozen=True, slots=True, repr=False)
class StatusReport:
    """What one STC says, in full."""

    statuses: tuple[ClaimStatus, ...]  # STC01, STC10, STC11
    effective_on: date | None = None  # STC02
    action: str = ""  # STC03, on a 277CA: WQ accept, U reject
    charge: Money | None = None  # STC04
    paid: Money | None = None  # STC05
    decided_on: date | None = None  # STC06
    payment_method: str = ""  # STC07: CHK, ACH, BOP, FWT, NON
    paid_on: date | None = None  # STC08
    check_number: str = ""  # STC09: of a check or a transfer
    message: str = ""  # STC12


@dataclass(frozen=True, slots=True, repr=False)
class StatusLine:
    """A service of a claim that is asked about, or what is said of it (SVC)."""

    procedure: Procedure | None  # SVC01
    charge: Money | None = None  # SVC02
    paid: Money | None = None  # SVC03, on a 277
    revenue_code: str = ""  # SVC04
    units_paid: Decimal | None = None  # SVC05
    submitted_procedure: Procedure | None = None  # SVC06
    units: Decimal | None = None  # SVC07
    reports: tuple[StatusReport, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[StatedDate, ...] = ()
    kept: tuple[KeptSegment, ...] = ()

    @property
    def line_control_number(self) -> str:
        """REF*FJ: our REF*6R of the line."""
        return first_number(self.references, "FJ")

    @property
    def statuses(self) -> tuple[ClaimStatus, ...]:
        """Every status of the line."""
        return tuple(status for report in self.reports for status in report.statuses)


@dataclass(frozen=True, slots=True, repr=False)
class TracedStatus:
    """What stands under one trace number: mostly a claim, or all that was asked (TRN)."""

    trace: Trace | None
    reports: tuple[StatusReport, ...] = ()  # STC
    references: tuple[Reference, ...] = ()  # 1K, BLT, EJ, D9, XZ, VV, LU, 6P
    quantities: tuple[StatedQuantity, ...] = ()  # totals of a 277CA: 90, AA, QA, QC
    amounts: tuple[StatedAmount, ...] = ()  # T3 charge on a 276; totals of a 277CA: YU, YY
    dates: tuple[StatedDate, ...] = ()  # 472 service; 050 received, 009 processed
    lines: tuple[StatusLine, ...] = ()
    kept: tuple[KeptSegment, ...] = ()

    @property
    def statuses(self) -> tuple[ClaimStatus, ...]:
        """Every status of the claim itself."""
        return tuple(status for report in self.reports for status in report.statuses)


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
    clearinghouse_number: str = ""  # REF*D9
    bill_type: str = ""  # REF*BLT
    voucher_number: str = ""  # REF*VV, on a 277
    member_id: str = field(default="", compare=False)  # NM109 of the subscriber a 277 named
    lines: tuple[StatusLine, ...] = ()
    said: TracedStatus | None = field(default=None, compare=False)  # all of it, as it was read

    @property
    def check_number(self) -> str:
        """The check or transfer that paid the claim, where a 277 says it."""
        reports = self.said.reports if self.said else ()
        return next((report.check_number for report in reports if report.check_number), "")

    @property
    def paid_on(self) -> date | None:
        """The day of the check or transfer, where a 277 says it."""
        reports = self.said.reports if self.said else ()
        return next((report.paid_on for report in reports if report.paid_on), None)

    @property
    def messages(self) -> tuple[str, ...]:
        """What is said in words."""
        reports = self.said.reports if self.said else ()
        return tuple(report.message for report in reports if report.message)


@dataclass(frozen=True, slots=True, repr=False)
class ClaimStatusInquiry:
    """276: a question about one claim. Party names are taken from the claim.

    Attributes:
        references: Other numbers of the claim: REF*LU location, 6P group, XZ prescription, D9
            clearinghouse.
        lines: Services to ask about one by one; none asks about the claim as a whole.
        said: The question as it was read from a file.
    """

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
    references: tuple[Reference, ...] = ()
    lines: tuple[StatusLine, ...] = ()
    said: TracedStatus | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ClaimStatusBatchDocument:
    """Questions to one payer that leave in one 276 file."""

    payer_name: str
    payer_id: str
    submitter_name: str
    submitter_id: str
    reference: str  # BHT03
    inquiries: tuple[ClaimStatusInquiry, ...]


@dataclass(frozen=True, slots=True, repr=False)
class StatusLevel:
    """One level of a 276, 277 or 277CA: payer, receiver, provider, subscriber, patient.

    Attributes:
        kind: HL03, a ``LevelKind``.
        parties: Everybody named; mostly one.
        birth_date: DMG02, on a 276.
        sex: DMG03.
        traced: What stands under each trace number.
        children: The levels below.
    """

    kind: str
    parties: tuple[NamedParty, ...] = ()
    birth_date: date | None = None
    sex: str = ""
    traced: tuple[TracedStatus, ...] = ()
    children: tuple["StatusLevel", ...] = ()
    kept: tuple[KeptSegment, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class StatusDocument:
    """One 276, 277 or 277CA, complete."""

    header: InquiryHeader
    levels: tuple[StatusLevel, ...]  # those that hang below no other
    kept: tuple[KeptSegment, ...] = ()  # before the first level
    # What only a file that was read has.
    version: str = field(default="", compare=False)  # ST03
    control_number: str = field(default="", compare=False)  # ST02
