"""The proof of timely filing: what it claims, what it shows, no patient in its title."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf

from models.documents.proof_of_filing import FiledVersion, FilingReceipt, ProofOfFiling
from models.values.money import Money
from revcycle.formats.pdf.proof_of_filing import proof_facts, render_proof_of_filing
from tests.unit.formats.letters.letter_examples import DAY, PRACTICE

SENT = FiledVersion(
    1,
    "C1A2B3C401",
    "1",
    "837-7.x12",
    "837P",
    "000000007",
    "a" * 64,
    datetime(2026, 3, 2, 15, tzinfo=UTC),
)
TAKEN = FilingReceipt(
    "277CA",
    is_accepted=True,
    code="A2:20",
    meaning="accepted",
    version=1,
    received_at=datetime(2026, 3, 3, 4, tzinfo=UTC),
    file_name="ack.x12",
    sha256="b" * 64,
    payer_claim_control_number="ICN77",
)
PROOF = ProofOfFiling(
    practice=PRACTICE,
    time_zone="America/Chicago",
    drawn_on=DAY,
    payer_name="Commonweal Mutual",
    payer_id="CMWL2",
    patient_name="Ottilie Specimen",
    member_id="M100",
    control_number="C1A2B3C4",
    payer_claim_control_number="ICN77",
    service_from=date(2026, 2, 20),
    service_to=date(2026, 2, 20),
    charge=Money(12_500),
    file_by=date(2026, 5, 21),
    filed_on=date(2026, 3, 2),
    is_payer_receipt=True,
    versions=(SENT,),
    receipts=(TAKEN,),
)


def test_the_proof_says_when_the_claim_left_and_who_took_it() -> None:
    facts = proof_facts(PROOF)
    assert facts["verdict"] == (
        "The claim left on March 2, 2026 and was accepted by the payer; "
        "the last day of the filing limit was May 21, 2026."
    )
    assert facts["versions"] == [
        ["C1A2B3C401", "original", "03/02/2026 09:00", "837P 000000007", "a" * 16]
    ]
    assert facts["receipts"] == [
        ["03/02/2026 22:00", "277CA A2:20", "version 1 accepted: accepted", "ICN77", "b" * 16]
    ]


def test_without_the_payers_receipt_it_does_not_say_accepted() -> None:
    facts = proof_facts(replace(PROOF, is_payer_receipt=False, receipts=()))
    assert "accepted" not in str(facts["verdict"])


def test_what_never_left_is_no_proof() -> None:
    facts = proof_facts(replace(PROOF, filed_on=None, versions=(), receipts=()))
    assert facts["verdict"] == "No version of this claim is known to have left."


def test_a_claim_that_left_late_is_not_called_timely() -> None:
    late = replace(PROOF, filed_on=date(2026, 5, 22))
    assert not late.is_in_time
    assert "accepted by the payer" not in str(proof_facts(late)["verdict"])


def test_the_title_names_no_patient_and_the_pdf_is_tagged() -> None:
    with pikepdf.open(io.BytesIO(render_proof_of_filing(PROOF))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        title = str(pdf.docinfo["/Title"])
        assert title.startswith("Proof of timely filing to Commonweal Mutual")
        assert "Specimen" not in title


def test_what_a_payer_wrote_is_only_text() -> None:
    hostile = '#panic("x") #import "@preview/x:1.0.0" $x$ *b* <a> \\ @ref'
    proof = replace(
        PROOF, receipts=(replace(TAKEN, meaning=hostile, code=hostile),), payer_name=hostile
    )
    assert render_proof_of_filing(proof).startswith(b"%PDF-")


def test_many_receipts_take_more_pages() -> None:
    with pikepdf.open(
        io.BytesIO(render_proof_of_filing(replace(PROOF, receipts=(TAKEN,) * 80)))
    ) as pdf:
        assert len(pdf.pages) > 1
