"""Mail over SMTP, encrypted by STARTTLS."""

import asyncio
import ssl
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import aiosmtplib

from models.errors import RejectedError, RevcycleError, UnavailableError, UncertainError
from revcycle.connectors.mailer import Envelope, envelope_of

TIMEOUT_SECONDS: Final = 30
# RFC 5321, 4.5.3.2.6: a client that gives up earlier makes doubt, and then duplicates.
RECEIPT_TIMEOUT_SECONDS: Final = 600
WIRE_POLICY: Final = policy.SMTP.clone(cte_type="7bit")  # not every server takes eight bits
PERMANENT_REFUSAL: Final = 500  # replies from here on do not get better by repeating


@dataclass(frozen=True, slots=True)
class SmtpAddress:
    """The mail server of the billing company."""

    host: str
    port: int
    username: str = ""
    password: str | None = None  # its name (env:NAME), never the password
    use_starttls: bool = True
    ca_file: Path | None = None  # trust this certificate only; without it, the system's


class SmtpMailer:
    """Sends mails over one connection; it reconnects when the server has hung up between mails."""

    def __init__(
        self,
        address: SmtpAddress,
        password: str | None = None,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        receipt_timeout_seconds: float = RECEIPT_TIMEOUT_SECONDS,
    ) -> None:
        self._address = address
        self._password = password
        self._timeout_seconds = timeout_seconds
        self._receipt_timeout_seconds = receipt_timeout_seconds
        self._client: aiosmtplib.SMTP | None = None

    async def __aenter__(self) -> Self:
        await self._connected()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Say goodbye, if the server still listens."""
        client, self._client = self._client, None
        if client is not None and client.is_connected:
            line = client.transport
            try:
                with suppress(aiosmtplib.SMTPException, OSError):  # all mails have their receipts
                    await client.quit()
            finally:
                hang_up(client, line)

    async def send(self, message: EmailMessage) -> None:
        """Send a mail to all its recipients, or to none."""
        envelope, content = envelope_of(message), wire_bytes(message)
        client = await self._connected()
        await self._offer(client, envelope, size_bytes=len(content))
        await self._hand_over(client, content)

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client is None or not self._client.is_connected:
            client = self._new_client()
            try:
                await client.connect()
            except (aiosmtplib.SMTPException, OSError) as error:
                hang_up(client, client.transport)
                raise failure_of(error, "connect") from None
            self._client = client
        return self._client

    def _new_client(self) -> aiosmtplib.SMTP:
        address = self._address
        if address.username and not address.use_starttls:
            msg = "a password is not sent over a connection without STARTTLS"
            raise RejectedError(msg)
        return aiosmtplib.SMTP(
            hostname=address.host,
            port=address.port,
            start_tls=address.use_starttls,
            tls_context=tls_context(address.ca_file) if address.use_starttls else None,
            username=address.username or None,
            password=self._password,
            timeout=self._timeout_seconds,
        )

    async def _offer(self, client: aiosmtplib.SMTP, envelope: Envelope, *, size_bytes: int) -> None:
        """Name the sender and every recipient; give the mail up when one is refused."""
        size = [f"size={size_bytes}"] if client.supports_extension("size") else []
        try:
            await client.mail(envelope.sender, options=size)
            for recipient in envelope.recipients:
                await client.rcpt(recipient)
        except (aiosmtplib.SMTPException, OSError) as error:
            await forget_mail(client)
            raise failure_of(error, "envelope") from None

    async def _hand_over(self, client: aiosmtplib.SMTP, content: bytes) -> None:
        try:
            await client.data(content, timeout=self._receipt_timeout_seconds)
        except aiosmtplib.SMTPResponseException as error:
            await forget_mail(client)
            raise failure_of(error, "content") from None
        except (aiosmtplib.SMTPException, OSError) as error:
            hang_up(client, client.transport)
            msg = f"smtp: no receipt for a mail that was handed over ({type(error).__name__})"
            raise UncertainError(msg) from None


def wire_bytes(message: EmailMessage) -> bytes:
    """Write a mail as it travels: CRLF, seven bits, and no Bcc."""
    visible = copy(message)
    del visible["bcc"]
    return visible.as_bytes(policy=WIRE_POLICY)


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Trust the system's authorities, or one pinned certificate.

    Raises:
        RejectedError: the pinned certificate cannot be read.
    """
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError:
        msg = "smtp: the pinned certificate cannot be read"
        raise RejectedError(msg) from None


async def forget_mail(client: aiosmtplib.SMTP) -> None:
    """Clear the half-made mail, or the connection, so that the next mail starts clean."""
    try:
        await client.rset()
    except (aiosmtplib.SMTPException, OSError):
        hang_up(client, client.transport)


def hang_up(client: aiosmtplib.SMTP, line: asyncio.BaseTransport | None) -> None:
    """Close the line now, whatever the client still knows of it.

    TLS would wait for the server's goodbye, half a minute if need be; a loop that ends before it
    comes would leave the line open.
    """
    client.close()
    if isinstance(line, asyncio.WriteTransport):
        line.abort()


def failure_of(error: Exception, step: str) -> RevcycleError:
    """Tell a refusal from an outage. The server's words are dropped: they repeat addresses."""
    code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else None
    msg = f"smtp {step}: {type(error).__name__}" + (f" {code}" if code else "")
    if code is not None:
        return RejectedError(msg) if code >= PERMANENT_REFUSAL else UnavailableError(msg)
    if isinstance(error, OSError) and not is_certificate_refusal(error):
        return UnavailableError(msg)
    return RejectedError(msg)  # STARTTLS or a way to log in is not offered, or not trusted


def is_certificate_refusal(error: BaseException) -> bool:
    """Tell whether we hung up because the server could not prove who it is."""
    return any(
        isinstance(reason, ssl.SSLCertVerificationError)
        for reason in (error, error.__cause__, error.__context__)
    )
