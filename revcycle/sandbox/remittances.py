"""From verdicts to 835 payments that add up."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from models.documents.claim import Adjustment, ClaimDocument, ClaimPayer
from models.documents.party import Address, Organization
from models.documents.remittance import (
    ProviderAdjustment,
    RemittanceClaim,
    RemittanceDocument,
    RemittanceLine,
)
from models.values.money import ZERO, Money, total
from revcycle.formats.x12.remittances.balance import remittance_gaps
from revcycle.formats.x12.remittances.writing import FILING_INDICATORS
from revcycle.sandbox.pricing import LineDecision, patient_share
from revcycle.sandbox.verdicts import REVERSAL_STATUS

ADDRESS: Final = Address("1 SANDBOX PLAZA", "DAYTON", "OH", "454020001")
CONTACT: Final = ("PROVIDER SERVICES", "5555550199")
TAKE_BACK: Final = "WO"
BALANCE_FORWARD: Final = "FB"
# CLP06 knows fewer codes than SBR09.
FILING_INDICATOR_OF: Final[Mapping[str, str]] = {"CI": "12", "BL": "12"}
UNLISTED_INDICATOR: Final = "ZZ"


class DecisionKind(StrEnum):
    """Why a claim stands in a remittance."""

    DECISION = "decision"
    REVERSAL = "reversal"
    CORRECTION = "correction"
    ONWARD = "onward"  # of the payer it was forwarded to


@dataclass(frozen=True, slots=True)
class PayerView:
    """What a payer knows of a claim it decides."""

    claim: ClaimDocument
    payer: ClaimPayer
    payer_number: str
    received_on: date


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that a payment moves outside claims (PLB); positive lowers the payment."""

    reason: str
    reference: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is paid, by whom: one payment each."""

    payer: ClaimPayer
    provider: Organization


def decided_claim(
    view: PayerView, status: str, lines: Sequence[LineDecision], forwarded_to: ClaimPayer | None
) -> RemittanceClaim:
    """Put the decisions on a claim's lines into the shape of a remittance."""
    claim = view.claim
    written = tuple(
        RemittanceLine(
            charge=line.charge,
            paid=decision.paid,
            procedure_code=line.procedure_code,
            modifiers=line.modifiers,
            revenue_code=line.revenue_code,
            units=line.units,
            service_date=line.service_date,
            service_end_date=line.service_end_date,
            line_control_number=line.line_control_number,
            allowed=decision.allowed,
            adjustments=decision.adjustments,
            remarks=decision.remarks,
        )
        for line, decision in zip(claim.lines, lines, strict=True)
    )
    return RemittanceClaim(
        claim_control_number=claim.control_number,
        status=status,
        charge=claim.charge_total,
        paid=total(line.paid for line in written),
        patient_responsibility=_owed_by_patient(written),
        filing_indicator=_filing_indicator(view.payer.filing_indicator),
        payer_claim_control_number=view.payer_number,
        facility_code=_facility_code(claim),
        frequency_code=str(claim.frequency_code),
        patient_last_name=claim.patient.last_name,
        patient_first_name=claim.patient.first_name,
        member_id=claim.subscriber.member_id if view.payer == claim.payer else "",
        crossover_payer_name=forwarded_to.name if forwarded_to else "",
        crossover_payer_id=forwarded_to.payer_id if forwarded_to else "",
        statement_from=claim.first_service_date,
        statement_to=claim.last_service_date,
        received_on=view.received_on,
        lines=written,
    )


def reversed_claim(decision: RemittanceClaim, claim: ClaimDocument) -> RemittanceClaim:
    """Take a decision back: the same, with every amount negated.

    Args:
        decision: What was decided, with or without the patient's name.
        claim: A claim of the same patient, for the name.

    Source:
        ASC X12 005010X221A1, section 1.10.2.8 (reversals and corrections).
    """
    lines = tuple(
        replace(
            line,
            charge=-line.charge,
            paid=-line.paid,
            allowed=None,
            adjustments=tuple(map(_negated, line.adjustments)),
        )
        for line in decision.lines
    )
    return replace(
        decision,
        status=REVERSAL_STATUS,
        charge=-decision.charge,
        paid=-decision.paid,
        patient_responsibility=None,
        patient_last_name=claim.patient.last_name,
        patient_first_name=claim.patient.first_name,
        crossover_payer_name="",
        crossover_payer_id="",
        lines=lines,
    )


