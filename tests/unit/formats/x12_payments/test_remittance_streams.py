"""Remittances one by one, their amounts by name, and what nobody may see of them."""

from dataclasses import FrozenInstanceError
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from models.documents.claim import Adjustment
from models.documents.remittance import RemittanceClaim, RemittanceDocument, RemittanceLine
from models.documents.remittance_codes import (
    RemittanceAmountKind,
    RemittanceQuantityKind,
    RemittanceReferenceKind,
)
from models.documents.remittance_supplements import (
    NO_REMITTANCE_CLAIM_SUPPLEMENT,
    NO_REMITTANCE_LINE_SUPPLEMENT,
)
from models.values.money import Money
from revcycle.formats.x12.lexing import Limits
from revcycle.formats.x12.segments import NotX12Error
from revcycle.formats.x12.t835 import iter_remittances, read_remittances

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "x12_835"
PAID = (GOLDEN / "paid_with_contractual_and_patient_share.835").read_bytes()
TAKEBACK = (GOLDEN / "takeback_and_interest_in_plb.835").read_bytes()
DETAILED = (GOLDEN / "inpatient_stay_with_all_details.835").read_bytes()


def _detailed() -> RemittanceDocument:
    (document,), findings = read_remittances(DETAILED)
    assert findings == ()
    return document


def test_a_stream_gives_one_remittance_after_the_other() -> None:
    stream = iter_remittances(BytesIO(PAID + TAKEBACK), Limits(block_bytes=200))
    traces = [document.trace_number for document, _ in stream if document is not None]
    assert traces == ["EFT260302001", "EFT260302004", "NON260302004"]


def test_a_stream_tells_apart_what_was_noticed_in_each() -> None:
    spoiled = TAKEBACK.replace(b"BPR*I*71.34*", b"BPR*I*7l.34*")
    read = list(iter_remittances(PAID + spoiled))
    assert [document is None for document, _ in read] == [False, True, False]
    assert [[found.subject for found in findings] for _, findings in read] == [[], ["BPR02"], []]


def test_a_file_that_is_not_read_to_its_end_is_an_error() -> None:
    read = list(iter_remittances(PAID + TAKEBACK, Limits(bytes_max=len(PAID) + 10)))
    assert "x12.stopped" in {found.rule_id for _, findings in read for found in findings}


def test_a_stream_without_an_interchange_is_refused() -> None:
    with pytest.raises(NotX12Error):
        list(iter_remittances(b"Dear provider, please find enclosed"))


def test_amounts_counts_and_numbers_are_found_by_their_names() -> None:
    claim = _detailed().claims[0]
    assert claim.amount_of(RemittanceAmountKind.COVERAGE) == Money(120_000)
    assert claim.amount_of(RemittanceAmountKind.INTEREST) == Money(425)
    assert claim.amount_of(RemittanceAmountKind.DISCOUNT) is None
    assert claim.quantity_of(RemittanceQuantityKind.COVERED_DAYS) == Decimal(3)
    assert claim.reference_of(RemittanceReferenceKind.MEDICAL_RECORD) == "MRN-5"
    assert claim.reference_of(RemittanceReferenceKind.POLICY) == ""
    assert claim.lines[0].amount_of(RemittanceAmountKind.ALLOWED) == Money(47_500)
    assert claim.lines[0].amount_of(RemittanceAmountKind.TAX) == Money(300)


def test_accounts_and_patients_are_not_shown() -> None:
    shown = repr(_detailed())
    for secret in ("123456789", "987654321", "TESTCASE", "IHP9000007", "QUINN", "SAMPLE"):
        assert secret not in shown


def test_an_ordinary_claim_shares_the_empty_supplements() -> None:
    plain = (
        PAID.decode()
        .replace("RHEA*Q***", "RHEA****")
        .replace("NM1*74*1******C*IHP900000111~\n", "")
        .replace("NM1*82*1*EXAMPLE*ADA****", "NM1*82*1******")
        .replace("REF*1L*GRP-77~\n", "")
        .replace("AMT*AU*225~\n", "")
    )
    (document,), _ = read_remittances(plain.encode())
    (claim,) = document.claims
    assert claim.supplement is NO_REMITTANCE_CLAIM_SUPPLEMENT
    assert claim.lines[1].supplement is NO_REMITTANCE_LINE_SUPPLEMENT
    assert (claim.member_id, claim.rendering_provider_npi) == ("IHP900000101", "1234500027")


def test_what_is_read_is_as_frozen_as_what_is_made() -> None:
    """The readers fill drafts, which become documents: nothing of that may be seen."""
    claim = _detailed().claims[0]
    line = claim.lines[0]
    adjustment = line.adjustments[0]
    assert (type(claim), type(line), type(adjustment)) == (
        RemittanceClaim,
        RemittanceLine,
        Adjustment,
    )
    assert adjustment == Adjustment("PR", "1", Money(5_000))
    assert hash(adjustment) == hash(Adjustment("PR", "1", Money(5_000)))
    for document, name in ((claim, "paid"), (line, "paid"), (adjustment, "amount")):
        with pytest.raises(FrozenInstanceError):
            setattr(document, name, Money(1))
