"""Seeded 835 files: many payments, each for a thousand claims at most, all of them balanced."""

import random
from collections.abc import Iterator
from datetime import date
from functools import cache

from benchmarks.claim_files import PROCEDURES, SEED, WRITTEN_AT, practice_config
from models.documents.claim import Adjustment
from models.documents.party import Address, Organization
from models.documents.remittance import (
    ProviderAdjustment,
    RemittanceClaim,
    RemittanceDocument,
    RemittanceLine,
)
from models.values.money import ZERO, Money, total
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t835 import write_remittances

CLAIMS_A_PAYMENT = 1_000
PAID_ON = date(2026, 11, 18)
SERVICE_DATE = date(2026, 10, 5)
LINES = (1, 1, 2, 2, 3, 3)
STATUSES = ("1", "1", "1", "1", "2", "4")
REVERSAL_RATE = 0.02
REMARKS = ((), (), (), ("N130",), ("M15",), ("N130", "N362"))
PAYER = Organization(
    "BLUE HERON HEALTH PLAN",
    tax_id="999999999",
    address=Address("1 HERON LANE", "FERNWICK", "OH", "441011234"),
    contact_name="PROVIDER LINE",
)


@cache
def remittance_file(claims: int) -> bytes:
    """Write a file that decides so many claims; the same number gives the same bytes."""
    rng = random.Random(SEED)
    starts = range(0, claims, CLAIMS_A_PAYMENT)
    payments = [
        _payment(ordinal, range(start, min(start + CLAIMS_A_PAYMENT, claims)), rng)
        for ordinal, start in enumerate(starts, start=1)
    ]
    return write_remittances(payments, remittance_envelope())


def remittance_envelope() -> Envelope:
    """Address a file of the payer."""
    return Envelope("ZZ", "SANDBOXCH", "ZZ", "LAKESIDE01", 1, WRITTEN_AT)


def payment_for(
    trace_number: str,
    claims: tuple[RemittanceClaim, ...],
    adjustments: tuple[ProviderAdjustment, ...] = (),
) -> RemittanceDocument:
    """Pay these claims to the practice; the payment balances."""
    amount = total(claim.paid for claim in claims) - total(one.amount for one in adjustments)
    return RemittanceDocument(
        payer=PAYER,
        payee=practice_config().practice.to_document(),
        handling_code="I",
        amount=amount if amount >= ZERO else -amount,
        is_credit=amount >= ZERO,
        method="ACH" if amount else "NON",
        payment_date=PAID_ON,
        trace_number=trace_number,
        payer_trace_id="1999999999",
        claims=claims,
        provider_adjustments=adjustments,
        payer_id="BHHP1",
        production_date=PAID_ON,
    )


def _payment(ordinal: int, numbers: range, rng: random.Random) -> RemittanceDocument:
    claims = tuple(_claim(number, rng) for number in numbers)
    interest = ProviderAdjustment(
        practice_config().practice.npi, date(2026, 12, 31), "L6", f"INT{ordinal}", Money(-125)
    )
    return payment_for(f"EFT{ordinal:06d}", claims, (interest,))


def _claim(number: int, rng: random.Random) -> RemittanceClaim:
    is_reversal = rng.random() < REVERSAL_RATE
    control_number = f"BENCH{number:07d}"
    ordinals = range(1, rng.choice(LINES) + 1)
    lines = tuple(_line(control_number, one, -1 if is_reversal else 1, rng) for one in ordinals)
    return RemittanceClaim(
        claim_control_number=control_number,
        status="22" if is_reversal else rng.choice(STATUSES),
        charge=total(line.charge for line in lines),
        paid=total(line.paid for line in lines),
        patient_responsibility=None if is_reversal else Money(2_000),
        filing_indicator="12",
        payer_claim_control_number=f"ICN{number:09d}",
        facility_code="11",
        frequency_code="1",
        patient_last_name=f"INVENTED {number % 977}",
        patient_first_name="OTTO",
        member_id=f"BHH{number:07d}",
        rendering_provider_npi=practice_config().providers[0].npi,
        received_on=SERVICE_DATE,
        remarks=rng.choice(REMARKS),
        lines=lines,
    )


def _line(control_number: str, ordinal: int, sign: int, rng: random.Random) -> RemittanceLine:
    charge = rng.randrange(5_000, 60_000)
    adjustments = tuple(_adjustments(charge, sign, rng))
    adjusted = total(adjustment.amount for adjustment in adjustments)
    return RemittanceLine(
        charge=Money(sign * charge),
        paid=Money(sign * charge) - adjusted,
        procedure_code=rng.choice(PROCEDURES),
        service_date=SERVICE_DATE,
        line_control_number=f"{control_number}-{ordinal}",
        allowed=Money(charge),
        adjustments=adjustments,
        remarks=rng.choice(REMARKS),
    )


def _adjustments(charge: int, sign: int, rng: random.Random) -> Iterator[Adjustment]:
    yield Adjustment("CO", "45", Money(sign * rng.randrange(1, charge // 2)))
    if rng.random() < 0.5:  # noqa: PLR2004 - every second line
        yield Adjustment("PR", rng.choice("123"), Money(sign * rng.randrange(1, charge // 4)))
