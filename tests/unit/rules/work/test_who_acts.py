"""Who must act next on a claim."""

from datetime import date

import pytest

from models.states.claim import ClaimState
from revcycle.rules.work.who_acts import ClaimSituation, Party, next_step_of_claim

FILE_BY = date(2027, 1, 1)
SOON = date(2026, 11, 24)


@pytest.mark.parametrize("state", ClaimState)
def test_every_claim_waits_for_somebody_or_is_done(state: ClaimState) -> None:
    step = next_step_of_claim(ClaimSituation(state, FILE_BY))
    assert step.what
    assert (step.who is Party.NOBODY) == (state is ClaimState.CLOSED)


def test_a_held_claim_is_due_with_its_work_and_never_after_the_filing_limit() -> None:
    held = ClaimState.HELD
    assert next_step_of_claim(ClaimSituation(held, FILE_BY, work_due=SOON)).by == SOON
    assert next_step_of_claim(ClaimSituation(held, SOON, work_due=FILE_BY)).by == SOON
    assert next_step_of_claim(ClaimSituation(held, FILE_BY)).by == FILE_BY


def test_a_payer_has_no_date_that_it_told_us() -> None:
    step = next_step_of_claim(ClaimSituation(ClaimState.ACCEPTED, FILE_BY))
    assert (step.who, step.by) == (Party.PAYER, None)


def test_an_open_denial_comes_before_what_the_patient_owes() -> None:
    claim = ClaimSituation(
        ClaimState.DENIED, FILE_BY, denial_due=SOON, work_due=FILE_BY, is_patients_turn=True
    )
    assert next_step_of_claim(claim).who is Party.BILLING_COMPANY
    assert next_step_of_claim(claim).by == SOON


def test_what_insurance_left_is_the_patients_even_when_the_payer_is_done() -> None:
    for state in (ClaimState.PAID, ClaimState.CLOSED):
        claim = ClaimSituation(state, FILE_BY, is_patients_turn=True)
        assert next_step_of_claim(claim).who is Party.PATIENT
