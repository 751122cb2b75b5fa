"""Secrets that must be read again, encrypted for the database.

Source:
    NIST SP 800-38D (AES-GCM); 45 CFR 164.312(a)(2)(iv), encryption and decryption.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.errors import RejectedError

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
FORM: Final = b"\x01"  # the first byte says how the rest is sealed


class WrongKeyError(RejectedError):
    """A sealed secret does not open: the key is another than when it was sealed."""


def seal(key: bytes, secret: str, *, owner: str) -> bytes:
    """Encrypt a secret so that only this key, and only for this owner, opens it."""
    nonce = os.urandom(NONCE_BYTES)
    return FORM + nonce + AESGCM(key).encrypt(nonce, secret.encode(), owner.encode())


def unseal(key: bytes, sealed: bytes, *, owner: str) -> str:
    """Decrypt what ``seal`` made.

    Raises:
        WrongKeyError: another key, another owner, or changed bytes.
    """
    nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, rest, owner.encode()).decode()
    except (InvalidTag, ValueError) as error:
        msg = "a stored secret does not open; REVCYCLE_SECRET_KEY is not the one it was sealed with"
        raise WrongKeyError(msg) from error
