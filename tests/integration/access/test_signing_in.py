"""Signing in, staying in, and being out at once."""

from datetime import datetime, timedelta
from threading import Thread

import pyotp
import pytest

from models.documents.staff_act import StaffAct
from models.errors import NotFoundError, RejectedError
from models.states.transition import IllegalTransitionError
from models.tables import StaffSession
from models.values.access import Role
from revcycle.operations.access.attempts import ThrottledError
from revcycle.operations.access.begin_sign_in import begin_password_try
from revcycle.operations.access.choose_password import (
    WeakPasswordError,
    change_password,
    choose_first_password,
    prepare_password,
)
from revcycle.operations.access.end_sessions import revoke_session, sign_out
from revcycle.operations.access.enrol_authenticator import (
    begin_enrolment,
    confirm_enrolment,
    renew_recovery_codes,
)
from revcycle.operations.access.keep_staff import disable_staff, enable_staff, reset_staff
from revcycle.operations.access.pass_second_factor import NotBegunError, pass_second_factor
from revcycle.rules.access.secret_texts import RECOVERY_CODES
from revcycle.rules.access.sign_in_steps import SignInStep
from revcycle.rules.access.throttle import ACCOUNT_FAILURES_MAX, ADDRESS_FAILURES_MAX
from revcycle.store.session import transaction
from revcycle.store.staff import count_recovery_codes
from revcycle.store.staff_sessions import list_live_sessions
from revcycle.store.staff_trail import list_staff_trail
from tests.people import (
    ADDRESS,
    COMMAND,
    HIRED_AT,
    KEY,
    NOON,
    ONE_TIME,
    PASSWORD,
    Colleague,
    cheap_hash,
    give_password,
    invite,
    join,
    sign_in,
    who,
)

MINUTE = timedelta(minutes=1)


@pytest.fixture
def url(either_database_url: str) -> str:
    return either_database_url


@pytest.fixture
def ann(url: str) -> Colleague:
    return join(url, "ann", [Role.CODER])


def give_code(url: str, token: str, code: str, at: datetime = NOON) -> str | None:
    with transaction(url) as session:
        act = StaffAct("ann", at, ADDRESS)
        return pass_second_factor(session, act, token, code, key=KEY).token


def outcomes(url: str, ann: Colleague) -> list[str]:
    with transaction(url) as session:
        rows = list_staff_trail(session, ann.id)
        return [f"{row.action} {row.outcome}" for row in rows]


def test_the_first_day_takes_a_one_time_password_an_own_one_and_an_app(url: str) -> None:
    invite(url, "ann", [Role.CODER])
    token = give_password(url, "Ann ", ONE_TIME, at=HIRED_AT)
    assert token
    act = StaffAct("ann", HIRED_AT, ADDRESS)
    steps = []
    for _ in range(2):
        person = who(url, token, at=HIRED_AT)
        assert person
        steps.append(person.step)
        with transaction(url) as session:
            if person.step is SignInStep.CHOOSE_PASSWORD:
                assert choose_first_password(session, act, token, cheap_hash(PASSWORD)) is None
            else:
                secret = begin_enrolment(session, act, token, key=KEY)
                assert begin_enrolment(session, act, token, key=KEY) == secret
    assert steps == [SignInStep.CHOOSE_PASSWORD, SignInStep.ENROL]
    with transaction(url) as session:
        wrong = confirm_enrolment(session, act, token, "000000", key=KEY)
        assert (wrong.recovery_codes, wrong.token) == ((), None)
    with transaction(url) as session:
        code = pyotp.TOTP(secret).at(HIRED_AT)
        enrolled = confirm_enrolment(session, act, token, code, key=KEY)
    assert len(enrolled.recovery_codes) == RECOVERY_CODES
    assert enrolled.token
    assert who(url, token, at=HIRED_AT) is None  # the token of the half session is worth nothing
    person = who(url, enrolled.token, at=HIRED_AT)
    assert person is not None
    assert person.is_signed_in


def test_password_alone_opens_nothing(url: str, ann: Colleague) -> None:
    token = give_password(url, "ann", PASSWORD)
    assert token
    person = who(url, token)
    assert person
    assert person.step is SignInStep.SECOND_FACTOR
    assert not any(person.may(right) for right in person.access.rights)
    assert ann.login == person.login


def test_password_and_code_sign_in(url: str, ann: Colleague) -> None:
    token = sign_in(url, ann)
    person = who(url, token)
    assert person
    assert person.is_signed_in
    assert person.roles == {Role.CODER}
    assert outcomes(url, ann)[-3:] == [
        "sign_in password",
        "second_factor app_code",
        "staff_session:sign_in begun to signed_in",
    ]


def test_a_code_is_taken_once_in_all_sessions(url: str, ann: Colleague) -> None:
    sign_in(url, ann)
    token = give_password(url, "ann", PASSWORD)
    assert token
    assert give_code(url, token, ann.code()) is None
    later = NOON + timedelta(seconds=30)
    assert give_code(url, token, ann.code(later), later)


