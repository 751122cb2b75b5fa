"""Is a password good enough?"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from zxcvbn import zxcvbn

from models.documents.finding import Finding, Severity

RULE_ID = "access.password"
LENGTH_MIN: Final = 12
LENGTH_MAX: Final = 128  # argon2 would take more; nobody types more
SCORE_MIN: Final = 3  # zxcvbn's 0 to 4: "safely unguessable"
JUDGED_CHARACTERS: Final = 72  # beyond them the library is slow
OWN_WORDS: Final = ("revcycle", "billing", "practice")


def to_password_text(typed: str) -> str:
    """Write a password the one way it is hashed, whatever keyboard typed it.

    Source:
        NIST SP 800-63B-4, section 3.1.1.2: normalize with NFKC before hashing.
    """
    return unicodedata.normalize("NFKC", typed)


def check_password(password: str, *, known_words: Iterable[str]) -> tuple[Finding, ...]:
    """Report why a password cannot be taken: too short, too long, or too easy to guess.

    No kinds of characters are demanded and none is refused.

    Args:
        password: As ``to_password_text`` writes it.
        known_words: What an attacker would try first: login, names.

    Returns:
        No finding or one error, which does not repeat the password.

    Source:
        NIST SP 800-63B-4, section 3.1.1.2; OWASP ASVS 5.0, chapter V6.2.
    """
    if len(password) < LENGTH_MIN:
        return _refuse(f"a password has at least {LENGTH_MIN} characters")
    if len(password) > LENGTH_MAX:
        return _refuse(f"a password has at most {LENGTH_MAX} characters")
    judged = password[:JUDGED_CHARACTERS]
    verdict = zxcvbn(judged, user_inputs=[*OWN_WORDS, *(one for one in known_words if one)])
    if verdict["score"] < SCORE_MIN:
        why = str(verdict["feedback"]["warning"]).rstrip(".") or "it follows a common pattern"
        return _refuse(
            f"this password is too easy to guess ({why}); take several words that nobody would "
            "put together"
        )
    return ()


def _refuse(message: str) -> tuple[Finding, ...]:
    return (Finding(RULE_ID, Severity.ERROR, "password", message),)
