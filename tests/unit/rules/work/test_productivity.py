"""What is said of a person's work."""

from datetime import UTC, datetime, timedelta

import pytest

from revcycle.rules.work.productivity import Handled, judge_coding, sum_up, trace_denial

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def an_item(minutes: int | None, *, again_after: timedelta | None = None) -> Handled:
    return Handled(
        is_in_time=True,
        taken_at=None if minutes is None else NOON - timedelta(minutes=minutes),
        closed_at=NOON,
        opened_again_at=None if again_after is None else NOON + again_after,
    )


def test_the_median_is_of_items_whose_taking_was_noted() -> None:
    figures = sum_up([an_item(2), an_item(4), an_item(60), an_item(None)])
    assert figures.handling == timedelta(minutes=4)
    assert (figures.done, figures.measured) == (4, 3)


def test_nothing_measured_is_no_median() -> None:
    assert sum_up([an_item(None)]).handling is None
    assert sum_up([]).done == 0


@pytest.mark.parametrize(
    ("again_after", "expected"),
    [
        pytest.param(timedelta(days=14), 1, id="the-fourteenth-day-still-counts"),
        pytest.param(timedelta(days=14, seconds=1), 0, id="later-is-another-story"),
        pytest.param(None, 0, id="never"),
    ],
)
def test_an_item_came_back(again_after: timedelta | None, expected: int) -> None:
    assert sum_up([an_item(1, again_after=again_after)]).reopened == expected


def test_a_claim_without_an_answer_is_neither_accepted_nor_rejected() -> None:
    quality = judge_coding(
        [
            frozenset({"create", "clear"}),
            frozenset({"hold", "accept"}),
            frozenset({"reject", "accept"}),
            frozenset({"deny"}),
        ]
    )
    assert (quality.claims, quality.held, quality.answered, quality.accepted_first) == (4, 1, 3, 2)


def test_only_what_codes_decide_is_put_down_to_them() -> None:
    assert trace_denial("coding") == "the codes"
    assert trace_denial("clinical") == "perhaps the codes"
    assert trace_denial("eligibility") == "not the codes"
