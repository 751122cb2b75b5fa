"""TA1, 999 and 277CA: what a payer says of our files."""

from dataclasses import replace
from datetime import date

import pytest

from models.documents.acknowledgement import (
    ClaimAcknowledgement,
    ClaimStatus,
    ElementError,
    FunctionalAcknowledgement,
    InterchangeAcknowledgement,
    SegmentError,
    TransactionAcknowledgement,
)
from models.errors import RejectedError
from models.values.money import Money
from revcycle.formats.x12 import t277ca, t837p, t999, ta1
from revcycle.formats.x12.interchange import read_interchanges
from tests.unit.formats.x12_claims.claim_examples import (
    a_batch,
    an_envelope,
    dependent_claim,
    replacement_claim,
    self_claim,
)
from tests.unit.formats.x12_claims.claim_oracle import complaints

BATCH = a_batch(self_claim(), dependent_claim(), replacement_claim())
JUDGED_ON = date(2026, 11, 22)
REFUSED_GROUP = FunctionalAcknowledgement(
    functional_code="HC",
    group_control_number="42",
    version="005010X222A1",
    code="R",
    included=1,
    received=1,
    accepted=0,
    transactions=(
        TransactionAcknowledgement(
            "837",
            "0001",
            "R",
            (
                SegmentError("NM1", 14, "2010", "8", (ElementError("9", "1"),)),
                SegmentError("SV1", 31, "2400", "8", (ElementError("1-2", "7"),)),
                SegmentError("HI", 22, "2300", "3"),
            ),
        ),
    ),
)
ACCEPTED_GROUP = FunctionalAcknowledgement(
    "HC", "42", "005010X222A1", "A", 1, 1, 1, (TransactionAcknowledgement("837", "0001", "A"),)
)


def of_claim(number: str, *statuses: ClaimStatus, **said: object) -> ClaimAcknowledgement:
    ack = ClaimAcknowledgement(
        claim_control_number=number,
        statuses=statuses,
        is_accepted=not any(status.is_refusal for status in statuses),
        charge=Money(16_550),
        effective_on=JUDGED_ON,
        batch_reference="B0001",
    )
    return replace(ack, **said)  # type: ignore[arg-type] # the fields of the document itself


ACKS = (
    of_claim("A-1", ClaimStatus("A2", "20", "PR"), payer_claim_control_number="ICN7"),
    of_claim("A-2", ClaimStatus("A7", "164", "IL"), ClaimStatus("A7", "158", "QC")),
    of_claim("A-4", ClaimStatus("A1", "20")),
)


@pytest.mark.parametrize("ack", [REFUSED_GROUP, ACCEPTED_GROUP], ids=["refused", "accepted"])
def test_a_999_survives_the_file_and_pyx12_accepts_it(ack: FunctionalAcknowledgement) -> None:
    written = t999.write_functional_acknowledgement(ack, an_envelope())
    assert t999.read_functional_acknowledgements(written) == ((ack,), ())
    assert complaints(written) == ""


def test_a_997_is_read_like_a_999() -> None:
    written = t999.write_functional_acknowledgement(REFUSED_GROUP, an_envelope())
    older = written.replace(b"\nIK", b"\nAK").replace(b"ST*999", b"ST*997")
    assert t999.read_functional_acknowledgements(older) == ((REFUSED_GROUP,), ())


def test_a_999_that_ends_early_is_reported_and_not_taken_for_a_verdict() -> None:
    written = t999.write_functional_acknowledgement(ACCEPTED_GROUP, an_envelope())
    acks, findings = t999.read_functional_acknowledgements(written.split(b"AK9")[0])
    assert acks == ()
    assert [finding.rule_id for finding in findings] == ["x12.no_verdict"]


@pytest.mark.parametrize(("code", "note"), [("A", "000"), ("R", "025")])
def test_a_ta1_survives_the_file_and_pyx12_accepts_it(code: str, note: str) -> None:
    [ours] = read_interchanges(t837p.write_claims(BATCH, an_envelope()))
    ack = ta1.acknowledge(ours, code, note)
    written = ta1.write_interchange_acknowledgement(ack, an_envelope(), ours)
    assert ta1.read_interchange_acknowledgements(written) == ((ack,), ())
    assert b"TA1*000000042*261122*0930*" in written
    assert b"IEA*0*" in written
    assert complaints(written) == ""


def test_a_ta1_without_leading_zeros_names_the_same_interchange() -> None:
    [ours] = read_interchanges(t837p.write_claims(BATCH, an_envelope()))
    written = ta1.write_interchange_acknowledgement(
        InterchangeAcknowledgement("42", "R", "025"), an_envelope(), ours
    )
    (ack,), _ = ta1.read_interchange_acknowledgements(written)
    assert (ack.control_number, ack.is_rejected) == ("000000042", True)


def test_a_277ca_survives_the_file_and_pyx12_accepts_it() -> None:
    written = t277ca.write_claim_acknowledgements(ACKS, BATCH, an_envelope())
    assert t277ca.read_claim_acknowledgements(written) == (ACKS, ())
    assert [ack.is_accepted for ack in ACKS] == [True, False, True]
    assert complaints(written) == ""


def test_a_277ca_of_refusals_only_passes_pyx12() -> None:
    refusals = [
        replace(ack, statuses=(ClaimStatus("A3", "21"),), is_accepted=False) for ack in ACKS
    ]
    written = t277ca.write_claim_acknowledgements(refusals, BATCH, an_envelope())
    assert complaints(written) == ""
    assert not any(ack.is_accepted for ack in t277ca.read_claim_acknowledgements(written)[0])


@pytest.mark.parametrize("loop", [b"STC*A1:19:PR*20261122*WQ*496.5", b"STC*A1:19:PR**WQ*496.5"])
def test_a_refusal_above_the_claims_is_inherited(loop: bytes) -> None:
    written = t277ca.write_claim_acknowledgements(ACKS, BATCH, an_envelope())
    assert written.count(loop) == 1
    refusing = loop.replace(b"A1:19:PR", b"A8:562:85").replace(b"WQ", b"U")
    acks, _ = t277ca.read_claim_acknowledgements(written.replace(loop, refusing))
    assert [ack.is_accepted for ack in acks] == [False, False, False]
    assert ClaimStatus("A8", "562", "85") in acks[0].statuses


def test_a_batch_refused_unopened_is_named_by_its_reference() -> None:
    refusal = ClaimAcknowledgement(
        "", (ClaimStatus("A3", "24", "41"),), is_accepted=False, batch_reference="B0001"
    )
    written = t277ca.write_claim_acknowledgements([refusal], BATCH, an_envelope())
    assert t277ca.read_claim_acknowledgements(written) == ((refusal,), ())


def test_a_claim_of_another_batch_is_refused() -> None:
    stranger = of_claim("Z-9", ClaimStatus("A2", "20"))
    with pytest.raises(RejectedError, match="name no claim of batch B0001"):
        t277ca.write_claim_acknowledgements([stranger], BATCH, an_envelope())


def test_each_reader_reports_files_of_another_kind() -> None:
    written = t277ca.write_claim_acknowledgements(ACKS, BATCH, an_envelope())
    for read in (t999.read_functional_acknowledgements, t837p.read_claims):
        found, findings = read(written)
        assert found == ()
        assert [finding.rule_id for finding in findings] == ["x12.other_transaction"]
