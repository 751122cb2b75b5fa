"""What Medicare says beside the adjustments: MIA (inpatient) and MOA (outpatient)."""

from dataclasses import dataclass
from decimal import Decimal

from models.values.money import Money


@dataclass(frozen=True, slots=True)
class InpatientAdjudication:
    """MIA, element by element; ``remarks`` gathers MIA05 and MIA20 to MIA23."""

    covered_days: Decimal | None = None  # MIA01
    operating_outlier: Money | None = None  # MIA02
    lifetime_psychiatric_days: Decimal | None = None  # MIA03
    drg_amount: Money | None = None  # MIA04
    disproportionate_share: Money | None = None  # MIA06
    msp_pass_through: Money | None = None  # MIA07
    capital: Money | None = None  # MIA08
    capital_federal: Money | None = None  # MIA09
    capital_hospital: Money | None = None  # MIA10
    capital_disproportionate_share: Money | None = None  # MIA11
    old_capital: Money | None = None  # MIA12
    capital_education: Money | None = None  # MIA13
    operating_hospital: Money | None = None  # MIA14
    cost_report_days: Decimal | None = None  # MIA15
    operating_federal: Money | None = None  # MIA16
    capital_outlier: Money | None = None  # MIA17
    indirect_teaching: Money | None = None  # MIA18
    professional_component: Money | None = None  # MIA19
    capital_exception: Money | None = None  # MIA24
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutpatientAdjudication:
    """MOA, element by element; ``remarks`` gathers MOA03 to MOA07."""

    reimbursement_rate: Decimal | None = None  # MOA01, a fraction of one
    hcpcs_payable: Money | None = None  # MOA02
    remarks: tuple[str, ...] = ()
    renal_disease_amount: Money | None = None  # MOA08
    professional_component: Money | None = None  # MOA09
