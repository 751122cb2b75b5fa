"""What is said of a suggestion when its chart is completed."""

import pytest

from models.values.suggestions import SuggestionOutcome
from revcycle.rules.suggestions.outcomes import judge_outcomes


@pytest.mark.parametrize(
    ("final", "expected"),
    [
        pytest.param(("E119",), SuggestionOutcome.ACCEPTED, id="it is a final diagnosis"),
        pytest.param(("I10", "E119"), SuggestionOutcome.ACCEPTED, id="a second diagnosis counts"),
        pytest.param(("E1165",), SuggestionOutcome.CORRECTED, id="a sister code was chosen"),
        pytest.param(("I10",), SuggestionOutcome.IGNORED, id="another disease was coded"),
        pytest.param((), SuggestionOutcome.IGNORED, id="nothing was coded"),
    ],
)
def test_a_suggestion_is_judged_by_the_final_diagnoses(
    final: tuple[str, ...], expected: SuggestionOutcome
) -> None:
    assert judge_outcomes(["E119"], final) == {"E119": expected}


def test_a_sister_that_was_suggested_too_corrects_nothing() -> None:
    assert judge_outcomes(["E119", "E1165"], ["E1165"]) == {
        "E119": SuggestionOutcome.IGNORED,
        "E1165": SuggestionOutcome.ACCEPTED,
    }
