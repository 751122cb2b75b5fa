"""What somebody searched for, in an address: sealed, because it may name a patient.

An address ends up in histories, logs of proxies and bookmarks. Only whoever typed the text can
have it opened again; for anybody else the address narrows nothing.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from revcycle.rules.access.sealing import WrongKeyError, seal, unseal
from workbench.pages.access import Visitor, person_of

PURPOSE = "search"


def seal_text(visitor: Visitor, text: str) -> str:
    """Write a text so that it can stand in an address; nothing stays nothing."""
    text = text.strip()
    if not text:
        return ""
    sealed = seal(visitor.site.key, text, owner=_owner(visitor))
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def open_text(visitor: Visitor, sealed: str) -> str:
    """Read a sealed text; empty when it is not this person's, or was changed."""
    if not sealed:
        return ""
    try:
        content = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        return unseal(visitor.site.key, content, owner=_owner(visitor))
    except (WrongKeyError, ValueError):  # ValueError: it is not even base64
        return ""


def _owner(visitor: Visitor) -> str:
    return f"{PURPOSE}:{person_of(visitor).login}"
