"""What a payer sums up per provider: TS3 and TS2, below the LX that opens a group of claims."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.documents.claim_codes import KeptSegment
from models.values.money import Money


@dataclass(frozen=True, slots=True)
class ProviderSummary:
    """TS3, element by element."""

    provider_id: str  # TS301
    facility_code: str  # TS302
    fiscal_period_end: date | None = None  # TS303
    claim_count: Decimal | None = None  # TS304
    charge: Money | None = None  # TS305
    msp_payer: Money | None = None  # TS313
    non_laboratory_charge: Money | None = None  # TS315
    hcpcs_reported: Money | None = None  # TS317
    hcpcs_payable: Money | None = None  # TS318
    professional_component: Money | None = None  # TS320
    msp_patient_liability: Money | None = None  # TS321
    patient_reimbursement: Money | None = None  # TS322
    interim_claim_count: Decimal | None = None  # TS323, periodic interim payments
    interim_adjustment: Money | None = None  # TS324


@dataclass(frozen=True, slots=True)
class InpatientSummary:
    """TS2, element by element."""

    drg_amount: Money | None = None  # TS201
    federal_specific: Money | None = None  # TS202
    hospital_specific: Money | None = None  # TS203
    disproportionate_share: Money | None = None  # TS204
    capital: Money | None = None  # TS205
    medical_education: Money | None = None  # TS206
    outlier_days: Decimal | None = None  # TS207
    day_outlier: Money | None = None  # TS208
    cost_outlier: Money | None = None  # TS209
    average_stay: Decimal | None = None  # TS210
    discharges: Decimal | None = None  # TS211
    cost_report_days: Decimal | None = None  # TS212
    covered_days: Decimal | None = None  # TS213
    noncovered_days: Decimal | None = None  # TS214
    msp_pass_through: Money | None = None  # TS215
    average_weight: Decimal | None = None  # TS216
    capital_federal: Money | None = None  # TS217
    capital_hospital: Money | None = None  # TS218
    capital_disproportionate_share: Money | None = None  # TS219


@dataclass(frozen=True, slots=True)
class RemittanceGroup:
    """One LX and what it says of the claims behind it.

    Attributes:
        number: LX01.
        summary: TS3.
        inpatient: TS2.
        kept: Segments of the group, before its first claim, that no field holds.
    """

    number: str = "1"
    summary: ProviderSummary | None = None
    inpatient: InpatientSummary | None = None
    kept: tuple[KeptSegment, ...] = ()
