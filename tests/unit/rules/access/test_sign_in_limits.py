"""How often one may guess, how long a session lives, what is still asked, and emergencies."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest

from models.states.staff_session import SessionState
from models.values.access import Role
from revcycle.rules.access.glass import REASON_LENGTH_MIN, check_glass, check_reviewer
from revcycle.rules.access.rights import access_of
from revcycle.rules.access.session_life import is_worth_noting, session_end
from revcycle.rules.access.sign_in_steps import SignInStep, find_sign_in_step
from revcycle.rules.access.throttle import WINDOW, find_throttle_end

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def failures_at(*minutes_ago: int) -> list[datetime]:
    return [NOON - minutes * MINUTE for minutes in minutes_ago]


@pytest.mark.parametrize(
    ("minutes_ago", "free_in_minutes"),
    [
        pytest.param((), None, id="nothing-failed"),
        pytest.param((1, 2), None, id="below-the-limit"),
        pytest.param((1, 2, 3), 12, id="at-the-limit-until-the-oldest-is-old"),
        pytest.param((3, 1, 2), 12, id="in-any-order"),
        pytest.param((1, 2, 3, 14), 12, id="more-than-the-limit-waits-for-the-third"),
        pytest.param((1, 2, 15), None, id="fifteen-minutes-ago-counts-no-more"),
        pytest.param((1, 2, 14), 1, id="fourteen-minutes-ago-still-counts"),
    ],
)
def test_three_wrong_tries_in_a_quarter_of_an_hour(
    minutes_ago: tuple[int, ...], free_in_minutes: int | None
) -> None:
    end = find_throttle_end(failures_at(*minutes_ago), failures_max=3, at=NOON)
    assert end == (None if free_in_minutes is None else NOON + free_in_minutes * MINUTE)
    if end:
        assert find_throttle_end(failures_at(*minutes_ago), failures_max=3, at=end) is None
        assert end - NOON < WINDOW


@pytest.mark.parametrize(
    ("state", "age_minutes", "idle_minutes", "left_minutes"),
    [
        pytest.param(SessionState.SIGNED_IN, 20, 0, 15, id="just-used"),
        pytest.param(SessionState.SIGNED_IN, 20, 14, 1, id="idle-for-fourteen-minutes"),
        pytest.param(SessionState.SIGNED_IN, 20, 15, 0, id="idle-for-fifteen-minutes"),
        pytest.param(SessionState.SIGNED_IN, 12 * 60 - 5, 0, 5, id="nearly-twelve-hours-old"),
        pytest.param(SessionState.SIGNED_IN, 12 * 60, 0, 0, id="twelve-hours-old"),
        pytest.param(SessionState.BEGUN, 9, 0, 1, id="half-signed-in"),
        pytest.param(SessionState.BEGUN, 10, 0, 0, id="half-signed-in-for-ten-minutes"),
    ],
)
def test_a_session_ends_by_itself(
    state: SessionState, age_minutes: int, idle_minutes: int, left_minutes: int
) -> None:
    end = session_end(
        state, started_at=NOON - age_minutes * MINUTE, seen_at=NOON - idle_minutes * MINUTE
    )
    assert end == NOON + left_minutes * MINUTE


def test_not_every_page_is_worth_a_write() -> None:
    assert not is_worth_noting(NOON - timedelta(seconds=29), NOON)
    assert is_worth_noting(NOON - timedelta(seconds=30), NOON)


def test_nobody_is_in_without_an_own_password_and_a_second_factor() -> None:
    for has_app, has_factor, must_choose in product([True, False], repeat=3):
        step = find_sign_in_step(
            has_authenticator=has_app,
            has_second_factor=has_factor,
            must_choose_password=must_choose,
        )
        assert (step is SignInStep.DONE) == (has_app and has_factor and not must_choose)


@pytest.mark.parametrize(
    ("has_app", "has_factor", "must_choose", "step"),
    [
        pytest.param(False, False, True, SignInStep.CHOOSE_PASSWORD, id="first-day"),
        pytest.param(False, False, False, SignInStep.ENROL, id="password-chosen"),
        pytest.param(True, False, False, SignInStep.SECOND_FACTOR, id="every-other-day"),
        pytest.param(True, False, True, SignInStep.SECOND_FACTOR, id="no-password-without-code"),
    ],
)
def test_what_is_asked_next(
    *, has_app: bool, has_factor: bool, must_choose: bool, step: SignInStep
) -> None:
    assert step is find_sign_in_step(
        has_authenticator=has_app, has_second_factor=has_factor, must_choose_password=must_choose
    )


REASON = "payer deadline today, colleague is ill"
MINE, OTHERS = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("role", "reason", "practice_id", "wrong"),
    [
        pytest.param(Role.CODER, REASON, OTHERS, [], id="with-a-reason"),
        pytest.param(Role.CODER, "x" * REASON_LENGTH_MIN, OTHERS, [], id="shortest-reason"),
        pytest.param(Role.CODER, " x" * 9, OTHERS, ["reason"], id="too-short-a-reason"),
        pytest.param(Role.CODER, "x" * 401, OTHERS, ["reason"], id="too-long-a-reason"),
        pytest.param(Role.CODER, REASON, MINE, ["practice"], id="a-practice-one-sees-anyway"),
        pytest.param(Role.CLINICIAN, REASON, OTHERS, ["right"], id="a-person-of-a-practice"),
        pytest.param(Role.ADMINISTRATOR, REASON, OTHERS, ["right"], id="an-administrator"),
    ],
)
def test_who_may_open_another_practice(
    role: Role, reason: str, practice_id: UUID, wrong: list[str]
) -> None:
    findings = check_glass(
        access_of([role]),
        reason,
        practice_id=practice_id,
        practice_ids=[MINE],
    )
    assert [finding.field for finding in findings] == wrong


def test_nobody_reviews_their_own_emergency() -> None:
    me, other = uuid4(), uuid4()
    reviewer = access_of([Role.COMPLIANCE])
    assert check_reviewer(reviewer, reviewer_id=me, opened_by=other) == ()
    assert check_reviewer(reviewer, reviewer_id=me, opened_by=me) != ()
    assert check_reviewer(access_of([Role.CODER]), reviewer_id=me, opened_by=other) != ()
