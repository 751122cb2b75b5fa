"""Passwords, codes of authenticator apps, recovery codes, tokens and sealed secrets."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revcycle.rules.access import secret_texts
from revcycle.rules.access.password_hash import hash_password, is_password
from revcycle.rules.access.password_strength import LENGTH_MAX, check_password, to_password_text
from revcycle.rules.access.sealing import WrongKeyError, seal, unseal
from revcycle.rules.access.secret_texts import (
    fingerprint,
    form_token,
    invent_one_time_password,
    invent_recovery_codes,
    invent_token,
    is_form_token,
    to_recovery_text,
)
from revcycle.rules.access.totp import find_totp_step, invent_totp_secret, totp_address

# RFC 6238, appendix B: the SHA-1 test vectors, last six of eight digits.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]
NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
KEY, OTHER_KEY = b"k" * 32, b"o" * 32


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        pytest.param("tall7Kettle", "at least 12", id="eleven-characters"),
        pytest.param("tall7Kettles", "", id="twelve-characters"),
        pytest.param("correct lantern otter brick", "", id="several-words"),
        pytest.param("passwordpassword", "too easy", id="a-common-word-twice"),
        pytest.param("qwertyuiop123", "too easy", id="keys-side-by-side"),
        pytest.param("ann.meadow2026", "too easy", id="ones-own-login"),
        pytest.param("revcyclebilling", "too easy", id="what-everybody-here-would-try"),
        pytest.param("a" * (LENGTH_MAX + 1), "at most", id="longer-than-anybody-types"),
        pytest.param("aB3$" + "kü¤" * 30, "", id="longer-than-the-library-judges"),
    ],
)
def test_a_password_is_long_and_hard_to_guess(password: str, wrong: str) -> None:
    findings = check_password(password, known_words=["ann.meadow", "Ann", "Meadow", ""])
    assert [wrong in finding.message for finding in findings] == ([True] if wrong else [])
    assert all(password not in finding.message for finding in findings)


def test_a_password_is_kept_as_argon2id_and_found_again_from_any_keyboard() -> None:
    kept = hash_password("cafe\u0301 otter brick")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert to_password_text("cafe\u0301") == "caf\u00e9"
    assert is_password("caf\u00e9 otter brick", kept)
    assert not is_password("cafe otter brick", kept)
    assert not is_password("x" * (LENGTH_MAX + 1), kept)


@pytest.mark.parametrize("kept", [None, "", "no hash at all", "$argon2id$v=19$m=8,t=1,p=1$xx$xx"])
def test_without_a_usable_hash_no_password_is_right(kept: str | None) -> None:
    assert not is_password("nobody signs in with this", kept)


@pytest.mark.parametrize(("seconds", "code"), RFC_CODES)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert find_totp_step(RFC_SECRET, code, at=at, last_step=0) == seconds // 30


@pytest.mark.parametrize(
    ("steps", "is_taken"),
    [(-2, False), (-1, True), (0, True), (1, True), (2, False)],
    ids=["two-behind", "one-behind", "now", "one-ahead", "two-ahead"],
)
def test_a_clock_may_be_one_step_off(steps: int, *, is_taken: bool) -> None:
    secret = invent_totp_secret()
    code = pyotp.TOTP(secret).at(NOON, counter_offset=steps)
    assert (find_totp_step(secret, code, at=NOON, last_step=0) is not None) is is_taken


def test_a_step_is_taken_once_and_none_before_it_any_more() -> None:
    app = pyotp.TOTP(invent_totp_secret())
    step = find_totp_step(app.secret, app.at(NOON), at=NOON, last_step=0)
    assert step is not None
    assert find_totp_step(app.secret, app.at(NOON), at=NOON, last_step=step) is None
    before = app.at(NOON, counter_offset=-1)
    assert find_totp_step(app.secret, before, at=NOON, last_step=step) is None
    later = NOON + timedelta(seconds=30)
    assert find_totp_step(app.secret, app.at(later), at=later, last_step=step) == step + 1


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "abcdef", "\uff11" * 6, "-12345", "12 34"]
)
def test_what_is_no_code_is_refused(code: str) -> None:
    assert find_totp_step(RFC_SECRET, code, at=NOON, last_step=0) is None


def test_a_code_may_be_typed_in_groups() -> None:
    at = datetime.fromtimestamp(59, UTC)
    assert find_totp_step(RFC_SECRET, " 287 082 ", at=at, last_step=0) == 1


def test_the_address_for_the_app_names_login_and_issuer() -> None:
    address = totp_address(RFC_SECRET, "ann.meadow")
    assert address.startswith("otpauth://totp/Revcycle:ann.meadow?secret=" + RFC_SECRET)
    app = pyotp.parse_uri(address)
    assert isinstance(app, pyotp.TOTP)
    assert app.at(59) == "287082"


def test_recovery_codes_differ_and_may_be_typed_anyhow() -> None:
    codes = invent_recovery_codes()
    assert len(set(codes)) == secret_texts.RECOVERY_CODES
    assert to_recovery_text(f" {codes[0].upper().replace('-', ' ')} ") == codes[0].replace("-", "")
    assert len(to_recovery_text(codes[0])) == secret_texts.RECOVERY_CHARACTERS


def test_a_one_time_password_is_good_enough_to_be_one() -> None:
    assert check_password(invent_one_time_password(), known_words=["ann"]) == ()


def test_a_form_belongs_to_one_session_and_does_not_tell_its_cookie() -> None:
    mine, other = invent_token(), invent_token()
    assert is_form_token(mine, form_token(mine))
    assert not is_form_token(other, form_token(mine))
    assert not is_form_token(mine, "")
    assert not is_form_token(mine, "ü")
    assert mine not in form_token(mine)
    assert fingerprint(mine) not in (mine, form_token(mine))


@given(st.text())
def test_a_sealed_secret_opens_with_its_key_for_its_owner_only(secret: str) -> None:
    sealed = seal(KEY, secret, owner="ann")
    assert unseal(KEY, sealed, owner="ann") == secret
    for key, owner in ((OTHER_KEY, "ann"), (KEY, "ben")):
        with pytest.raises(WrongKeyError):
            unseal(key, sealed, owner=owner)


def test_a_sealed_secret_that_was_changed_does_not_open() -> None:
    sealed = seal(KEY, RFC_SECRET, owner="ann")
    assert RFC_SECRET.encode() not in sealed
    for changed in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:10], b""):
        with pytest.raises(WrongKeyError):
            unseal(KEY, changed, owner="ann")
