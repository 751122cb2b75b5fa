"""A paper remittance as a poster types it, and the document that it is."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from models.documents.claim import Adjustment
from models.documents.party import Organization
from models.documents.remittance import RemittanceClaim, RemittanceDocument, RemittanceLine
from models.values.money import Money, total

NO_PAYMENT: Final = "NON"
INFORMATION_ONLY: Final = "H"
WITH_PAYMENT: Final = "I"
DENIED: Final = "4"


@dataclass(frozen=True, slots=True)
class TypedLine:
    """What the payer says of one of our claim lines."""

    number: int  # of our line
    procedure_code: str
    charge: Money
    paid: Money
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedClaim:
    """What the payer says of one of our claims."""

    control_number: str
    payer_rank: int
    lines: tuple[TypedLine, ...]
    payer_number: str = ""

    @property
    def paid(self) -> Money:
        """What it pays in all."""
        return total(line.paid for line in self.lines)


@dataclass(frozen=True, slots=True)
class TypedRemittance:
    """One paper remittance.

    Attributes:
        number: Of the check, or the trace of the electronic payment.
        method: CHK, ACH or, where no money comes with it, NON.
    """

    payer_name: str
    payer_id: str
    number: str
    method: str
    paid_on: date
    amount: Money
    claims: tuple[TypedClaim, ...]


def document_of(
    typed: TypedRemittance, *, payee: Organization, payer_trace_id: str
) -> RemittanceDocument:
    """Say what was typed as an 835 would, so that the same rules judge and book it."""
    return RemittanceDocument(
        payer=Organization(typed.payer_name, address=payee.address, contact_name=typed.payer_name),
        payee=payee,
        handling_code=WITH_PAYMENT if typed.amount else INFORMATION_ONLY,
        amount=typed.amount,
        is_credit=True,
        method=typed.method if typed.amount else NO_PAYMENT,
        payment_date=typed.paid_on,
        trace_number=typed.number,
        payer_trace_id=payer_trace_id,
        claims=tuple(_claim(one) for one in typed.claims),
        payer_id=typed.payer_id,
        production_date=typed.paid_on,
    )


def _claim(typed: TypedClaim) -> RemittanceClaim:
    return RemittanceClaim(
        claim_control_number=typed.control_number,
        status=str(typed.payer_rank) if typed.paid else DENIED,
        charge=total(line.charge for line in typed.lines),
        paid=typed.paid,
        payer_claim_control_number=typed.payer_number,
        lines=tuple(_line(line) for line in typed.lines),
    )


def _line(typed: TypedLine) -> RemittanceLine:
    return RemittanceLine(
        charge=typed.charge,
        paid=typed.paid,
        procedure_code=typed.procedure_code,
        line_control_number=str(typed.number),
        adjustments=typed.adjustments,
    )
