"""What a payer said of one claim, in words for a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.documents.claim import Adjustment
from models.documents.remittance import RemittanceClaim, RemittanceLine
from models.values.access import FieldKind
from models.values.money import Money
from revcycle.operations.posting.read_remittance_claim import OpenedRemittanceClaim
from revcycle.rules.access.field_masks import see_field
from revcycle.rules.access.rights import Access
from revcycle.rules.posting.candidates import said_dates
from workbench.pages.records.money_words import CLAIM_STATUS_WORDS, say_adjustment


@dataclass(frozen=True, slots=True)
class SaidAdjustment:
    """Why the payer paid less."""

    code: str
    words: str
    amount: Money


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One service as the payer judged it.

    Attributes:
        submitted_code: What the payer says we billed, where it judged another code.
    """

    ordinal: int
    code: str
    submitted_code: str
    day: date | None
    charge: Money
    paid: Money
    allowed: Money | None
    adjustments: tuple[SaidAdjustment, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class SaidClaim:
    """One claim as the payer judged it, and the payment it came with."""

    payer_name: str
    trace_number: str
    paid_on: date
    patient: str
    member_id: str
    number: str
    payer_number: str
    status: str
    days: tuple[date, ...]
    charge: Money
    paid: Money
    adjustments: tuple[SaidAdjustment, ...]
    remarks: tuple[str, ...]
    lines: tuple[SaidLine, ...]


def picture_said(opened: OpenedRemittanceClaim, access: Access) -> SaidClaim:
    """Picture what a payer said, as far as a person may see it."""
    decision, document = opened.decision, opened.document
    names = (decision.patient_last_name, decision.patient_first_name)
    return SaidClaim(
        payer_name=opened.facts.payer_name,
        trace_number=document.trace_number,
        paid_on=document.payment_date,
        patient=", ".join(filter(None, names)),
        member_id=see_field(access, FieldKind.MEMBER_ID, decision.member_id),
        number=decision.claim_control_number,
        payer_number=decision.payer_claim_control_number,
        status=CLAIM_STATUS_WORDS.get(decision.status, f"status {decision.status}"),
        days=said_dates(decision),
        charge=decision.charge,
        paid=decision.paid,
        adjustments=_adjustments(decision.adjustments),
        remarks=decision.remarks,
        lines=_lines(decision),
    )


def _lines(decision: RemittanceClaim) -> tuple[SaidLine, ...]:
    return tuple(_line(ordinal, line) for ordinal, line in enumerate(decision.lines, start=1))


def _line(ordinal: int, line: RemittanceLine) -> SaidLine:
    changed = line.submitted_procedure_code not in ("", line.procedure_code)
    return SaidLine(
        ordinal=ordinal,
        code=" ".join((line.procedure_code or line.revenue_code, *line.modifiers)),
        submitted_code=line.submitted_procedure_code if changed else "",
        day=line.service_date,
        charge=line.charge,
        paid=line.paid,
        allowed=line.allowed,
        adjustments=_adjustments(line.adjustments),
        remarks=line.remarks,
    )


def _adjustments(adjustments: Iterable[Adjustment]) -> tuple[SaidAdjustment, ...]:
    return tuple(
        SaidAdjustment(
            f"{one.group}-{one.reason}", say_adjustment(one.group, one.reason), one.amount
        )
        for one in adjustments
    )
