"""Texts that are secret because nobody can guess them, and their fingerprints.

A fingerprint without salt is enough for them: they are not chosen by people.

Source:
    OWASP ASVS 5.0, 11.4.2: slow hashes are for passwords; tokens of 128 bits need none.
"""

import hashlib
import hmac
import secrets
from typing import Final

TOKEN_BYTES: Final = 32
RECOVERY_CODES: Final = 10
RECOVERY_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like another
RECOVERY_CHARACTERS: Final = 16  # 79 bits
RECOVERY_GROUP: Final = 4
ONE_TIME_CHARACTERS: Final = 20


def invent_token() -> str:
    """Invent what a session's cookie holds: 256 bits of chance."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def fingerprint(text: str) -> str:
    """Hash what is kept of a token or recovery code.

    Source:
        FIPS 180-4, SHA-256.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def invent_recovery_codes() -> tuple[str, ...]:
    """Invent the codes for the day the telephone is lost."""
    return tuple(_grouped(RECOVERY_CHARACTERS) for _ in range(RECOVERY_CODES))


def to_recovery_text(typed: str) -> str:
    """Write a recovery code the way it was hashed: capitals, blanks and hyphens do not matter."""
    return "".join(character for character in typed.lower() if character.isalnum())


def invent_one_time_password() -> str:
    """Invent the password with which a person signs in for the first time."""
    return _grouped(ONE_TIME_CHARACTERS)


def form_token(session_token: str) -> str:
    """Make the token that every form of a session carries; the cookie cannot be told from it.

    Source:
        OWASP CSRF prevention: a token bound to the session with HMAC.
    """
    return hmac.new(session_token.encode(), b"form", hashlib.sha256).hexdigest()


def is_form_token(session_token: str, typed: str) -> bool:
    """Tell, in constant time, whether a form belongs to a session."""
    return hmac.compare_digest(form_token(session_token).encode(), typed.encode())


def _grouped(characters: int) -> str:
    text = "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(characters))
    return "-".join(text[at : at + RECOVERY_GROUP] for at in range(0, characters, RECOVERY_GROUP))
