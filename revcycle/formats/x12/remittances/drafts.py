"""Lines, claims and adjustments while they are read.

A frozen dataclass sets each of its fields through ``object.__setattr__``: for hundreds of
thousands of lines that was a third of the time of reading. A draft has the same slots, is filled
like any object and then becomes the document by changing its class, which Python allows between
classes of one layout. Nobody outside of the readers sees a draft.
"""

from dataclasses import fields
from datetime import date
from decimal import Decimal

from models.documents.claim import Adjustment
from models.documents.claim_codes import KeptSegment
from models.documents.remittance import RemittanceClaim, RemittanceLine
from models.documents.remittance_supplements import (
    NO_REMITTANCE_CLAIM_SUPPLEMENT,
    NO_REMITTANCE_LINE_SUPPLEMENT,
    RemittanceClaimSupplement,
    RemittanceLineSupplement,
)
from models.values.money import Money
from revcycle.formats.x12.drafts import quick

new_adjustment = quick(Adjustment)


class LineDraft:
    """A ``RemittanceLine`` to be; what is not given is as in most lines."""

    __slots__ = tuple(field.name for field in fields(RemittanceLine))
    charge: Money
    paid: Money
    procedure_code: str
    modifiers: tuple[str, ...]
    revenue_code: str
    units: Decimal
    submitted_procedure_code: str
    service_date: date | None
    service_end_date: date | None
    line_control_number: str
    allowed: Money | None
    adjustments: tuple[Adjustment, ...]
    remarks: tuple[str, ...]
    supplement: RemittanceLineSupplement
    kept: tuple[KeptSegment, ...]

    def __init__(self, charge: Money, paid: Money, units: Decimal) -> None:
        self.charge = charge
        self.paid = paid
        self.units = units
        self.submitted_procedure_code = self.line_control_number = ""
        self.service_date = self.service_end_date = self.allowed = None
        self.adjustments = self.remarks = self.kept = ()
        self.supplement = NO_REMITTANCE_LINE_SUPPLEMENT

    def finished(self) -> RemittanceLine:
        """Become the document."""
        self.__class__ = RemittanceLine  # type: ignore[assignment] # the same slots
        return self  # type: ignore[return-value] # by now it is one


class ClaimDraft:
    """A ``RemittanceClaim`` to be; what is not given is as in most claims."""

    __slots__ = tuple(field.name for field in fields(RemittanceClaim))
    claim_control_number: str
    status: str
    charge: Money
    paid: Money
    patient_responsibility: Money | None
    filing_indicator: str
    payer_claim_control_number: str
    facility_code: str
    frequency_code: str
    patient_last_name: str
    patient_first_name: str
    member_id: str
    corrected_member_id: str
    rendering_provider_npi: str
    crossover_payer_name: str
    crossover_payer_id: str
    statement_from: date | None
    statement_to: date | None
    received_on: date | None
    adjustments: tuple[Adjustment, ...]
    remarks: tuple[str, ...]
    lines: tuple[RemittanceLine, ...]
    group: int
    supplement: RemittanceClaimSupplement
    kept: tuple[KeptSegment, ...]

    def __init__(self, charge: Money, paid: Money, group: int) -> None:
        self.charge = charge
        self.paid = paid
        self.group = group
        self.patient_responsibility = None
        self.patient_last_name = self.patient_first_name = self.member_id = ""
        self.corrected_member_id = self.rendering_provider_npi = ""
        self.crossover_payer_name = self.crossover_payer_id = ""
        self.statement_from = self.statement_to = self.received_on = None
        self.adjustments = self.remarks = self.lines = self.kept = ()
        self.supplement = NO_REMITTANCE_CLAIM_SUPPLEMENT

    def finished(self) -> RemittanceClaim:
        """Become the document."""
        self.__class__ = RemittanceClaim  # type: ignore[assignment] # the same slots
        return self  # type: ignore[return-value] # by now it is one
