"""An insurance question and its answer, as 270 and 271 carry them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from models.documents.claim_codes import KeptSegment
from models.documents.inquiry import (
    InquiryHeader,
    NamedParty,
    Procedure,
    StatedAmount,
    StatedDate,
    Trace,
    first_number,
)
from models.documents.party import Organization, Person, Reference
from models.values.money import Money


class EligibilityDate(StrEnum):
    """What a date of a 270 or 271 is the date of. The value is DTP01."""

    DISCHARGE = "096"
    ISSUED = "102"
    EFFECTIVE_DATE_OF_CHANGE = "152"
    PERIOD_BEGIN = "193"
    PERIOD_END = "194"
    COMPLETED = "198"
    COORDINATION_OF_BENEFITS = "290"
    PLAN = "291"
    BENEFIT = "292"
    PRIMARY_CARE_PROVIDER = "295"
    LATEST_VISIT = "304"
    ELIGIBILITY = "307"
    ADDED = "318"
    COBRA_BEGIN = "340"
    COBRA_END = "341"
    PREMIUM_PAID_BEGIN = "342"
    PREMIUM_PAID_END = "343"
    PLAN_BEGIN = "346"
    PLAN_END = "347"
    BENEFIT_BEGIN = "348"
    BENEFIT_END = "349"
    ELIGIBILITY_BEGIN = "356"
    ELIGIBILITY_END = "357"
    ENROLLED = "382"
    ADMITTED = "435"
    DIED = "442"
    CERTIFIED = "458"
    SERVICE = "472"
    POLICY_EFFECTIVE = "539"
    POLICY_EXPIRED = "540"
    LAST_UPDATED = "636"
    STATUS = "771"


class MemberNumber(StrEnum):
    """What a number of a member or benefit is. The value is REF01."""

    PLAN = "18"
    GROUP_POLICY = "1L"
    MEMBER = "1W"
    CASE = "3H"
    FAMILY_UNIT = "49"
    GROUP = "6P"
    REFERRAL = "9F"
    ALTERNATIVE_LIST = "ALS"
    COVERAGE_LIST = "CLI"
    CONTRACT = "CT"
    MEDICAL_RECORD = "EA"
    PATIENT_ACCOUNT = "EJ"
    HEALTH_INSURANCE_CLAIM = "F6"
    FORMULARY = "FO"
    PRIOR_AUTHORIZATION = "G1"
    CARD_SERIAL = "GH"
    IDENTITY_CARD = "HJ"
    POLICY = "IG"
    MEDICAL_ASSISTANCE_CATEGORY = "M7"
    PLAN_NETWORK = "N6"
    MEDICAID_RECIPIENT = "NQ"
    PRIOR_IDENTIFIER = "Q4"
    SOCIAL_SECURITY = "SY"
    AGENCY_CLAIM = "Y4"


@dataclass(frozen=True, slots=True)
class CodedDetail:
    """A place of service, or the nature of an injury (III)."""

    code_list: str  # III01: ZZ place of service, GR and NI nature of injury
    code: str  # III02
    category: str = ""  # III03: 44 nature of injury
    text: str = ""  # III04


@dataclass(frozen=True, slots=True, repr=False)
class BenefitQuestion:
    """One thing that is asked about a person (EQ and what follows it).

    Attributes:
        service_type_codes: EQ01.
        procedure: EQ02; a question names service types or a procedure.
        coverage_level: EQ03: IND, FAM.
        insurance_type: EQ04.
        diagnosis_pointers: EQ05, into the diagnoses of the person.
        amounts: AMT: R spend-down, PB billed.
        details: III: where the service is, or what injury it is for.
        references: REF*9F referral, REF*G1 prior authorization.
        dates: DTP, where they differ from those of the person.
    """

    service_type_codes: tuple[str, ...] = ()
    procedure: Procedure | None = None
    coverage_level: str = ""
    insurance_type: str = ""
    diagnosis_pointers: tuple[str, ...] = ()
    amounts: tuple[StatedAmount, ...] = ()
    details: tuple[CodedDetail, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[StatedDate, ...] = ()
    kept: tuple[KeptSegment, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceDelivery:
    """How much of a benefit, and how often (HSD)."""

    quantity_kind: str = ""  # HSD01: VS visits, DY days, HS hours, MN months, FL units
    quantity: Decimal | None = None  # HSD02
    frequency_unit: str = ""  # HSD03: DA, WK, MO, YR, VS
    frequency: Decimal | None = None  # HSD04: every so many of the unit
    period: str = ""  # HSD05, as EB06
    period_count: Decimal | None = None  # HSD06
    pattern: str = ""  # HSD07: weekdays
    pattern_time: str = ""  # HSD08: time of day


@dataclass(frozen=True, slots=True)
class EligibilityRejection:
    """The payer did not answer as asked (one AAA segment)."""

    level: str  # payer, provider, subscriber, dependent
    reason: str  # AAA03: 42, 72, 73, 75 ...
    follow_up: str = ""  # AAA04: C correct, N no resubmission, R resubmit, Y wait
    is_request_valid: bool = False  # AAA01: Y well-formed, but not to be answered


@dataclass(frozen=True, slots=True)
class Benefit:
    """One statement about coverage (one EB segment and what follows it).

    Attributes:
        related: Everybody named beside the benefit (loop 2120): the primary care provider, other
            payers, the employer ... For kind R the first payer is also ``related_payer_name`` and
            ``related_payer_id``; these two alone are enough to write one.
        rejections: What is refused about this benefit only.
    """

    kind: str  # EB01: 1 active, 6 inactive, A coinsurance, B co-pay, C deductible, F limit, R other
    coverage_level: str = ""  # EB02: IND, FAM
    service_type_codes: tuple[str, ...] = ()  # EB03
    insurance_type: str = ""  # EB04
    plan_name: str = ""  # EB05
    period: str = ""  # EB06: 23 calendar year, 27 visit, 29 remaining
    amount: Money | None = None  # EB07
    fraction: Decimal | None = None  # EB08, 0.2 is 20 %
    quantity_kind: str = ""  # EB09: VS visits
    quantity: Decimal | None = None  # EB10
    in_network: str = ""  # EB12: Y, N, W, U
    related_payer_name: str = ""  # NM1 within LS/LE 2120, for kind R
    related_payer_id: str = ""
    needs_authorization: str = ""  # EB11: Y, N, U
    procedure: Procedure | None = None  # EB13
    diagnosis_pointers: tuple[str, ...] = ()  # EB14, into the diagnoses of the person
    deliveries: tuple[ServiceDelivery, ...] = ()  # HSD
    references: tuple[Reference, ...] = ()
    dates: tuple[StatedDate, ...] = ()
    rejections: tuple[EligibilityRejection, ...] = ()
    messages: tuple[str, ...] = field(default=(), repr=False)  # MSG
    details: tuple[CodedDetail, ...] = ()  # III
    related: tuple[NamedParty, ...] = ()
    kept: tuple[KeptSegment, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """How a person is insured (INS)."""

    is_subscriber: bool  # INS01: Y, N
    relationship: str = ""  # INS02: 18 self, 01 spouse, 19 child, 34 other
    change: str = ""  # INS03: 001
    change_reason: str = ""  # INS04: 25
    birth_sequence: str = ""  # INS17, of several born together


@dataclass(frozen=True, slots=True, repr=False)
class MemberDiagnosis:
    """A diagnosis a question or benefit points to (HI)."""

    code_list: str  # HI01-1: BK, ABK principal; BF, ABF other
    code: str


@dataclass(frozen=True, slots=True, repr=False)
class MilitaryService:
    """Service in the forces (MPI)."""

    information: str  # MPI01: C current, L latest, O oldest, P partial ...
    employment: str  # MPI02: AE active reserve, RM retired ...
    affiliation: str  # MPI03: C army, I navy ...
    description: str = ""  # MPI04
    rank: str = ""  # MPI05
    first: date | None = None  # MPI07
    last: date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class CoverageLevel:
    """One level of a 270 or 271: a payer, who asks, a subscriber or a dependent.

    Attributes:
        kind: HL03, a ``LevelKind``.
        party: NM1 and what says more of the same; None where the file names nobody.
        birth_date: DMG02.
        sex: DMG03.
        level_rejections: AAA before the name: of the payer's system, not of what was asked.
        questions: What is asked (270).
        benefits: What is answered (271).
        children: The levels below.
    """

    kind: str
    party: NamedParty | None = None
    traces: tuple[Trace, ...] = ()
    birth_date: date | None = None
    sex: str = ""
    standing: MemberStanding | None = None
    diagnoses: tuple[MemberDiagnosis, ...] = ()
    dates: tuple[StatedDate, ...] = ()
    military: MilitaryService | None = None
    level_rejections: tuple[EligibilityRejection, ...] = ()
    rejections: tuple[EligibilityRejection, ...] = ()
    questions: tuple[BenefitQuestion, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    children: tuple["CoverageLevel", ...] = ()
    kept: tuple[KeptSegment, ...] = ()

    def date_of(self, kind: EligibilityDate) -> StatedDate | None:
        """Find a date that is said of the person."""
        return next((one for one in self.dates if one.kind == kind), None)

    def number_of(self, kind: MemberNumber) -> str:
        """Find one of the person's numbers, such as the group; empty without."""
        return first_number(self.party.references, kind) if self.party else ""


