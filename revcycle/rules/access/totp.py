"""Codes of an authenticator app: six digits that change every thirty seconds.

Source:
    RFC 6238 (TOTP): section 4.2 for the step, section 5.2 for the window and for taking a code
    only once.
"""

from datetime import datetime
from typing import Final

import pyotp
from pyotp.exceptions import OTPVerificationError

STEP_SECONDS: Final = 30
DIGITS: Final = 6
WINDOW_STEPS: Final = 1  # a clock may be a step behind or ahead
ISSUER: Final = "Revcycle"


def invent_totp_secret() -> str:
    """Invent a secret of 160 bits in base32.

    Source:
        RFC 4226, section 4, requirement R6.
    """
    return pyotp.random_base32()


def find_totp_step(secret: str, code: str, *, at: datetime, last_step: int) -> int | None:
    """Find the step whose code was typed; None when the code is wrong or its step was used.

    Args:
        secret: Base32.
        code: What was typed; blanks in it do not matter.
        at: Now.
        last_step: The last step that was accepted; 0 when none was. It and everything before it
            is refused, so that a code that somebody saw is worth nothing.

    Source:
        RFC 6238, section 5.2.
    """
    digits = "".join(code.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        step = pyotp.TOTP(secret, interval=STEP_SECONDS).verify_and_get_timecode(
            digits, for_time=at, valid_window=WINDOW_STEPS
        )
    except OTPVerificationError:
        return None
    return step if step > last_step else None


def totp_address(secret: str, login: str) -> str:
    """Write the ``otpauth`` address that an authenticator app reads from a picture.

    Source:
        The Key Uri Format that authenticator apps share.
    """
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(
        name=login, issuer_name=ISSUER
    )
