"""What a partner's word does to a claim."""

from itertools import product

import pytest

from models.documents.acknowledgement import ClaimAcknowledgement, ClaimStatus
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent, ClaimState
from revcycle.rules.submission.acknowledged import (
    AcknowledgementWord,
    claim_event,
    refusal_code,
    word_of,
)

WORDS = list(AcknowledgementWord)


@pytest.mark.parametrize(("state", "word"), list(product(ClaimState, AcknowledgementWord)))
def test_no_word_asks_for_a_move_that_the_table_forbids(
    state: ClaimState, word: AcknowledgementWord
) -> None:
    event = claim_event(state, word)
    assert event is None or (state, event) in CLAIM_TRANSITIONS


@pytest.mark.parametrize(
    "state",
    [ClaimState.DRAFT, ClaimState.REJECTED, ClaimState.PAID, ClaimState.DENIED, ClaimState.CLOSED],
)
def test_a_claim_that_has_moved_on_is_left_alone(state: ClaimState) -> None:
    assert [claim_event(state, word) for word in WORDS] == [None] * len(WORDS)


def test_a_payers_acceptance_outweighs_a_refusal_of_the_file() -> None:
    assert claim_event(ClaimState.ACCEPTED, AcknowledgementWord.FILE_REFUSED) is None
    assert claim_event(ClaimState.ACCEPTED, AcknowledgementWord.CLAIM_REFUSED) is ClaimEvent.REJECT


@pytest.mark.parametrize(
    ("categories", "is_accepted", "expected"),
    [
        pytest.param(("A1",), True, AcknowledgementWord.FILE_PASSED, id="receipt"),
        pytest.param(("A2",), True, AcknowledgementWord.CLAIM_TAKEN, id="taken"),
        pytest.param(("A1", "A2"), True, AcknowledgementWord.CLAIM_TAKEN, id="receipt-and-taken"),
        pytest.param(("A7",), False, AcknowledgementWord.CLAIM_REFUSED, id="refused"),
    ],
)
def test_only_a2_says_that_the_payer_took_the_claim(
    categories: tuple[str, ...],
    is_accepted: bool,  # noqa: FBT001 - a parameter of the test
    expected: AcknowledgementWord,
) -> None:
    statuses = tuple(ClaimStatus(category, "20") for category in categories)
    assert word_of(ClaimAcknowledgement("A101", statuses, is_accepted)) is expected


def test_the_status_that_refuses_is_the_reason() -> None:
    statuses = (ClaimStatus("A1", "19"), ClaimStatus("A7", "562"))
    assert refusal_code(ClaimAcknowledgement("A101", statuses, is_accepted=False)) == "A7:562"
    assert refusal_code(ClaimAcknowledgement("A101", (), is_accepted=False)) == ""
