"""837P and 837I as we write them, one readable file a case.

``REVCYCLE_REWRITE_GOLDEN=1`` writes them anew; the difference is then reviewed.
"""

import os
from pathlib import Path

import pytest

from models.documents.claim import ClaimDocument, ClaimForm
from revcycle.formats.x12 import t837i, t837p
from revcycle.formats.x12.check import check_file
from tests.unit.formats.x12_claims.claim_examples import (
    a_batch,
    an_envelope,
    dependent_claim,
    outpatient_claim,
    replacement_claim,
    secondary_claim,
    self_claim,
)
from tests.unit.formats.x12_claims.special_claims import SPECIAL_CLAIMS
from tests.unit.formats.x12_claims.special_institutional_claims import (
    SPECIAL_INSTITUTIONAL_CLAIMS,
)
from tests.unit.formats.x12_claims.special_shared_claims import SHARED_CLAIMS

HERE = Path(__file__).resolve().parent
FORMS = {ClaimForm.PROFESSIONAL: t837p, ClaimForm.INSTITUTIONAL: t837i}
CASES = {
    "patient_is_subscriber.837": self_claim(),
    "child_on_a_parents_policy.837": dependent_claim(),
    "secondary_after_the_first_payer_decided.837": secondary_claim(),
    "replacement_of_an_adjudicated_claim.837": replacement_claim(),
    "hospital_outpatient.837": outpatient_claim(),
    **{
        f"{name.replace(' ', '_')}.837": make()
        for name, make in (SPECIAL_CLAIMS | SHARED_CLAIMS).items()
    },
    **{
        f"hospital_{name.replace(' ', '_')}.837": make()
        for name, make in SPECIAL_INSTITUTIONAL_CLAIMS.items()
    },
}


@pytest.mark.parametrize(("name", "claim"), CASES.items(), ids=CASES)
def test_the_file_is_written_as_reviewed(name: str, claim: ClaimDocument) -> None:
    written = FORMS[claim.form].write_claims(a_batch(claim), an_envelope())
    if os.environ.get("REVCYCLE_REWRITE_GOLDEN"):
        (HERE / name).write_bytes(written)
    assert written == (HERE / name).read_bytes()


@pytest.mark.parametrize(("name", "claim"), CASES.items(), ids=CASES)
def test_the_reviewed_file_is_read_as_the_claim(name: str, claim: ClaimDocument) -> None:
    stored = (HERE / name).read_bytes()
    assert FORMS[claim.form].read_claims(stored) == ((claim,), ())
    assert check_file(stored) == ()


def test_every_golden_file_has_its_case() -> None:
    assert {path.name for path in HERE.glob("*.837")} == set(CASES)
