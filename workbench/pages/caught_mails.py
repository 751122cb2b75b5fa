"""Mails as the local mail catcher keeps them: files that anybody may have filled with anything."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from pathlib import Path

from models.errors import NotFoundError

MAIL_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,90}\.eml")
SAFE_IN_A_FILE_NAME = re.compile(r"[^0-9A-Za-z._-]+")
HEADER_CHARACTERS_MAX = 300


@dataclass(frozen=True, slots=True, repr=False)
class MailAttachment:
    """A part with a name. ``number`` counts from 1 and is its address."""

    number: int
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, repr=False)
class CaughtMail:
    """One mail, decoded. Whatever could not be decoded is empty, never an error."""

    name: str
    caught_at: datetime
    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    attachments: tuple[MailAttachment, ...]


def list_mail_names(folder: Path) -> list[str]:
    """List the mails of a folder, newest first: their names begin with the time."""
    if not folder.is_dir():
        return []
    names = (path.name for path in folder.iterdir() if is_mail(path))
    return sorted(names, reverse=True)


def is_mail(path: Path) -> bool:
    """Tell whether a path is a mail of ours: a plain file with a plain name."""
    is_plain = MAIL_NAME.fullmatch(path.name) is not None and ".." not in path.name
    return is_plain and path.is_file() and not path.is_symlink()


def read_mail(folder: Path, name: str) -> CaughtMail:
    """Read one mail.

    Raises:
        NotFoundError: the folder has no mail of this name.
    """
    path = folder / name
    if Path(name).name != name or not is_mail(path):
        msg = "there is no such mail"
        raise NotFoundError(msg)
    message = message_from_bytes(path.read_bytes(), policy=default)
    caught_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return CaughtMail(
        name=name,
        caught_at=caught_at,
        sender=_header(message, "From"),
        recipient=_header(message, "To"),
        subject=_header(message, "Subject"),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=tuple(_attachments(message)),
    )


def _header(message: EmailMessage, name: str) -> str:
    """Read a header; the standard library raises many kinds of errors on a hostile one."""
    try:
        return str(message[name] or "")[:HEADER_CHARACTERS_MAX]
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return "" if part is None else _bytes_of(part).decode(_charset(part), "replace")


def _charset(part: MIMEPart) -> str:
    charset = str(part.get_content_charset("utf-8"))
    try:
        return "utf-8" if not "".encode(charset) else charset
    except LookupError:
        return "utf-8"


def _attachments(message: EmailMessage) -> list[MailAttachment]:
    parts = [part for part in message.walk() if part.is_attachment() and not part.is_multipart()]
    return [
        MailAttachment(
            number=number,
            name=_file_name(part, number),
            media_type=part.get_content_type(),
            content=_bytes_of(part),
        )
        for number, part in enumerate(parts, start=1)
    ]


def _bytes_of(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _file_name(part: MIMEPart, number: int) -> str:
    try:
        given = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        given = ""
    return SAFE_IN_A_FILE_NAME.sub("_", given)[-80:].lstrip("._") or f"attachment-{number}"
