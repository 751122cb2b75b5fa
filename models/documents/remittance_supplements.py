"""What remittances, their claims and lines say beyond the ordinary.

The defaults are what an ordinary remittance says, so that it shares the one empty supplement.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from models.documents.adjudication import InpatientAdjudication, OutpatientAdjudication
from models.documents.party import Contact, ContactNumber, Reference
from models.documents.remittance_codes import RemittanceAmount, RemittanceQuantity


@dataclass(frozen=True, slots=True, repr=False)
class BankAccount:
    """An account that a payment leaves or enters. ``repr`` shows none of it."""

    bank_qualifier: str = ""  # BPR06, BPR12: 01 routing number, 04 Canadian
    bank_id: str = ""  # BPR07, BPR13
    account_qualifier: str = ""  # BPR08, BPR14: DA demand deposit, SG savings
    account_number: str = ""  # BPR09, BPR15

    def __repr__(self) -> str:
        """Say only whether there is one."""
        return "<BankAccount, masked>" if self.account_number else "<BankAccount, none>"


NO_ACCOUNT = BankAccount()


@dataclass(frozen=True, slots=True)
class FundsTransfer:
    """How the money travels (BPR05 to BPR15)."""

    payment_format: str = ""  # BPR05: CCP, CTX
    sender: BankAccount = NO_ACCOUNT
    payer_id: str = ""  # BPR10
    supplemental_code: str = ""  # BPR11
    receiver: BankAccount = NO_ACCOUNT


NO_TRANSFER = FundsTransfer()


class PayerContactKind(StrEnum):
    """Whom of the payer to ask (PER01)."""

    BUSINESS = "CX"
    TECHNICAL = "BL"
    WEB_SITE = "IC"


@dataclass(frozen=True, slots=True)
class PayerContact:
    """One PER of the payer."""

    kind: PayerContactKind
    name: str = ""  # PER02
    numbers: tuple[ContactNumber, ...] = ()  # PER03 to PER08


@dataclass(frozen=True, slots=True)
class RemittanceDelivery:
    """How the payee gets the explanation (RDM)."""

    method: str  # RDM01: BM mail, EM e-mail, FT file transfer, OL on line
    name: str = ""  # RDM02
    address: str = ""  # RDM03


@dataclass(frozen=True, slots=True)
class RemittanceSupplement:
    """What a remittance says beyond ``RemittanceDocument``.

    Attributes:
        payer_contacts: Every PER of the payer, only where its name and telephone do not say all.
        provider_adjustment_counts: How many adjustments each PLB holds, only where the payer
            wrote more segments than it had to.
    """

    transfer: FundsTransfer = NO_TRANSFER
    trace_code: str = ""  # TRN04
    currency: str = ""  # CUR02
    receiver_id: str = ""  # REF*EV
    version: str = ""  # REF*F2
    payer_contacts: tuple[PayerContact, ...] = ()
    is_contact_missing: bool = False  # there is no PER, although the guide asks for one
    delivery: RemittanceDelivery | None = None
    provider_adjustment_counts: tuple[int, ...] = ()


NO_REMITTANCE_SUPPLEMENT = RemittanceSupplement()


@dataclass(frozen=True, slots=True, repr=False)
class RemittanceName:
    """Somebody a claim of a remittance names (NM1)."""

    last_name: str = ""  # NM103, of an organization its name
    first_name: str = ""  # NM104
    middle_name: str = ""  # NM105
    suffix: str = ""  # NM107
    is_organization: bool = False  # NM102 2
    identifier: Reference | None = None  # NM108 and NM109


@dataclass(frozen=True, slots=True, repr=False)
class RemittanceClaimSupplement:
    """What a claim says beyond ``RemittanceClaim``.

    Attributes:
        patient_identifier: The number in NM1*QC, only where it is not simply the member id.
        insured: NM1*IL.
        corrected: NM1*74, where it says more than the corrected member id.
        rendering_provider: NM1*82, where it says more than an NPI.
        adjustment_counts: How many adjustments each CAS holds, only where the payer wrote more
            segments than it had to.
    """

    patient_middle_name: str = ""
    patient_suffix: str = ""
    patient_identifier: Reference | None = None
    insured: RemittanceName | None = None
    corrected: RemittanceName | None = None
    rendering_provider: RemittanceName | None = None
    crossover_qualifier: str = "PI"  # NM108 of NM1*TT
    corrected_payer: RemittanceName | None = None  # NM1*PR: who should pay first
    other_subscriber: RemittanceName | None = None  # NM1*GB
    patient_status: str = ""  # CLP10
    drg_code: str = ""  # CLP11
    drg_weight: Decimal | None = None  # CLP12
    discharge_fraction: Decimal | None = None  # CLP13
    condition_response: str = ""  # CLP14
    inpatient: InpatientAdjudication | None = None  # MIA
    outpatient: OutpatientAdjudication | None = None  # MOA, where it says more than remarks
    references: tuple[Reference, ...] = ()  # REF of the claim
    provider_references: tuple[Reference, ...] = ()  # REF of the rendering provider
    coverage_expired_on: date | None = None  # DTM*036
    contacts: tuple[Contact, ...] = ()  # PER*CX
    amounts: tuple[RemittanceAmount, ...] = ()  # AMT
    quantities: tuple[RemittanceQuantity, ...] = ()  # QTY
    adjustment_counts: tuple[int, ...] = ()


NO_REMITTANCE_CLAIM_SUPPLEMENT = RemittanceClaimSupplement()


@dataclass(frozen=True, slots=True, repr=False)
class RemittanceLineSupplement:
    """What a line says beyond ``RemittanceLine``.

    Attributes:
        procedure_qualifier: SVC01-1 where it is neither HC nor NU: N4, HP, AD ...
        are_units_said: SVC05 is there; without it, one unit is meant.
        submitted_qualifier: SVC06-1.
        adjustment_counts: As of a claim.
    """

    procedure_qualifier: str = ""
    are_units_said: bool = True
    submitted_qualifier: str = "HC"
    submitted_modifiers: tuple[str, ...] = ()  # SVC06-3 to -6
    submitted_description: str = ""  # SVC06-7
    submitted_units: Decimal | None = None  # SVC07
    references: tuple[Reference, ...] = ()  # REF of the service
    provider_references: tuple[Reference, ...] = ()  # REF of the rendering provider
    policies: tuple[str, ...] = ()  # REF*0K
    amounts: tuple[RemittanceAmount, ...] = ()  # AMT but B6
    quantities: tuple[RemittanceQuantity, ...] = ()  # QTY
    drug_remarks: tuple[str, ...] = ()  # LQ*RX
    adjustment_counts: tuple[int, ...] = ()


NO_REMITTANCE_LINE_SUPPLEMENT = RemittanceLineSupplement()
