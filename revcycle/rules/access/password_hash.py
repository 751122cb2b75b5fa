"""Passwords are kept as argon2id hashes only.

Source:
    RFC 9106, section 4: the second recommended option (64 MiB, three passes, four lanes).
"""

from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError
from pwdlib.hashers.argon2 import Argon2Hasher

from revcycle.rules.access.password_strength import LENGTH_MAX, to_password_text

PASSES, MEMORY_KIB, LANES = 3, 65_536, 4
AT_ONCE = BoundedSemaphore(4)  # 64 MiB each: strangers who try passwords do not fill the memory


@cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(PASSES, MEMORY_KIB, LANES),))


@cache
def _hash_of_nobody() -> str:
    return hash_password("nobody signs in with this")


def hash_password(password: str) -> str:
    """Hash a password with a salt of chance; a tenth of a second of work, on purpose."""
    with AT_ONCE:
        return _hasher().hash(to_password_text(password))


def is_password(password: str, password_hash: str | None) -> bool:
    """Tell whether a password belongs to a hash.

    Without a hash, because nobody has this login, the same work is done for nothing: how long an
    answer takes does not tell who works here.

    Source:
        OWASP ASVS 5.0, 6.3.8: valid logins cannot be found out from timing.
    """
    if len(password) > LENGTH_MAX:
        return False
    text, kept = to_password_text(password), password_hash or _hash_of_nobody()
    try:
        with AT_ONCE:
            return _hasher().verify(text, kept) and bool(password_hash)
    except PwdlibError:
        return False