@dataclass(frozen=True, slots=True, repr=False)
class CoverageDocument:
    """One 270 or 271, complete."""

    header: InquiryHeader
    levels: tuple[CoverageLevel, ...]  # those that hang below no other
    kept: tuple[KeptSegment, ...] = ()  # before the first level
    # What only a file that was read has.
    version: str = field(default="", compare=False)  # ST03
    control_number: str = field(default="", compare=False)  # ST02


@dataclass(frozen=True, slots=True, repr=False)
class EligibilityInquiry:
    """One question: is this person covered on this day? One 270.

    Attributes:
        questions: What is asked beyond ``service_type_codes``: procedures, places, amounts,
            authorizations.
        references: Other numbers of the patient, such as the group (REF of 2100C or 2100D).
        said: The level of the file it was read from, with everything said of the patient.
    """

    trace_number: str  # TRN02; comes back in the answer
    payer_name: str
    payer_id: str
    provider: Organization
    subscriber: Person
    member_id: str
    service_date: date
    dependent: Person | None = None  # the patient, where the subscriber is somebody else
    dependent_relationship: str = ""  # INS02: 01 spouse, 19 child, 34 other
    service_type_codes: tuple[str, ...] = ("30",)  # EQ01; 30 is general coverage
    service_end_date: date | None = None  # where a period is asked about
    questions: tuple[BenefitQuestion, ...] = ()
    references: tuple[Reference, ...] = ()
    diagnoses: tuple[MemberDiagnosis, ...] = ()
    said: CoverageLevel | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class EligibilityBatchDocument:
    """Questions to one payer that leave in one 270 file."""

    payer_name: str
    payer_id: str
    reference: str  # BHT03
    inquiries: tuple[EligibilityInquiry, ...]


