"""The key that seals the secrets of authenticator apps."""

import secrets
from pathlib import Path

from models.errors import RejectedError
from revcycle.rules.access.sealing import KEY_BYTES
from revcycle.settings import settings


def sealing_key() -> bytes:
    """Return the key of this installation: from the environment, or from a file made once.

    Raises:
        RejectedError: ``REVCYCLE_SECRET_KEY`` is no such key.
    """
    text = settings().secret_key.get_secret_value() or _kept_key(settings().home)
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        msg = f"REVCYCLE_SECRET_KEY is not {2 * KEY_BYTES} hexadecimal digits"
        raise RejectedError(msg)
    return key


def _kept_key(home: Path) -> str:
    """Read the key of a home, or make it; only its owner may read it."""
    path = home / "keys" / "sealing"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.touch(mode=0o600)
        part.write_text(secrets.token_hex(KEY_BYTES))
        part.rename(path)
    return path.read_text().strip()
