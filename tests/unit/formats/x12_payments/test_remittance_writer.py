"""Writing 835 files: what is written is read again, and independent validators accept it."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import oxedi
import pytest
import pyx12.params
import pyx12.x12n_document
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.claim import Adjustment
from models.documents.party import Address, Organization
from models.documents.remittance import (
    RemittanceClaim,
    RemittanceDocument,
    RemittanceLine,
)
from models.errors import RejectedError
from models.values.money import Money, total
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.remittances.balance import (
    claim_adjusted,
    payment_expected,
    remittance_gaps,
)
from revcycle.formats.x12.t835 import read_remittances, write_remittances
from tests.unit.formats.x12_payments.remittance_claim_strategies import NPI
from tests.unit.formats.x12_payments.remittance_strategies import ANY_REMITTANCE

ENVELOPE = Envelope(
    sender_qualifier="ZZ",
    sender_id="INVENTEDPAYER",
    receiver_qualifier="ZZ",
    receiver_id="LAKESIDE",
    control_number=7,
    created_at=datetime(2026, 3, 2, 6, 15, tzinfo=UTC),
)


def _numbered(documents: Sequence[RemittanceDocument]) -> tuple[RemittanceDocument, ...]:
    """The control numbers are given by the writer."""
    return tuple(
        replace(document, control_number=f"{number:04d}")
        for number, document in enumerate(documents, start=1)
    )


def _balanced(document: RemittanceDocument) -> RemittanceDocument:
    """Move charges and payment to where they balance, all amounts else kept."""
    claims = tuple(_balanced_claim(claim) for claim in document.claims)
    document = replace(document, claims=claims, is_credit=True)
    return replace(document, amount=payment_expected(document))


def _balanced_claim(claim: RemittanceClaim) -> RemittanceClaim:
    lines = tuple(
        replace(line, charge=line.paid + total(one.amount for one in line.adjustments))
        for line in claim.lines
    )
    claim = replace(claim, lines=lines)
    charge = total(line.charge for line in lines) if lines else claim.charge
    claim = replace(claim, charge=charge)
    return replace(claim, paid=charge - claim_adjusted(claim))


@settings(max_examples=25, deadline=None)
@given(st.lists(ANY_REMITTANCE, max_size=2))
def test_what_is_written_is_read_again(documents: list[RemittanceDocument]) -> None:
    read, findings = read_remittances(write_remittances(documents, ENVELOPE))
    assert findings == ()
    assert read == _numbered(documents)


@settings(max_examples=25, deadline=None)
@given(ANY_REMITTANCE)
def test_a_balanced_remittance_has_no_gap_here_and_no_diagnostic_in_oxedi(
    document: RemittanceDocument,
) -> None:
    balanced = _balanced(document)
    written = write_remittances([balanced], ENVELOPE)
    assert remittance_gaps(balanced) == ()
    assert [str(found) for found in oxedi.parse(written).diagnostics] == []


@settings(max_examples=25, deadline=None)
@given(ANY_REMITTANCE, st.integers(1, 500))
def test_a_gap_of_any_size_is_found_here_and_by_oxedi(
    document: RemittanceDocument, cents: int
) -> None:
    off = _balanced(document)
    off = replace(off, amount=off.amount + Money(cents))
    diagnostics = oxedi.parse(write_remittances([off], ENVELOPE)).diagnostics
    assert [gap.rule_id for gap in remittance_gaps(off)] == ["x12.835_payment_balance"]
    assert diagnostics


def _with_one_footer(document: RemittanceDocument) -> RemittanceDocument:
    """Leave as many adjustments as fit into one PLB; pyx12 takes a second one for a second loop."""
    return replace(document, provider_adjustments=document.provider_adjustments[:6])


def _pyx12_errors(written: bytes) -> list[str]:
    errors = io.StringIO()
    pyx12.x12n_document.x12n_document(
        pyx12.params.params(),
        io.StringIO(written.decode("latin-1")),
        None,
        None,
        None,
        fd_json=errors,
    )
    return _error_texts(json.loads(errors.getvalue()))


def _error_texts(found: object) -> list[str]:
    if isinstance(found, dict):
        own = [str(found["err_str"])] if "err_str" in found else []
        return own + [text for part in found.values() for text in _error_texts(part)]
    if isinstance(found, list):
        return [text for part in found for text in _error_texts(part)]
    return []


@settings(max_examples=6, deadline=None)
@given(st.lists(ANY_REMITTANCE.map(_with_one_footer), min_size=1, max_size=2))
def test_pyx12_accepts_what_is_written(documents: list[RemittanceDocument]) -> None:
    assert _pyx12_errors(write_remittances(documents, ENVELOPE)) == []


LINE_EXAMPLE = RemittanceLine(charge=Money(15000), paid=Money(15000), procedure_code="99213")
CLAIM_EXAMPLE = RemittanceClaim(
    claim_control_number="LFM000000201",
    status="1",
    charge=Money(15000),
    paid=Money(15000),
    filing_indicator="12",
    payer_claim_control_number="IHP26061000021",
    patient_last_name="EXAMPLE",
    patient_first_name="ADA",
    lines=(LINE_EXAMPLE,),
)
EXAMPLE = RemittanceDocument(
    payer=Organization(
        name="Invented Health Plan",
        tax_id="990000001",
        address=Address("1 Example Plaza", "Springfield", "IL", "62701"),
    ),
    payee=Organization(name="Lakeside Family Medicine", npi=NPI),
    handling_code="I",
    amount=Money(15000),
    is_credit=True,
    method="ACH",
    payment_date=date(2026, 3, 2),
    trace_number="EFT1",
    payer_trace_id="1990000001",
    claims=(CLAIM_EXAMPLE,),
)


def _with_line(**changes: object) -> RemittanceDocument:
    line = replace(LINE_EXAMPLE, **changes)  # type: ignore[arg-type] # names are given by the tests
    return replace(EXAMPLE, claims=(replace(CLAIM_EXAMPLE, lines=(line,)),))


def _with_claim(**changes: object) -> RemittanceDocument:
    claim = replace(CLAIM_EXAMPLE, **changes)  # type: ignore[arg-type] # names are given by the tests
    return replace(EXAMPLE, claims=(claim,))


UNWRITABLE = {
    "a payer without an address": replace(EXAMPLE, payer=Organization(name="INVENTED")),
    "a payee without NPI or tax id": replace(EXAMPLE, payee=Organization(name="LAKESIDE")),
    "a payment without a trace number": replace(EXAMPLE, trace_number=""),
    "the group CR of version 4010": _with_line(adjustments=(Adjustment("CR", "45", Money(1)),)),
    "five modifiers": _with_line(modifiers=("25", "59", "GP", "XS", "76")),
    "a service without any code": _with_line(procedure_code=""),
    "six claim remarks": _with_claim(remarks=("MA01",) * 6),
    "a filing indicator of the 837 only": _with_claim(filing_indicator="CI"),
    "a crossover payer without its id": _with_claim(crossover_payer_name="SECOND PLAN"),
    "a delimiter in a control number": _with_claim(claim_control_number="A*B"),
    "a blank before a control number": _with_claim(claim_control_number=" LFM1"),
}


@pytest.mark.parametrize("document", UNWRITABLE.values(), ids=UNWRITABLE.keys())
def test_what_cannot_be_carried_is_refused(document: RemittanceDocument) -> None:
    with pytest.raises(RejectedError):
        write_remittances([document], ENVELOPE)


def test_seven_adjustments_of_a_group_take_two_segments() -> None:
    adjustments = tuple(Adjustment("CO", f"{number}", Money(1)) for number in range(1, 8))
    written = write_remittances([_with_line(adjustments=adjustments)], ENVELOPE).decode()
    assert "CAS*CO*1*.01" not in written
    assert written.count("CAS*CO*") == 2
    assert "\nCAS*CO*7*0.01~" in written


def test_the_quantity_of_the_last_adjustment_is_written_only_if_known() -> None:
    adjustments = (
        Adjustment("CO", "97", Money(6000), Decimal("1.50")),
        Adjustment("CO", "45", Money(1000)),
    )
    written = write_remittances([_with_line(adjustments=adjustments)], ENVELOPE).decode()
    assert "\nCAS*CO*97*60*1.5*45*10~" in written