@dataclass(frozen=True, slots=True, repr=False)
class EligibilityAnswer:
    """What the payer says about one question (271).

    Where the payer rejected before it came to anybody, the answer has no trace number: it
    answers every question of the batch whose reference it carries.

    Attributes:
        said: The level of the file it was read from: numbers, dates, diagnoses, service in the
            forces, traces of everybody. Empty where nobody read a file.
        payer: The payer's level, with whom to call.
        provider: The level of who asked.
        subscriber: The subscriber's level; the same as ``said`` unless a dependent is answered for.
    """

    trace_number: str
    payer_id: str
    member_id: str = ""
    person: Person | None = None
    benefits: tuple[Benefit, ...] = ()
    rejections: tuple[EligibilityRejection, ...] = ()
    plan_begin: date | None = None  # DTP*346 or the first day of 291/307
    plan_end: date | None = None  # DTP*347
    batch_reference: str = ""  # BHT03, as in the 270
    said: CoverageLevel | None = field(default=None, compare=False)
    payer: CoverageLevel | None = field(default=None, compare=False)
    provider: CoverageLevel | None = field(default=None, compare=False)
    subscriber: CoverageLevel | None = field(default=None, compare=False)

    def number_of(self, kind: MemberNumber) -> str:
        """Find a number of the person or, without one, of the subscriber."""
        levels = (level for level in (self.said, self.subscriber) if level is not None)
        return next((number for level in levels if (number := level.number_of(kind))), "")

    @property
    def primary_care_provider(self) -> NamedParty | None:
        """Who the payer says cares for the person first (NM1*P3 beside a benefit)."""
        related = (one for benefit in self.benefits for one in benefit.related)
        return next((one for one in related if one.role == "P3"), None)
