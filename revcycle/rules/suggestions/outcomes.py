"""What became of suggested codes when the chart was completed, and what shares are made of it."""

from collections.abc import Collection, Iterable
from typing import Final

from models.values.suggestions import SuggestionOutcome

CATEGORY_LENGTH: Final = 3  # ICD-10-CM: the characters before the dot
DEFINITIONS: Final = (
    (
        "Charts",
        (
            "charts completed in these days for which codes had been suggested; each counts "
            "with the list that was shown last, and for whoever completed it last"
        ),
    ),
    ("Diagnoses", "different final diagnosis codes of these charts, when they were completed"),
    (
        "Accepted@1",
        (
            "final diagnoses that stood first in the list, of all final diagnoses; a chart with "
            "four diagnoses reaches one in four at best"
        ),
    ),
    (
        "Accepted@10",
        (
            "final diagnoses that stood among the first ten, of all final diagnoses; typed by the "
            "coder or taken over from the list, both count"
        ),
    ),
)


def judge_outcomes(
    suggested: Collection[str], final: Collection[str]
) -> dict[str, SuggestionOutcome]:
    """Say of each suggested code what the coder made of it.

    Args:
        suggested: Codes of one chart without their dots.
        final: The chart's diagnoses as completed, without their dots.
    """
    own = _categories(set(final) - set(suggested))
    return {code: _judge(code, final, own) for code in suggested}


def _judge(code: str, final: Collection[str], own: Collection[str]) -> SuggestionOutcome:
    if code in final:
        return SuggestionOutcome.ACCEPTED
    is_corrected = code[:CATEGORY_LENGTH] in own
    return SuggestionOutcome.CORRECTED if is_corrected else SuggestionOutcome.IGNORED


def _categories(codes: Iterable[str]) -> set[str]:
    return {code[:CATEGORY_LENGTH] for code in codes}
