"""An insurance question and its answer, as 270 and 271 carry them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.documents.party import Organization, Person
from models.values.money import Money


@dataclass(frozen=True, slots=True, repr=False)
class EligibilityInquiry:
    """One question: is this person covered on this day? One 270."""

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


@dataclass(frozen=True, slots=True)
class EligibilityBatchDocument:
    """Questions to one payer that leave in one 270 file."""

    payer_name: str
    payer_id: str
    reference: str  # BHT03
    inquiries: tuple[EligibilityInquiry, ...]


@dataclass(frozen=True, slots=True)
class Benefit:
    """One statement about coverage (one EB segment)."""

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


@dataclass(frozen=True, slots=True)
class EligibilityRejection:
    """The payer did not answer as asked (one AAA segment)."""

    level: str  # payer, provider, subscriber, dependent
    reason: str  # AAA03: 42, 72, 73, 75 ...
    follow_up: str = ""  # AAA04: C correct, N no resubmission, R resubmit, Y wait
    is_request_valid: bool = False  # AAA01: Y well-formed, but not to be answered


@dataclass(frozen=True, slots=True, repr=False)
class EligibilityAnswer:
    """What the payer says about one question (271).

    Where the payer rejected before it came to anybody, the answer has no trace number: it
    answers every question of the batch whose reference it carries.
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
