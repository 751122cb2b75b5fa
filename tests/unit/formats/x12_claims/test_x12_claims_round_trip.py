"""837P and 837I: what is written is read back."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.documents.claim import (
    ClaimBatchDocument,
    ClaimDocument,
    ClaimForm,
    FrequencyCode,
    Subscriber,
)
from revcycle.formats.x12 import t837i, t837p
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import Envelope
from tests.unit.formats.x12_claims.claim_examples import (
    a_batch,
    an_envelope,
    dependent_claim,
    outpatient_claim,
    replacement_claim,
    secondary_claim,
    self_claim,
)
from tests.unit.formats.x12_claims.claim_oracle import complaints
from tests.unit.formats.x12_claims.claim_strategies import claims

Write = Callable[[ClaimBatchDocument, Envelope], bytes]
Read = Callable[[bytes], tuple[tuple[ClaimDocument, ...], tuple[Diagnostic, ...]]]
slow_data = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a claim takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(st.lists(claims(ClaimForm.PROFESSIONAL), min_size=1, max_size=3))
@slow_data
def test_professional_claims_survive_the_file(found: list[ClaimDocument]) -> None:
    _assert_survives(found, t837p.write_claims, t837p.read_claims)


@given(st.lists(claims(ClaimForm.INSTITUTIONAL), min_size=1, max_size=3))
@slow_data
def test_institutional_claims_survive_the_file(found: list[ClaimDocument]) -> None:
    _assert_survives(found, t837i.write_claims, t837i.read_claims)


def _assert_survives(found: list[ClaimDocument], write: Write, read: Read) -> None:
    numbered = (replace(claim, control_number=f"C-{n}") for n, claim in enumerate(found))
    batch = a_batch(*numbered)
    claims_read, findings = read(write(batch, an_envelope()))
    assert claims_read == batch.claims
    assert findings == ()


def test_a_name_that_ends_like_an_envelope_is_a_name() -> None:
    lisa = replace(self_claim().patient, first_name="LISA", last_name="PISA")
    claim = replace(self_claim(), patient=lisa, subscriber=Subscriber(lisa, "W1", "18"))
    _assert_survives([claim, claim], t837p.write_claims, t837p.read_claims)


def test_the_sender_and_receiver_of_a_batch_survive_the_file() -> None:
    batch = a_batch(self_claim(), dependent_claim())
    batches, _ = t837p.read_batches(t837p.write_claims(batch, an_envelope()))
    assert batches == (batch,)


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(self_claim(), id="self"),
        pytest.param(dependent_claim(), id="dependent"),
        pytest.param(secondary_claim(), id="secondary"),
        pytest.param(replacement_claim(), id="replacement"),
        pytest.param(replace(replacement_claim(), frequency_code=FrequencyCode.VOID), id="void"),
    ],
)
def test_pyx12_accepts_our_professional_claims(claim: ClaimDocument) -> None:
    assert complaints(t837p.write_claims(a_batch(claim), an_envelope())) == ""


def test_pyx12_accepts_our_institutional_claims() -> None:
    inpatient = replace(
        outpatient_claim(), diagnoses=tuple(f"M2551{n}" for n in range(10)) * 2 + ("Z8739",)
    )
    batch = a_batch(outpatient_claim(), replace(inpatient, control_number="A-6"))
    assert complaints(t837i.write_claims(batch, an_envelope())) == ""


@given(claims(ClaimForm.PROFESSIONAL))
@settings(parent=slow_data, max_examples=3)
def test_pyx12_accepts_generated_professional_claims(claim: ClaimDocument) -> None:
    assert complaints(t837p.write_claims(a_batch(claim), an_envelope())) == ""


@given(claims(ClaimForm.INSTITUTIONAL))
@settings(parent=slow_data, max_examples=3)
def test_pyx12_accepts_generated_institutional_claims(claim: ClaimDocument) -> None:
    assert complaints(t837i.write_claims(a_batch(claim), an_envelope())) == ""


def test_neighbours_share_provider_subscriber_and_patient_levels() -> None:
    twice = (replace(dependent_claim(), control_number=f"B-{n}") for n in range(2))
    text = t837p.write_claims(a_batch(self_claim(), *twice), an_envelope()).decode()
    levels = re.findall(r"HL\*(\d+)\*(\d*)\*(\d+)\*([01])", text)
    assert levels == [
        ("1", "", "20", "1"),
        ("2", "1", "22", "0"),
        ("3", "1", "22", "1"),
        ("4", "3", "23", "0"),
    ]
