"""Claims of every special kind; as they are written, they stand in tests/golden/x12_837."""

from dataclasses import replace
from decimal import Decimal

import pytest

from models.documents.claim import Adjustment, ClaimDocument, ClaimForm
from models.documents.claim_codes import KeptSegment
from models.values.money import Money
from revcycle.formats.x12 import t837i, t837p
from tests.unit.formats.x12_claims.claim_examples import (
    a_batch,
    an_envelope,
    dependent_claim,
    secondary_claim,
    self_claim,
)
from tests.unit.formats.x12_claims.claim_oracle import complaints
from tests.unit.formats.x12_claims.special_claims import SPECIAL_CLAIMS, equipment, plain_claim
from tests.unit.formats.x12_claims.special_institutional_claims import (
    SPECIAL_INSTITUTIONAL_CLAIMS,
)
from tests.unit.formats.x12_claims.special_shared_claims import SHARED_CLAIMS

FORMS = {ClaimForm.PROFESSIONAL: t837p, ClaimForm.INSTITUTIONAL: t837i}
# pyx12 does not know the codes of PWK02 that the guide has for certificates of medical necessity.
UNKNOWN_TO_PYX12 = {"equipment"}
CASES = SPECIAL_CLAIMS | SHARED_CLAIMS | SPECIAL_INSTITUTIONAL_CLAIMS


def segments_of(claim: ClaimDocument) -> list[str]:
    written: bytes = FORMS[claim.form].write_claims(a_batch(claim), an_envelope())
    return written.decode().replace("\n", "").split("~")


@pytest.mark.parametrize("name", sorted(CASES.keys() - UNKNOWN_TO_PYX12))
def test_pyx12_accepts_claims_of_every_special_kind(name: str) -> None:
    claim = CASES[name]()
    written = FORMS[claim.form].write_claims(a_batch(claim), an_envelope())
    assert complaints(written) == ""


def test_pyx12_objects_to_a_certificate_of_medical_necessity_and_to_nothing_else() -> None:
    found = complaints(t837p.write_claims(a_batch(equipment()), an_envelope()))
    assert found.count("\n") == 0
    assert "PWK02" in found


def test_claims_of_every_special_kind_share_a_file() -> None:
    claims = [replace(make(), control_number=f"S{n}") for n, make in enumerate(CASES.values())]
    professional = [claim for claim in claims if claim.form is ClaimForm.PROFESSIONAL]
    batch = a_batch(*professional)
    assert t837p.read_claims(t837p.write_claims(batch, an_envelope())) == (batch.claims, ())


def test_a_patient_has_a_hundred_claims_a_level_and_no_more() -> None:
    for claim, level in ((self_claim(), "22"), (dependent_claim(), "23")):
        batch = a_batch(*(replace(claim, control_number=f"C{n}") for n in range(201)))
        written = t837p.write_claims(batch, an_envelope()).decode()
        levels = [line for line in written.split("~\n") if line.startswith("HL*")]
        assert [line.split("*")[3] for line in levels].count(level) == 3
        assert t837p.read_claims(written.encode()) == (batch.claims, ())


def test_seven_reasons_of_a_group_need_two_segments() -> None:
    claim = secondary_claim()
    reasons = tuple(Adjustment("CO", str(n), Money(100), Decimal(1)) for n in range(1, 8))
    rest = Adjustment("PR", "1", Money(3_800))
    decision = replace(claim.lines[0].adjudications[0], adjustments=(*reasons, rest))
    line = replace(claim.lines[0], adjudications=(decision,))
    written = segments_of(replace(claim, lines=(line,)))
    assert [one for one in written if one.startswith("CAS")] == [
        "CAS*CO*1*1*1*2*1*1*3*1*1*4*1*1*5*1*1*6*1*1",
        "CAS*CO*7*1*1",
        "CAS*PR*1*38",
    ]


def test_a_segment_that_was_kept_returns_to_its_place() -> None:
    kept = (
        KeptSegment("2300", ("REF", "P4", "DEMO1")),
        KeptSegment("2310B", ("REF", "G2", "OLD1")),
        KeptSegment("2010BB", ("REF", "FY", "OFFICE1")),
    )
    line = replace(
        plain_claim().lines[0], kept=(KeptSegment("2400", ("NTE", "DCP", "SEEN TWICE")),)
    )
    claim = plain_claim(kept=kept, lines=(line,))
    written = segments_of(claim)
    assert written[written.index("REF*P4*DEMO1") - 1].startswith("CLM*")
    assert written[written.index("REF*G2*OLD1") - 1] == "PRV*PE*PXC*207Q00000X"
    assert written[written.index("REF*FY*OFFICE1") - 1].startswith("NM1*PR")
    assert written[written.index("NTE*DCP*SEEN TWICE") - 1] == "REF*6R*A-1-1"


def test_a_segment_that_stands_in_replaces_what_the_fields_say() -> None:
    stands_in = KeptSegment(
        "2300", ("CLM", "A-1", "125", "", "", "11:B:1", "Y", "A", "Y", "Y", "P")
    )
    claim = plain_claim(kept=(replace(stands_in, stands_in=True),))
    written = segments_of(claim)
    assert [one for one in written if one.startswith("CLM")] == ["CLM*A-1*125***11:B:1*Y*A*Y*Y*P"]
