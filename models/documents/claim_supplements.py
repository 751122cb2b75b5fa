"""What claims, lines and other payers say beyond the ordinary; nothing of it on most claims.

The defaults are what an ordinary claim says, so that it shares the one empty supplement.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.documents.adjudication import InpatientAdjudication, OutpatientAdjudication
from models.documents.claim_codes import ClaimDate, HealthCode
from models.documents.claim_details import (
    AmbulanceStop,
    AmbulanceTransport,
    Attachment,
    Condition,
    Contract,
    Drug,
    Equipment,
    EquipmentCertification,
    Measurement,
    Note,
    Pricing,
    PurchasedService,
    SpinalManipulation,
    SupportingForm,
)
from models.documents.party import Address, Contact, Organization, Provider, Reference
from models.values.money import Money


@dataclass(frozen=True, slots=True, repr=False)
class PersonSupplement:
    """What is said of the subscriber (2000B, 2010BA) or of another patient (2000C, 2010CA)."""

    died_on: date | None = None  # PAT06
    weight_pounds: Decimal | None = None  # PAT08 with 01
    is_pregnant: bool = False  # PAT09 Y
    casualty_claim_number: str = ""  # REF*Y4, the property and casualty claim number
    references: tuple[Reference, ...] = ()  # REF*SY and REF*1W
    contact: Contact | None = None  # PER, property and casualty only


NO_PERSON_SUPPLEMENT = PersonSupplement()


@dataclass(frozen=True, slots=True, repr=False)
class PayToPlan:
    """A plan that the payment goes to in place of the provider (2010AC)."""

    name: str
    plan_id: str  # NM109
    id_qualifier: str = "PI"  # NM108: PI or XV
    address: Address | None = None
    tax_id: str = ""  # REF*EI
    references: tuple[Reference, ...] = ()  # REF*2U, FY, NF


@dataclass(frozen=True, slots=True, repr=False)
class ClaimSupplement:
    """What a claim says beyond ``ClaimDocument``; empty and "as usual" by default."""

    # who bills and who is paid (2000A)
    currency: str = ""  # CUR02
    pay_to: Organization | None = None  # 2010AB: an address, rarely a name
    pay_to_plan: PayToPlan | None = None
    # whose policy, which patient, and the provider as the payer knows it (2000B, 2000C)
    subscriber: PersonSupplement = NO_PERSON_SUPPLEMENT
    patient: PersonSupplement = NO_PERSON_SUPPLEMENT  # only where patient and subscriber differ
    billing_references: tuple[Reference, ...] = ()  # REF*G2 and REF*LU of 2010BB
    # the rest of CLM
    frequency_code: str = ""  # CLM05-3 where it is none of 1, 7 and 8
    signature_on_file: str = "Y"  # CLM06: Y, N; 837P only
    assignment_code: str | None = None  # CLM07 where it is neither A nor C: B, or empty
    benefits_assigned: str = "Y"  # CLM08: Y, N, W
    release_of_information: str = "Y"  # CLM09: Y, I
    patient_signature_source: str = ""  # CLM10: P
    related_causes: tuple[str, ...] = ()  # CLM11-1 and -2: AA auto, EM work, OA other accident
    accident_state: str = ""  # CLM11-4
    accident_country: str = ""  # CLM11-5
    special_program: str = ""  # CLM12
    delay_reason: str = ""  # CLM20
    # loop 2300
    dates: tuple[ClaimDate, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    contract: Contract | None = None
    patient_estimated_due: Money | None = None  # AMT*F3; 837I only
    references: tuple[Reference, ...] = ()  # REF but the first F8, 9F and G1
    file_information: tuple[str, ...] = ()  # K3
    notes: tuple[Note, ...] = ()
    ambulance: AmbulanceTransport | None = None
    spinal: SpinalManipulation | None = None
    conditions: tuple[Condition, ...] = ()
    is_icd9: bool = False  # the diagnoses are ICD-9-CM (BK, BF)
    present_on_admission: tuple[str, ...] = ()  # of each diagnosis: Y, N, U, W, empty
    health_codes: tuple[HealthCode, ...] = ()  # all of HI but the diagnoses
    pricing: Pricing | None = None
    # loops 2310 beyond the referring, rendering and attending provider and the facility
    primary_care_provider: Provider | None = None  # P3
    supervising_provider: Provider | None = None  # DQ
    operating_physician: Provider | None = None  # 72
    other_operating_physician: Provider | None = None  # ZZ
    pick_up: AmbulanceStop | None = None  # PW
    drop_off: AmbulanceStop | None = None  # 45


NO_SUPPLEMENT = ClaimSupplement()


@dataclass(frozen=True, slots=True, repr=False)
class LineSupplement:
    """What a line says beyond ``ClaimDocumentLine``; empty and "as usual" by default."""

    # SV1 and SV2
    unit: str = "UN"  # SV103, SV204: UN units, MJ minutes, DA days
    procedure_qualifier: str = "HC"  # SV101-1, SV202-1: HC, ER, HP, IV, WK
    procedure_description: str = ""  # SV101-7, SV202-7
    is_emergency: bool | None = None  # SV109: Y, N, not said
    is_epsdt: bool | None = None  # SV111
    is_family_planning: bool | None = None  # SV112
    copay_status: str = ""  # SV115: 0 exempt
    non_covered: Money | None = None  # SV207
    # loop 2400
    equipment: Equipment | None = None
    attachments: tuple[Attachment, ...] = ()
    ambulance: AmbulanceTransport | None = None
    equipment_certification: EquipmentCertification | None = None
    conditions: tuple[Condition, ...] = ()
    is_date_of_claim: bool = False  # no DTP*472: the service date is the claim's
    dates: tuple[ClaimDate, ...] = ()  # DTP but the service date
    ambulance_patients: Decimal | None = None  # QTY*PT
    obstetric_units: Decimal | None = None  # QTY*FL
    measurements: tuple[Measurement, ...] = ()
    contract: Contract | None = None
    references: tuple[Reference, ...] = ()  # REF but 6R
    sales_tax: Money | None = None  # AMT*T
    postage: Money | None = None  # AMT*F4
    service_tax: Money | None = None  # AMT*GT
    facility_tax: Money | None = None  # AMT*N8
    file_information: tuple[str, ...] = ()  # K3
    notes: tuple[Note, ...] = ()
    purchased_service: PurchasedService | None = None
    pricing: Pricing | None = None
    drug: Drug | None = None
    forms: tuple[SupportingForm, ...] = ()
    # loops 2420
    rendering_provider: Provider | None = None  # 82
    purchased_service_provider: Provider | None = None  # QB
    service_facility: Organization | None = None  # 77
    supervising_provider: Provider | None = None  # DQ
    ordering_provider: Provider | None = None  # DK
    referring_provider: Provider | None = None  # DN
    primary_care_provider: Provider | None = None  # P3
    operating_physician: Provider | None = None  # 72
    other_operating_physician: Provider | None = None  # ZZ
    pick_up: AmbulanceStop | None = None  # PW
    drop_off: AmbulanceStop | None = None  # 45


NO_LINE_SUPPLEMENT = LineSupplement()


@dataclass(frozen=True, slots=True)
class OtherPayerProvider:
    """A provider by the numbers that another payer gave them (2330C to 2330I)."""

    role: str  # NM101: DN, P3, 82, 77, DQ, 85, 71, 72, ZZ
    is_organization: bool
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, repr=False)
class OtherPayerSupplement:
    """What a loop 2320 says beyond ``OtherPayer``; empty and "as usual" by default."""

    benefits_assigned: str = "Y"  # OI03: Y, N, W; with OI06 empty: there is no OI
    patient_signature_source: str = ""  # OI04: P
    release_of_information: str = "Y"  # OI06: Y, I
    non_covered: Money | None = None  # AMT*A8
    patient_liability: Money | None = None  # AMT*EAF
    inpatient: InpatientAdjudication | None = None  # MIA
    outpatient: OutpatientAdjudication | None = None  # MOA
    subscriber_references: tuple[Reference, ...] = ()  # REF*SY of 2330A
    prior_authorization: str = ""  # REF*G1 of 2330B
    referral_number: str = ""  # REF*9F
    adjustment_indicator: str = ""  # REF*T4
    is_date_on_claim: bool = False  # DTP*573 of 2330B beside those of the lines
    providers: tuple[OtherPayerProvider, ...] = ()


NO_OTHER_PAYER_SUPPLEMENT = OtherPayerSupplement()


@dataclass(frozen=True, slots=True)
class DecidedService:
    """The service an earlier payer decided on, where it is not simply the line's own (SVD03-06).

    Attributes:
        procedure_qualifier: SVD03-1; empty where no procedure is named.
        procedure_code: SVD03-2.
        modifiers: SVD03-3 to -6.
        description: SVD03-7.
        revenue_code: SVD04.
        units: SVD05; None where not said.
        bundled_line: SVD06: the line this one was bundled into.
    """

    procedure_qualifier: str = ""
    procedure_code: str = ""
    modifiers: tuple[str, ...] = ()
    description: str = ""
    revenue_code: str = ""
    units: Decimal | None = None
    bundled_line: int | None = None
