"""May this file be added to a record?

Source:
    OWASP Application Security Verification Standard 5.0, chapter V5, file handling: the kind is
    told by the content, not by the name, and only expected kinds are taken.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.documents.finding import Finding, Severity

RULE_ID = "attachments.allowed"
MEGABYTE: Final = 1024 * 1024
BYTES_MAX: Final = 10 * MEGABYTE
MEDIA_TYPE_OF_BEGINNINGS: Final[Mapping[bytes, str]] = MappingProxyType(
    {
        b"%PDF-": "application/pdf",
        b"\x89PNG\r\n\x1a\n": "image/png",
        b"\xff\xd8\xff": "image/jpeg",
        b"II*\x00": "image/tiff",
        b"MM\x00*": "image/tiff",
    }
)
PLAIN_TEXT: Final = "text/plain"
ALLOWED: Final = "PDF, PNG, JPEG, TIFF and plain text"


def find_media_type(content: bytes) -> str:
    """Tell the kind of a file by its content; empty when it is none that is taken."""
    for beginning, media_type in MEDIA_TYPE_OF_BEGINNINGS.items():
        if content.startswith(beginning):
            return media_type
    return PLAIN_TEXT if _is_text(content) else ""


def check_attachment(content: bytes) -> tuple[Finding, ...]:
    """Report why a file cannot be added."""
    if not content:
        return (_finding("the file is empty"),)
    if len(content) > BYTES_MAX:
        size = f"{len(content) / MEGABYTE:.1f}"
        return (_finding(f"the file has {size} MB; {BYTES_MAX // MEGABYTE} MB are allowed"),)
    if not find_media_type(content):
        return (_finding(f"the file is of another kind than it may be; {ALLOWED} are allowed"),)
    return ()


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(one.isprintable() or one in "\r\n\t" for one in text)


def _finding(message: str) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, "file", message)
