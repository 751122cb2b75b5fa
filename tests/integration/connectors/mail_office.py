"""A mail server for tests, whose clerk can be told to behave badly."""

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import TypeVar

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from revcycle.connectors.mail_catcher import mail_session, serve_sessions
from revcycle.connectors.mailer import Mailer
from revcycle.connectors.self_signed import server_context
from revcycle.connectors.smtp import SmtpAddress, SmtpMailer

LOOPBACK = "127.0.0.1"
REFUSED = "gone@patients.invalid"
PASSWORD = b"open sesame"
CALL_SECONDS = 30  # until somebody has called

Answer = TypeVar("Answer")


class Office:
    """A mail server's clerk, who can be told to behave badly."""

    def __init__(self) -> None:
        self.received: list[Envelope] = []
        self.sessions: set[int] = set()
        self.replies: dict[str, str] = {}  # by the word that is answered: RCPT, DATA ...
        self.hangs_up_after_data = False

    async def handle_MAIL(  # noqa: N802 - the name and arguments aiosmtpd calls with
        self,
        server: SMTP,  # noqa: ARG002 - aiosmtpd passes it
        session: Session,  # noqa: ARG002 - aiosmtpd passes it
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002 - aiosmtpd passes it
    ) -> str:
        if "MAIL" not in self.replies:
            envelope.mail_from = address
        return self.replies.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802 - the name and arguments aiosmtpd calls with
        self,
        server: SMTP,  # noqa: ARG002 - aiosmtpd passes it
        session: Session,  # noqa: ARG002 - aiosmtpd passes it
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002 - aiosmtpd passes it
    ) -> str:
        if address == REFUSED:
            return f"550 {address} does not live here"
        envelope.rcpt_tos.append(address)
        return self.replies.get("RCPT", "250 OK")

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.received.append(envelope)
        self.sessions.add(id(session))
        if self.hangs_up_after_data:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return self.replies.get("DATA", "250 OK")


def check_login(*arguments: object) -> AuthResult:
    login = arguments[-1]
    return AuthResult(success=getattr(login, "password", None) == PASSWORD, handled=False)


class Post:
    """A mail server for one test, and what is needed to reach it."""

    def __init__(self, folder: Path) -> None:
        self.office = Office()
        self.certificate = folder / "ca.pem"
        self.context: ssl.SSLContext | None = server_context(self.certificate, LOOPBACK)
        self.username = ""
        self.password = PASSWORD.decode()
        self.use_starttls = True
        self.timeout_seconds = 10.0
        self.size_bytes_max = 100_000

    def meet(self, talk: Callable[[Mailer], Awaitable[Answer]]) -> Answer:
        async def connect() -> Answer:
            async with self.listening() as port, self.mailer(port) as mailer:
                return await talk(mailer)

        return asyncio.run(connect())

    def mailer(self, port: int) -> SmtpMailer:
        address = SmtpAddress(
            host=LOOPBACK,
            port=port,
            username=self.username,
            password="env:MAIL_PASSWORD",
            use_starttls=self.use_starttls,
            ca_file=self.certificate,
        )
        return SmtpMailer(
            address,
            self.password,
            timeout_seconds=self.timeout_seconds,
            receipt_timeout_seconds=self.timeout_seconds,
        )

    @asynccontextmanager
    async def listening(self) -> AsyncGenerator[int]:
        needs_login = bool(self.username) and self.context is not None
        async with serve_sessions(
            lambda: mail_session(
                self.office,
                self.context,
                size_bytes_max=self.size_bytes_max,
                authenticator=check_login,
                auth_required=needs_login,
            ),
            LOOPBACK,
            0,
        ) as port:
            yield port


@asynccontextmanager
async def following(script: list[bytes]) -> AsyncGenerator[int]:
    """Serve one client: each line after something is heard, and then silence until it leaves."""
    left = asyncio.Event()

    async def follow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):  # however it leaves
            for line in script:
                writer.write(line)
                await reader.readline()
            await reader.read()
            writer.close()
            await writer.wait_closed()
        left.set()

    server = await asyncio.start_server(follow, LOOPBACK, 0)
    async with server:
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            await left.wait()


@contextmanager
def rude_server(context: ssl.SSLContext) -> Generator[int]:
    """Serve one client that says QUIT after STARTTLS, in a thread; hang up when the block ends."""
    is_over = Event()
    with socket.create_server((LOOPBACK, 0)) as door:
        door.settimeout(CALL_SECONDS)
        thread = Thread(target=_talk_rudely, args=(door, context, is_over))
        thread.start()
        try:
            yield int(door.getsockname()[1])
        finally:
            is_over.set()
            thread.join()


def _talk_rudely(door: socket.socket, context: ssl.SSLContext, is_over: Event) -> None:
    line, _ = door.accept()
    for said in (b"220 hello\r\n", b"250-hi\r\n250 STARTTLS\r\n"):
        line.sendall(said)
        line.recv(1024)
    line.sendall(b"220 go\r\n")
    with context.wrap_socket(line, server_side=True) as encrypted:
        encrypted.recv(1024)
        encrypted.sendall(b"221 bye\r\n")
        is_over.wait()
