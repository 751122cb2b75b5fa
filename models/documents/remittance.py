"""A remittance: what a payer decided and paid, as read from an 835."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.documents.claim import Adjustment
from models.documents.claim_codes import KeptSegment
from models.documents.party import Organization
from models.documents.remittance_codes import (
    RemittanceAmount,
    RemittanceAmountKind,
    RemittanceQuantity,
    RemittanceQuantityKind,
    RemittanceReferenceKind,
)
from models.documents.remittance_summaries import RemittanceGroup
from models.documents.remittance_supplements import (
    NO_REMITTANCE_CLAIM_SUPPLEMENT,
    NO_REMITTANCE_LINE_SUPPLEMENT,
    NO_REMITTANCE_SUPPLEMENT,
    RemittanceClaimSupplement,
    RemittanceLineSupplement,
    RemittanceSupplement,
)
from models.values.money import Money


@dataclass(frozen=True, slots=True)
class RemittanceLine:
    """One service as the payer judged it (loop 2110)."""

    charge: Money  # SVC02
    paid: Money  # SVC03
    procedure_code: str = ""  # SVC01-2, what the payer judged
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""  # SVC04, or SVC01 with qualifier NU
    units: Decimal = Decimal(1)  # SVC05
    submitted_procedure_code: str = ""  # SVC06-2, when the payer changed the code
    service_date: date | None = None  # DTM*472 or 150
    service_end_date: date | None = None  # DTM*151
    line_control_number: str = ""  # REF*6R, our line
    allowed: Money | None = None  # AMT*B6
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()  # LQ*HE
    supplement: RemittanceLineSupplement = NO_REMITTANCE_LINE_SUPPLEMENT
    kept: tuple[KeptSegment, ...] = ()  # segments of the line that no field holds

    def amount_of(self, kind: RemittanceAmountKind) -> Money | None:
        """Find an amount of the line, such as tax."""
        if kind is RemittanceAmountKind.ALLOWED:
            return self.allowed
        return _amount_of(self.supplement.amounts, kind)


@dataclass(frozen=True, slots=True, repr=False)
class RemittanceClaim:
    """One claim as the payer judged it (loop 2100)."""

    claim_control_number: str  # CLP01, our CLM01
    status: str  # CLP02: 1/2/3 processed, 4 denied, 19/20/21 forwarded, 22 reversal, 23, 25
    charge: Money  # CLP03; negative on a reversal
    paid: Money  # CLP04
    patient_responsibility: Money | None = None  # CLP05: unreliable, never posted from
    filing_indicator: str = ""  # CLP06
    payer_claim_control_number: str = ""  # CLP07
    facility_code: str = ""  # CLP08
    frequency_code: str = ""  # CLP09
    patient_last_name: str = ""  # NM1*QC
    patient_first_name: str = ""
    member_id: str = ""  # NM109 of QC or IL
    corrected_member_id: str = ""  # NM1*74
    rendering_provider_npi: str = ""  # NM1*82
    crossover_payer_name: str = ""  # NM1*TT
    crossover_payer_id: str = ""
    statement_from: date | None = None  # DTM*232
    statement_to: date | None = None  # DTM*233
    received_on: date | None = None  # DTM*050
    adjustments: tuple[Adjustment, ...] = ()  # claim level CAS
    remarks: tuple[str, ...] = ()  # MOA and MIA remark codes
    lines: tuple[RemittanceLine, ...] = ()
    group: int = 1  # the ordinal of its LX in the file; 0 before any
    supplement: RemittanceClaimSupplement = NO_REMITTANCE_CLAIM_SUPPLEMENT
    kept: tuple[KeptSegment, ...] = ()  # segments of the claim that no field holds

    @property
    def is_reversal(self) -> bool:
        """Tell whether this takes an earlier decision back (CLP02 22)."""
        return self.status == "22"

    def amount_of(self, kind: RemittanceAmountKind) -> Money | None:
        """Find an amount of the claim, such as interest or what the patient paid."""
        return _amount_of(self.supplement.amounts, kind)

    def quantity_of(self, kind: RemittanceQuantityKind) -> Decimal | None:
        """Find a count of the claim, such as covered days."""
        return _quantity_of(self.supplement.quantities, kind)

    def reference_of(self, kind: RemittanceReferenceKind) -> str:
        """Find a number of the claim, such as the medical record, or nothing."""
        found = (one.value for one in self.supplement.references if one.qualifier == kind)
        return next(found, "")


def _amount_of(amounts: tuple[RemittanceAmount, ...], kind: RemittanceAmountKind) -> Money | None:
    return next((one.amount for one in amounts if one.kind is kind), None)


def _quantity_of(
    quantities: tuple[RemittanceQuantity, ...], kind: RemittanceQuantityKind
) -> Decimal | None:
    return next((one.quantity for one in quantities if one.kind is kind), None)


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """Money moved outside any claim (one pair of a PLB segment)."""

    provider_id: str  # PLB01
    fiscal_period_end: date  # PLB02
    reason: str  # PLB03-1: WO, FB, L6, 72 ...
    reference: str  # PLB03-2
    amount: Money  # positive lowers the payment


@dataclass(frozen=True, slots=True)
class RemittanceDocument:
    """One 835 transaction: one payment and everything it explains.

    ``references`` of payer and payee are their REF segments but a first one that says the payer id
    (2U) or the tax id (TJ); ``other_identifier`` is N103 and N104, where the payer has one, and
    where the payee's is neither its NPI nor its tax id.

    Attributes:
        groups: Each LX; none where there is one only and it sums up nothing.
        kept: Segments outside of claims that no field holds, and claims that could not be read.
    """

    payer: Organization  # N1*PR; ``tax_id`` holds TRN03 without its leading 1
    payee: Organization  # N1*PE with its NPI and tax id
    handling_code: str  # BPR01: I remittance with payment, H information only ...
    amount: Money  # BPR02
    is_credit: bool  # BPR03 C: the payee gains
    method: str  # BPR04: ACH, CHK, NON ...
    payment_date: date  # BPR16
    trace_number: str  # TRN02: check or EFT number
    payer_trace_id: str  # TRN03
    claims: tuple[RemittanceClaim, ...]
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    payer_id: str = ""  # N104 of N1*PR, or REF*2U
    production_date: date | None = None  # DTM*405
    control_number: str = ""  # ST02
    groups: tuple[RemittanceGroup, ...] = ()
    supplement: RemittanceSupplement = NO_REMITTANCE_SUPPLEMENT
    kept: tuple[KeptSegment, ...] = ()
