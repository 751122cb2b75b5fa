"""What a person must still do to be signed in."""

from enum import StrEnum


class SignInStep(StrEnum):
    """What comes after the password."""

    SECOND_FACTOR = "second_factor"
    CHOOSE_PASSWORD = "choose_password"  # noqa: S105 - the name of a step
    ENROL = "enrol"
    DONE = "done"


def find_sign_in_step(
    *,
    has_authenticator: bool,
    has_second_factor: bool,
    must_choose_password: bool,
    is_vouched_for: bool = False,
) -> SignInStep:
    """Tell the next step of somebody who gave the right password, or is vouched for.

    Args:
        has_authenticator: An app is enrolled.
        has_second_factor: In this session its code, or a recovery code, was given.
        must_choose_password: The password is a one-time password.
        is_vouched_for: The company's own sign-in service says who it is. No password of ours is
            needed then, and no app of ours where that service asked for a second factor.

    Source:
        45 CFR 164.312(d), person or entity authentication: nobody comes in with one factor.
    """
    if is_vouched_for and has_second_factor:
        return SignInStep.DONE
    if has_authenticator and not has_second_factor:
        return SignInStep.SECOND_FACTOR
    if must_choose_password and not is_vouched_for:
        return SignInStep.CHOOSE_PASSWORD
    return SignInStep.DONE if has_authenticator else SignInStep.ENROL
