"""Parts of a claim that only some services need: transport, equipment, drugs, contracts, prices."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.documents.party import Address, Reference
from models.values.money import Money


@dataclass(frozen=True, slots=True, repr=False)
class Note:
    """Free text (NTE)."""

    kind: str  # NTE01: ADD, CER, DCP, DGN, TPO ...
    text: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """Supporting paper that is sent, or could be (PWK)."""

    report_type: str  # PWK01: OZ, EB, CT ...
    transmission: str  # PWK02: AA on request, BM mail, EL, EM, FT, FX; AB, AD ... for PWK*CT
    control_number: str = ""  # PWK06, with AC in PWK05


@dataclass(frozen=True, slots=True)
class Contract:
    """Terms agreed with the payer (CN1)."""

    kind: str  # CN101: 01 DRG, 02 per diem, 03 variable per diem, 04 flat, 05 capitated, 06, 09
    amount: Money | None = None  # CN102
    percent: Decimal | None = None  # CN103
    code: str = ""  # CN104
    discount_percent: Decimal | None = None  # CN105
    version: str = ""  # CN106


@dataclass(frozen=True, slots=True, repr=False)
class AmbulanceTransport:
    """A ride (CR1)."""

    reason: str  # CR104: A nearest facility, B preferred by family or physician, C, D, E
    miles: Decimal | None  # CR106 with DH
    weight_pounds: Decimal | None = None  # CR102 with LB
    round_trip_purpose: str = ""  # CR109
    stretcher_purpose: str = ""  # CR110


@dataclass(frozen=True, slots=True, repr=False)
class AmbulanceStop:
    """Where a ride began or ended (NM1*PW, NM1*45); a beginning has no name."""

    address: Address | None
    name: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class SpinalManipulation:
    """The condition a chiropractor treats (CR2)."""

    condition: str  # CR208: A acute, C chronic ...
    description: str = ""  # CR210
    more_description: str = ""  # CR211


@dataclass(frozen=True, slots=True, repr=False)
class Condition:
    """Whether named conditions hold (CRC)."""

    category: str  # CRC01: 07 ambulance, 09 equipment, 70 hospice, 75 homebound, E1-E3 vision, ZZ
    applies: bool  # CRC02: Y or N
    codes: tuple[str, ...]  # CRC03 to CRC07


@dataclass(frozen=True, slots=True)
class Pricing:
    """What a repricer worked out (HCP)."""

    methodology: str  # HCP01
    allowed: Money | None = None  # HCP02
    saving: Money | None = None  # HCP03
    organization_id: str = ""  # HCP04
    rate: Decimal | None = None  # HCP05, per diem or flat
    group_code: str = ""  # HCP06, APG or DRG
    group_amount: Money | None = None  # HCP07
    revenue_code: str = ""  # HCP08
    procedure_qualifier: str = ""  # HCP09
    procedure_code: str = ""  # HCP10
    unit: str = ""  # HCP11
    quantity: Decimal | None = None  # HCP12
    reject_reason: str = ""  # HCP13
    compliance: str = ""  # HCP14
    exception: str = ""  # HCP15


@dataclass(frozen=True, slots=True)
class Equipment:
    """Durable equipment that is rented or bought (SV5)."""

    procedure_code: str  # SV501-2
    necessity_days: Decimal | None  # SV503 with DA
    rental_price: Money | None  # SV504
    purchase_price: Money | None  # SV505
    rental_period: str  # SV506: 1 weekly, 4 monthly, 6 daily


@dataclass(frozen=True, slots=True)
class EquipmentCertification:
    """How long equipment is certified for (CR3)."""

    kind: str  # CR301: I initial, R renewal, S revised
    months: Decimal | None  # CR303 with MO


@dataclass(frozen=True, slots=True, repr=False)
class Measurement:
    """A test result (MEA)."""

    reference: str  # MEA01: OG original, TR test result
    kind: str  # MEA02: HT height, R1 hemoglobin, R2 hematocrit, R3 epoetin, R4 creatinine
    value: Decimal | None  # MEA03


@dataclass(frozen=True, slots=True)
class Drug:
    """What was given (2410)."""

    code: str  # LIN03: an NDC of eleven digits, mostly
    quantity: Decimal | None = None  # CTP04
    unit: str = ""  # CTP05-1: F2 international unit, GR, ME milligram, ML, UN
    qualifier: str = "N4"  # LIN02; UP, EN ... for products
    prescription: Reference | None = None  # REF*XZ prescription, REF*VY compound link


@dataclass(frozen=True, slots=True)
class PurchasedService:
    """A service bought from somebody else (PS1)."""

    provider_id: str  # PS101
    charge: Money | None  # PS102


@dataclass(frozen=True, slots=True, repr=False)
class FormAnswer:
    """The answer to one question of a form (FRM)."""

    question: str  # FRM01
    response: str = ""  # FRM02: Y, N, W
    text: str = ""  # FRM03
    response_date: date | None = None  # FRM04
    percent: Decimal | None = None  # FRM05


@dataclass(frozen=True, slots=True, repr=False)
class SupportingForm:
    """A form that supports a line, such as a certificate of medical necessity (2440)."""

    code_list: str  # LQ01: UT, AS
    code: str  # LQ02
    answers: tuple[FormAnswer, ...] = ()
