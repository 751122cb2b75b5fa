"""A way to send mail, whoever carries it."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from email.message import EmailMessage
from types import TracebackType
from typing import Final, Protocol, Self

from models.errors import RejectedError, UnavailableError

# Enough to keep an address on its own line of the protocol; the server knows the rest.
MAILBOX: Final = re.compile(r"[!-;=?A-~]+@[A-Za-z0-9.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends and who receives, as the mail server is told."""

    sender: str = field(repr=False)
    recipients: tuple[str, ...] = field(repr=False)


class Mailer(Protocol):
    """Sends mails over one connection, used as ``async with mailer:``."""

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    async def send(self, message: EmailMessage) -> None:
        """Send a mail to all its recipients, or to none.

        Raises:
            RejectedError: the message, its sender or a recipient was refused; none received it.
            UnavailableError: the server could not be reached or was busy; none received it.
            UncertainError: the connection ended after the content left and before the receipt.
        """
        ...


def envelope_of(message: EmailMessage) -> Envelope:
    """Read the envelope from the headers From, To, Cc and Bcc.

    Raises:
        RejectedError: not exactly one sender, no recipient, or an address we cannot send to.
    """
    senders = _addresses(message, "from")
    recipients = tuple(
        dict.fromkeys(a for name in ("to", "cc", "bcc") for a in _addresses(message, name))
    )
    if len(senders) != 1 or not recipients:
        msg = "a mail needs one sender and at least one recipient"
        raise RejectedError(msg)
    if not all(MAILBOX.fullmatch(address) for address in (*senders, *recipients)):
        msg = "a mail address is not of the form name@domain in plain ASCII"
        raise RejectedError(msg)
    return Envelope(sender=senders[0], recipients=recipients)


def _addresses(message: EmailMessage, name: str) -> list[str]:
    headers = message.get_all(name, [])
    return [address.addr_spec for header in headers for address in header.addresses]


class InMemoryMailer:
    """The mailer that tests use. It keeps the same promises as the real one."""

    def __init__(self, refused: AbstractSet[str] = frozenset()) -> None:
        self.sent: list[EmailMessage] = []
        self.is_available = True
        self._refused = refused

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing is held open."""

    async def send(self, message: EmailMessage) -> None:
        """Keep a mail."""
        envelope = envelope_of(message)
        if not self.is_available:
            msg = "the mail server is not available"
            raise UnavailableError(msg)
        if not self._refused.isdisjoint(envelope.recipients):
            msg = "the mail server refused a recipient"
            raise RejectedError(msg)
        self.sent.append(message)