def test_a_recovery_code_stands_in_for_the_app_once(url: str, ann: Colleague) -> None:
    spelled = f" {ann.recovery_codes[0].upper()} "
    for is_taken in (True, False):
        token = give_password(url, "ann", PASSWORD)
        assert token
        assert bool(give_code(url, token, spelled)) is is_taken
    with transaction(url) as session:
        assert count_recovery_codes(session, ann.id) == RECOVERY_CODES - 1


def test_new_recovery_codes_void_the_others_and_cost_a_code(url: str, ann: Colleague) -> None:
    act = StaffAct("ann", NOON, ADDRESS)
    with transaction(url) as session:
        assert renew_recovery_codes(session, act, ann.id, "000000", key=KEY) == ()
        fresh = renew_recovery_codes(session, act, ann.id, ann.code(), key=KEY)
    token = give_password(url, "ann", PASSWORD)
    assert token
    assert give_code(url, token, ann.recovery_codes[3]) is None
    assert give_code(url, token, fresh[3])


@pytest.mark.parametrize(
    ("login", "password"),
    [("ann", "wrong lantern otter brick"), ("nobody.here", PASSWORD), ("", ""), ("ann", "")],
)
def test_a_wrong_password_begins_nothing(
    url: str, ann: Colleague, login: str, password: str
) -> None:
    assert ann.password != password or login != ann.login
    assert give_password(url, login, password) is None


def test_wrong_tries_are_looked_at_a_few_times_then_no_more(url: str, ann: Colleague) -> None:
    for _ in range(ACCOUNT_FAILURES_MAX):
        assert give_password(url, "ann", "wrong") is None
    with pytest.raises(ThrottledError) as refused:
        give_password(url, "ann", PASSWORD, at=NOON + MINUTE)
    assert refused.value.until == NOON + 15 * MINUTE
    assert sign_in(url, ann, at=refused.value.until)


def test_a_right_password_does_not_let_one_guess_codes(url: str, ann: Colleague) -> None:
    token = give_password(url, "ann", PASSWORD)
    assert token
    for number in range(ACCOUNT_FAILURES_MAX):
        assert give_code(url, token, f"{number:06d}") is None
        with pytest.raises(ThrottledError) if number == ACCOUNT_FAILURES_MAX - 1 else no_error():
            token = give_password(url, "ann", PASSWORD) or ""
    with pytest.raises(ThrottledError):
        give_code(url, token, ann.code())


def test_a_complete_sign_in_forgives_earlier_failures(url: str, ann: Colleague) -> None:
    for _ in range(ACCOUNT_FAILURES_MAX - 1):
        give_password(url, "ann", "wrong")
    sign_in(url, ann, at=NOON + MINUTE)
    for _ in range(ACCOUNT_FAILURES_MAX):
        assert give_password(url, "ann", "wrong", at=NOON + 2 * MINUTE) is None


def test_an_address_that_tries_many_logins_is_stopped_and_others_are_not(
    url: str, ann: Colleague
) -> None:
    for number in range(ADDRESS_FAILURES_MAX):
        with transaction(url) as session:
            begin_password_try(session, StaffAct("", NOON, ADDRESS), f"person{number}")
    with pytest.raises(ThrottledError):
        give_password(url, "ann", PASSWORD)
    assert give_password(url, "ann", ann.password, address="192.0.2.8")


