"""A mail with a text part, an HTML part and perhaps a PDF; the same facts give the same bytes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

TEMPLATES: Final = Path(__file__).parents[3] / "templates" / "emails"
CONTENT_POLICY: Final = policy.SMTP.clone(cte_type="7bit")


@dataclass(frozen=True, slots=True, repr=False)
class MailHeaders:
    """What stands at the head of a mail.

    Attributes:
        message_id: With its angle brackets; kept over retries.
        sender: The address that statements leave from.
        sender_name: The practice.
        reply_to: Where an answer goes.
        sent_at: The Date header.
    """

    message_id: str
    sender: str
    sender_name: str
    reply_to: str
    recipient: str
    sent_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Attachment:
    """A PDF and the name it is saved under."""

    name: str
    content: bytes


def write_mail(
    headers: MailHeaders,
    subject: str,
    template: str,
    facts: Mapping[str, object],
    attachment: Attachment | None = None,
) -> EmailMessage:
    """Write a mail from the two templates of that name, ``.txt`` and ``.html``."""
    message = EmailMessage(policy=CONTENT_POLICY)
    message["Subject"] = subject
    message["From"] = Address(headers.sender_name, addr_spec=headers.sender)
    message["To"] = Address(addr_spec=headers.recipient)
    message["Reply-To"] = Address(addr_spec=headers.reply_to)
    message["Date"] = format_datetime(headers.sent_at)
    message["Message-ID"] = headers.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_render(f"{template}.txt", facts), cte="quoted-printable")
    message.add_alternative(
        _render(f"{template}.html", facts), subtype="html", cte="quoted-printable"
    )
    if attachment is not None:
        message.add_attachment(
            attachment.content, maintype="application", subtype="pdf", filename=attachment.name
        )
    _fix_boundaries(message, headers.message_id)
    return message


def read_mail(content: bytes) -> EmailMessage:
    """Read back the bytes that an outbox keeps."""
    message = message_from_bytes(content, policy=CONTENT_POLICY)
    assert isinstance(message, EmailMessage), "this policy makes nothing else"  # noqa: S101
    return message


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """Derive the boundaries from the Message-ID; Python would draw them by chance."""
    seed = hashlib.sha256(message_id.encode()).hexdigest()[:24]
    parts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        part.set_boundary(f"={seed}={number}=")


def _render(name: str, facts: Mapping[str, object]) -> str:
    return _environment().get_template(name).render(facts)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(enabled_extensions=("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