def without_names(decision: RemittanceClaim) -> RemittanceClaim:
    """Leave out who the patient is, for the record."""
    return replace(decision, patient_last_name="", patient_first_name="", member_id="")


def patient_share_of(claim: RemittanceClaim) -> Money:
    """Add up what a decision leaves to the patient."""
    return total(patient_share(line.adjustments) for line in claim.lines)


def payment(
    payee: Payee,
    claims: Sequence[RemittanceClaim],
    owed: Sequence[Moved],
    *,
    trace_number: str,
    paid_on: date,
    moved: Sequence[Moved] = (),
) -> RemittanceDocument:
    """Make one payment of decided claims.

    A sum below zero is not collected here: it is announced in PLB, or moved to the next payment,
    and taken out of a later one as far as that reaches.

    Args:
        payee: Who is paid, by whom.
        claims: What is paid for.
        owed: What earlier payments announced to take back.
        trace_number: TRN02.
        paid_on: BPR16.
        moved: What this payment moves outside claims in any case.
    """
    claimed = total(claim.paid for claim in claims) - total(one.amount for one in moved)
    if claimed < ZERO:
        named = {one.reference for one in moved}
        free = [claim for claim in claims if claim.payer_claim_control_number not in named]
        later = _announced(free, -claimed, trace_number)
    else:
        later = _taken(owed, claimed)
    adjustments = tuple(
        ProviderAdjustment(
            payee.provider.npi or payee.provider.tax_id,
            date(paid_on.year, 12, 31),
            one.reason,
            one.reference,
            one.amount,
        )
        for one in (*moved, *later)
    )
    amount = claimed - total(one.amount for one in later)
    document = RemittanceDocument(
        payer=_payer(payee.payer),
        payee=replace(payee.provider, address=None, contact_name="", contact_phone=""),
        handling_code="I" if amount else "H",
        amount=amount,
        is_credit=True,
        method="CHK" if amount else "NON",
        payment_date=paid_on,
        trace_number=trace_number,
        payer_trace_id=f"1{tax_id_of(payee.payer.payer_id)}",
        claims=tuple(claims),
        provider_adjustments=adjustments,
        payer_id=payee.payer.payer_id,
        production_date=paid_on,
    )
    assert not remittance_gaps(document), "a payment of the sandbox does not add up"  # noqa: S101
    return document


def tax_id_of(payer_id: str) -> str:
    """Invent a payer's tax number; the same payer always has the same."""
    number = int.from_bytes(hashlib.sha256(payer_id.encode()).digest()[:8]) % 100_000_000
    return f"9{number:08d}"


def _announced(claims: Iterable[RemittanceClaim], short: Money, trace_number: str) -> list[Moved]:
    """Announce what a payment is short of, by what it takes back; else move it to the next."""
    parts = []
    for claim in claims:
        part = min(short, -claim.paid)
        if claim.is_reversal and part > ZERO:
            parts.append(Moved(TAKE_BACK, claim.payer_claim_control_number, -part))
            short -= part
    if short > ZERO:
        parts.append(Moved(BALANCE_FORWARD, trace_number, -short))
    return parts


def _taken(owed: Iterable[Moved], available: Money) -> list[Moved]:
    parts = []
    for one in owed:
        part = min(one.amount, available)
        if part > ZERO:
            parts.append(replace(one, amount=part))
            available -= part
    return parts


def _payer(payer: ClaimPayer) -> Organization:
    name, phone = CONTACT
    return Organization(
        name=payer.name or payer.payer_id,
        tax_id=tax_id_of(payer.payer_id),
        address=ADDRESS,
        contact_name=name,
        contact_phone=phone,
    )


def _owed_by_patient(lines: Sequence[RemittanceLine]) -> Money | None:
    owed = total(patient_share(line.adjustments) for line in lines)
    return owed or None


def _filing_indicator(submitted: str) -> str:
    indicator = FILING_INDICATOR_OF.get(submitted, submitted)
    return indicator if indicator in FILING_INDICATORS else UNLISTED_INDICATOR


def _facility_code(claim: ClaimDocument) -> str:
    if claim.institutional is not None:
        return claim.institutional.bill_type[1:3]
    return claim.place_of_service


def _negated(adjustment: Adjustment) -> Adjustment:
    quantity = adjustment.quantity
    return replace(
        adjustment, amount=-adjustment.amount, quantity=None if quantity is None else -quantity
    )