@pytest.mark.parametrize("threads", [12])
def test_many_tries_at_once_do_not_slip_through(url: str, ann: Colleague, threads: int) -> None:
    looked_at: list[bool] = []

    def try_once() -> None:
        try:
            give_password(url, ann.login, "wrong")
        except ThrottledError:
            looked_at.append(False)
        else:
            looked_at.append(True)

    workers = [Thread(target=try_once) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (
        sorted(looked_at)
        == [False] * (threads - ACCOUNT_FAILURES_MAX) + [True] * ACCOUNT_FAILURES_MAX
    )


@pytest.mark.parametrize(
    ("minutes_of_use", "lives"),
    [
        pytest.param([14], True, id="fourteen-minutes-idle"),
        pytest.param([15], False, id="fifteen-minutes-idle"),
        pytest.param([14, 28, 42], True, id="used-every-fourteen-minutes"),
        pytest.param([*range(10, 12 * 60, 10)], True, id="used-until-shortly-before-twelve-hours"),
        pytest.param([*range(10, 12 * 60 + 1, 10)], False, id="used-for-twelve-hours"),
    ],
)
def test_a_session_ends_by_itself(
    url: str, ann: Colleague, minutes_of_use: list[int], *, lives: bool
) -> None:
    token = sign_in(url, ann)
    people = [who(url, token, at=NOON + minutes * MINUTE) for minutes in minutes_of_use]
    assert all(people[:-1])
    assert (people[-1] is not None) is lives
    if not lives:
        assert outcomes(url, ann)[-1] == "staff_session:end signed_in to ended"


def test_half_a_sign_in_waits_ten_minutes(url: str, ann: Colleague) -> None:
    token = give_password(url, "ann", PASSWORD)
    assert token
    late = NOON + 10 * MINUTE
    with pytest.raises(NotBegunError):
        give_code(url, token, ann.code(late), late)


def test_signing_out_twice_is_harmless(url: str, ann: Colleague) -> None:
    token = sign_in(url, ann)
    for _ in range(2):
        with transaction(url) as session:
            sign_out(session, StaffAct("ann", NOON), token)
    assert who(url, token) is None


def test_one_of_several_sessions_is_revoked_and_only_ones_own(url: str, ann: Colleague) -> None:
    ben = join(url, "ben", [Role.BILLER])
    mine, elsewhere = sign_in(url, ann), sign_in(url, ann, at=NOON + MINUTE)
    other = who(url, elsewhere, at=NOON + MINUTE)
    assert other
    act = StaffAct("ben", NOON)
    with pytest.raises(NotFoundError), transaction(url) as session:
        revoke_session(session, act, ben.id, other.session_id)
    with transaction(url) as session:
        revoke_session(session, StaffAct("ann", NOON), ann.id, other.session_id)
    assert who(url, elsewhere) is None
    assert who(url, mine)


def test_a_new_password_ends_the_other_sessions(url: str, ann: Colleague) -> None:
    mine, elsewhere = sign_in(url, ann), sign_in(url, ann, at=NOON + MINUTE)
    person = who(url, mine)
    assert person
    act = StaffAct("ann", NOON, ADDRESS)
    for is_right in (False, True):
        with transaction(url) as session:
            tried = begin_password_try(session, act, "ann")
        with transaction(url) as session:
            changed = change_password(
                session, act, person, tried, cheap_hash("another brick"), is_right=is_right
            )
        assert changed is is_right
    assert who(url, mine)
    assert who(url, elsewhere) is None
    assert give_password(url, "ann", PASSWORD) is None
    assert give_password(url, "ann", "another brick")


def test_a_weak_password_is_refused_in_words_that_do_not_repeat_it() -> None:
    with pytest.raises(WeakPasswordError) as refused:
        prepare_password("ann.meadow.ann", login="ann.meadow", display_name="Ann Meadow")
    assert "ann.meadow" not in str(refused.value)
    assert prepare_password(PASSWORD, login="ann", display_name="Ann").startswith("$argon2id$")


def test_whoever_is_disabled_is_out_at_once_and_cannot_come_back(url: str, ann: Colleague) -> None:
    tokens = [sign_in(url, ann), sign_in(url, ann, at=NOON + MINUTE)]
    with transaction(url) as session:
        ended = disable_staff(session, COMMAND, ann.id)
    assert ended == 1 + len(tokens)  # that of the first day was never ended
    assert [who(url, token) for token in tokens] == [None, None]
    assert give_password(url, "ann", PASSWORD) is None
    with pytest.raises(IllegalTransitionError), transaction(url) as session:
        disable_staff(session, COMMAND, ann.id)
    with pytest.raises(RejectedError), transaction(url) as session:
        reset_staff(session, COMMAND, ann.id, cheap_hash(ONE_TIME))
    with transaction(url) as session:
        enable_staff(session, COMMAND, ann.id, cheap_hash(ONE_TIME))
    assert give_password(url, "ann", PASSWORD) is None
    assert give_password(url, "ann", ONE_TIME)


def test_a_reset_voids_app_codes_password_and_sessions(url: str, ann: Colleague) -> None:
    token = sign_in(url, ann)
    act = StaffAct("command:staff", NOON)
    with transaction(url) as session:
        reset_staff(session, act, ann.id, cheap_hash(ONE_TIME))
    assert who(url, token) is None
    assert give_password(url, "ann", PASSWORD) is None
    half = give_password(url, "ann", ONE_TIME)
    assert half
    with pytest.raises(NotBegunError):
        give_code(url, half, ann.recovery_codes[0])
    person = who(url, half)
    assert person
    assert person.step is SignInStep.CHOOSE_PASSWORD
    with transaction(url) as session:
        assert count_recovery_codes(session, ann.id) == 0


@pytest.mark.parametrize(("days", "is_good"), [(2.99, True), (3, False)], ids=["third-day", "late"])
def test_a_one_time_password_is_good_for_three_days(
    url: str, days: float, *, is_good: bool
) -> None:
    invite(url, "ann", [Role.CODER])
    late = HIRED_AT + timedelta(days=days)
    assert bool(give_password(url, "ann", ONE_TIME, at=late)) is is_good


def test_secrets_are_kept_as_hashes_or_sealed(url: str, ann: Colleague) -> None:
    token = sign_in(url, ann)
    with transaction(url) as session:
        (row,) = (one for one in list_live_sessions(session, ann.id) if one.started_at == NOON)
        assert token not in row.token_hash
        assert repr(row) == f"StaffSession({row.id})"
        assert isinstance(row, StaffSession)


class no_error:  # noqa: N801 - reads as a word beside pytest.raises
    """Expect nothing."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, *_: object) -> None:
        """End."""
